package org.wasl.routes.composite;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.sf.saxon.s9api.XdmNode;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.registry.Label;

/**
 * A composite service as declared in YAML and checked at start.
 *
 * @param service its identifier at the composing member
 * @param name its name
 * @param purpose the purpose of its exchanges
 * @param legalBasis their legal basis
 * @param deadline how long it may take
 * @param inputs what the caller gives
 * @param steps what it asks, each an ordinary exchange
 * @param offer how it is offered to people: who answers for it, what it costs, how long it takes
 * @param staysOpen how long after it was asked its late answers are waited for; null for as long as its sources announce
 * @param undoWithin for how long after it was asked it is tried to undo what it changed
 */
public record CompositeDeclaration(
        ServiceId service,
        Label name,
        String purpose,
        String legalBasis,
        Duration deadline,
        List<Input> inputs,
        List<Step> steps,
        CompositeOffer offer,
        @Nullable Duration staysOpen,
        Duration undoWithin) {

    /** For how long undoing is tried where a declaration does not say. */
    static final Duration UNDO_WITHIN = Duration.ofDays(1);

    public CompositeDeclaration {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
    }

    /** One of which nothing is told that a catalogue could show. */
    public CompositeDeclaration(
            ServiceId service,
            Label name,
            String purpose,
            String legalBasis,
            Duration deadline,
            List<Input> inputs,
            List<Step> steps) {
        this(service, name, purpose, legalBasis, deadline, inputs, steps, CompositeOffer.NONE, null, UNDO_WITHIN);
    }

    /** Whether asking it may change something at an agency. */
    public boolean changes() {
        return steps.stream().anyMatch(step -> step.undo() != null);
    }

    /**
     * One input.
     *
     * @param name its name
     * @param label its name for people
     * @param required whether it must be given
     * @param pattern what its value must match as a whole
     * @param subject whether it names the person or thing that the request is about
     */
    public record Input(String name, Label label, boolean required, Pattern pattern, boolean subject) {}

    /**
     * One step: an ordinary exchange.
     *
     * @param id its name in the answer
     * @param service the service it asks
     * @param label its name for people
     * @param parameters where each parameter comes from
     * @param after steps that must have ended before, beyond those its parameters name
     * @param required whether the decision needs it
     * @param deadline how long it may take; never beyond the whole's
     * @param acceptedAge how old the source's answer may be, and an earlier one when the source is down; null when any age
     *     will do, and none is held for then
     * @param staleMayDecide whether the decision may rest on an earlier answer of the accepted age
     * @param requires what a record must hold for the decision to rest on it: a field that was not released must not read
     *     as "nothing owed"
     * @param acceptedCoverageWhen a condition over a record that does not cover everything, under which it will do all
     *     the same; null when it never does
     * @param dues an expression over the record that yields what is owed, a decimal amount; null when it has none
     * @param rules how the record bears on the decision; all that apply count
     * @param askWhen when it is asked at all; null when always
     * @param forEach the items of an earlier step's record for each of which it is asked; null when it is asked once
     * @param records the earlier steps whose records its expressions look at too
     * @param undo what undoes it; null when it changes nothing
     */
    public record Step(
            String id,
            ServiceId service,
            Label label,
            Map<String, Source> parameters,
            Set<String> after,
            boolean required,
            Duration deadline,
            @Nullable Duration acceptedAge,
            RecordExpression requires,
            @Nullable RecordExpression acceptedCoverageWhen,
            @Nullable RecordExpression dues,
            List<Rule> rules,
            @Nullable Condition askWhen,
            @Nullable ForEach forEach,
            Set<String> records,
            boolean staleMayDecide,
            @Nullable Undo undo) {

        public Step {
            parameters = Map.copyOf(parameters);
            after = Set.copyOf(after);
            rules = List.copyOf(rules);
            records = Set.copyOf(records);
        }

        /** A step that changes nothing. */
        public Step(
                String id,
                ServiceId service,
                Label label,
                Map<String, Source> parameters,
                Set<String> after,
                boolean required,
                Duration deadline,
                @Nullable Duration acceptedAge,
                RecordExpression requires,
                @Nullable RecordExpression acceptedCoverageWhen,
                @Nullable RecordExpression dues,
                List<Rule> rules,
                @Nullable Condition askWhen,
                @Nullable ForEach forEach,
                Set<String> records,
                boolean staleMayDecide) {
            this(
                    id,
                    service,
                    label,
                    parameters,
                    after,
                    required,
                    deadline,
                    acceptedAge,
                    requires,
                    acceptedCoverageWhen,
                    dues,
                    rules,
                    askWhen,
                    forEach,
                    records,
                    staleMayDecide,
                    null);
        }

        /** A step that is asked always, once, and whose expressions look at its own record only. */
        public Step(
                String id,
                ServiceId service,
                Label label,
                Map<String, Source> parameters,
                Set<String> after,
                boolean required,
                Duration deadline,
                @Nullable Duration acceptedAge,
                RecordExpression requires,
                @Nullable RecordExpression acceptedCoverageWhen,
                @Nullable RecordExpression dues,
                List<Rule> rules) {
            this(
                    id,
                    service,
                    label,
                    parameters,
                    after,
                    required,
                    deadline,
                    acceptedAge,
                    requires,
                    acceptedCoverageWhen,
                    dues,
                    rules,
                    null,
                    null,
                    Set.of(),
                    false);
        }

        /** All the steps that must have ended before this one starts. */
        public Set<String> predecessors() {
            Set<String> predecessors = new TreeSet<>(after);
            predecessors.addAll(sources());
            return predecessors;
        }

        /** The earlier steps without whose records this one cannot be asked. */
        public Set<String> sources() {
            Set<String> sources = new TreeSet<>(records);
            for (Source source : parameters.values()) {
                if (source instanceof Source.EarlierStep earlier) {
                    sources.add(earlier.step());
                }
            }
            if (undo != null) {
                for (Source source : undo.parameters().values()) {
                    if (source instanceof Source.EarlierStep earlier) {
                        sources.add(earlier.step());
                    }
                }
            }
            if (askWhen != null) {
                sources.add(askWhen.step());
            }
            if (forEach != null) {
                sources.add(forEach.step());
            }
            return sources;
        }

        /** This step with earlier steps' records given to its expressions. */
        Step seeing(Map<String, XdmNode> earlier) {
            return earlier.isEmpty() ? this : copy(id, label, expression -> expression.seeing(earlier));
        }

        /** This step asked about one item, the first being 1: a step of its own, whose id no declaration can have. */
        Step ofItem(int number) {
            Label numbered = new Label(label.arabic() + " (" + number + ")", label.english() + " (" + number + ")");
            return copy(idOfItem(number), numbered, expression -> expression);
        }

        /** By which the id of that attempt to undo it is derived; no declaration can name a step so. */
        String undoing(int attempt) {
            return id + "!undo-" + attempt;
        }

        private String idOfItem(int number) {
            return id + "_" + number;
        }

        /** The ids under which it may have been asked: its own, or one for each item there can be. */
        List<String> askedAs() {
            return forEach == null
                    ? List.of(id)
                    : IntStream.rangeClosed(1, forEach.most())
                            .mapToObj(this::idOfItem)
                            .toList();
        }

        private Step copy(String newId, Label newLabel, UnaryOperator<RecordExpression> with) {
            return new Step(
                    newId,
                    service,
                    newLabel,
                    parameters,
                    after,
                    required,
                    deadline,
                    acceptedAge,
                    with.apply(requires),
                    acceptedCoverageWhen == null ? null : with.apply(acceptedCoverageWhen),
                    dues == null ? null : with.apply(dues),
                    rules.stream()
                            .map(rule -> new Rule(with.apply(rule.when()), rule.effect(), rule.reason()))
                            .toList(),
                    askWhen,
                    forEach,
                    records,
                    staleMayDecide,
                    undo);
        }
    }

    /**
     * What undoes a step: another ordinary exchange, which is asked whether or not it is known that the step was done.
     *
     * @param service the service it asks
     * @param parameters where each parameter comes from; never from the undone step's own record, which may be unknown
     * @param deadline how long one attempt may take
     */
    public record Undo(ServiceId service, Map<String, Source> parameters, Duration deadline) {

        public Undo {
            parameters = Map.copyOf(parameters);
        }
    }

    /**
     * A condition over an earlier step's record.
     *
     * @param step the earlier step
     * @param when the condition
     */
    public record Condition(String step, RecordExpression when) {}

    /**
     * The items for each of which a step is asked.
     *
     * @param step the earlier step in whose record they stand
     * @param items the elements there
     * @param most how many there may be: with more, none is asked
     */
    public record ForEach(String step, RecordExpression items, int most) {}

    /** Where a step's parameter comes from. */
    public sealed interface Source {

        /** An input of the request. */
        record RequestInput(String input) implements Source {}

        /** A value in an earlier step's record. */
        record EarlierStep(String step, RecordExpression value) implements Source {}

        /** A value in the item that the step is asked about. */
        record Item(RecordExpression value) implements Source {}

        /** The message id of the request by which the step to undo was asked. */
        record UndoneRequest() implements Source {}

        /** Always the same text. */
        record Constant(String text) implements Source {}
    }

    /** What a rule that applies means. */
    public enum Effect {
        /** The decision is no. */
        BLOCKS,
        /** The source will answer later: its status is deferred. */
        DEFERS,
        /** The decision is no, and the steps after this one are not asked. */
        STOPS,
        /** The same, and the record is kept from the asker: it turned out to be none of theirs. */
        WITHHOLDS
    }

    /**
     * A rule over a step's record.
     *
     * @param when the condition
     * @param effect what it means when it applies
     * @param reason for people
     */
    public record Rule(RecordExpression when, Effect effect, Label reason) {}
}
