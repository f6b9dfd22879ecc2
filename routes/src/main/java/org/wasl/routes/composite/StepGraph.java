package org.wasl.routes.composite;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import net.sf.saxon.s9api.XdmNode;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.composite.CompositeDeclaration.Condition;
import org.wasl.routes.composite.CompositeDeclaration.Effect;
import org.wasl.routes.composite.CompositeDeclaration.ForEach;
import org.wasl.routes.composite.CompositeDeclaration.Source;
import org.wasl.routes.composite.CompositeDeclaration.Step;
import org.wasl.routes.composite.CompositeDeclaration.Undo;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;

/**
 * Runs the steps of one composite request: each as soon as the steps that it waits for have ended, independent ones in
 * parallel. It decides by outcomes only; how a step is asked is the caller's.
 */
final class StepGraph {

    /** Asks one step with its parameters; the future always completes with an outcome. */
    @FunctionalInterface
    interface Asker {
        CompletableFuture<StepOutcome> ask(Step step, Map<String, String> parameters);
    }

    /** What undoing a step that was asked would take, by the step's id. */
    private final Map<String, Map<String, String>> undoing = new ConcurrentHashMap<>();

    private final List<Step> steps;
    private final Map<String, String> inputs;
    private final Asker asker;
    private final Map<String, CompletableFuture<List<StepOutcome>>> running = new LinkedHashMap<>();

    /** The steps that were not asked since one before them stopped all that follows. */
    private final Set<String> stopped = ConcurrentHashMap.newKeySet();

    StepGraph(List<Step> steps, Map<String, String> inputs, Asker asker) {
        this.steps = steps;
        this.inputs = inputs;
        this.asker = asker;
    }

    /** All outcomes, in the order of declaration. */
    CompletableFuture<List<StepOutcome>> run() {
        Map<String, Step> byId = new HashMap<>();
        steps.forEach(step -> byId.put(step.id(), step));
        steps.forEach(step -> start(step, byId));
        List<CompletableFuture<List<StepOutcome>>> all = steps.stream()
                .map(step -> Objects.requireNonNull(running.get(step.id())))
                .toList();
        return joined(all)
                .thenApply(outcomes -> outcomes.stream().flatMap(List::stream).toList());
    }

    /** The parameters for undoing each step that was asked and changes something; once all have ended. */
    Map<String, Map<String, String>> undoing() {
        return Map.copyOf(undoing);
    }

    private static <T> CompletableFuture<List<T>> joined(List<CompletableFuture<T>> all) {
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
    }

    /** Depth first over predecessors; the declaration's check has excluded circles. */
    private CompletableFuture<List<StepOutcome>> start(Step step, Map<String, Step> byId) {
        CompletableFuture<List<StepOutcome>> already = running.get(step.id());
        if (already != null) {
            return already;
        }
        Map<String, CompletableFuture<List<StepOutcome>>> before = new LinkedHashMap<>();
        for (String id : step.predecessors()) {
            before.put(id, start(Objects.requireNonNull(byId.get(id)), byId));
        }
        CompletableFuture<List<StepOutcome>> outcome = CompletableFuture.allOf(
                        before.values().toArray(CompletableFuture[]::new))
                .thenCompose(done -> {
                    Map<String, List<StepOutcome>> earlier = new LinkedHashMap<>();
                    before.forEach((id, future) -> earlier.put(id, future.join()));
                    return next(step, earlier);
                });
        running.put(step.id(), outcome);
        return outcome;
    }

    private CompletableFuture<List<StepOutcome>> next(Step step, Map<String, List<StepOutcome>> earlier) {
        if (earlier.entrySet().stream().anyMatch(before -> stops(before.getKey(), before.getValue()))) {
            stopped.add(step.id());
            return done(notApplicable(step));
        }
        if (step.sources().stream().anyMatch(id -> first(earlier, id).status() == SourceStatus.NOT_APPLICABLE)) {
            return done(notApplicable(step));
        }
        if (earlier.values().stream().flatMap(List::stream).anyMatch(StepOutcome::isOpen)) {
            // What it says decides whether this step is asked at all, so it waits too.
            return done(StepOutcome.notAsked(step, SourceStatus.DEFERRED, Optional.empty()));
        }
        if (step.undo() != null
                && earlier.values().stream().flatMap(List::stream).anyMatch(Saga::fails)) {
            // Nothing is changed that would have to be undone at once.
            return done(notApplicable(step));
        }
        Map<String, XdmNode> seen = new LinkedHashMap<>();
        for (String id : step.records()) {
            Optional<XdmNode> record = record(earlier, id);
            if (record.isEmpty()) {
                return done(withoutInput(step, id));
            }
            seen.put(id, record.get());
        }
        Step seeing = step.seeing(seen);
        Condition condition = step.askWhen();
        if (condition != null) {
            Optional<XdmNode> record = record(earlier, condition.step());
            if (record.isEmpty()) {
                return done(withoutInput(step, condition.step()));
            }
            if (!condition.when().holds(record.get(), inputs)) {
                return done(notApplicable(step));
            }
        }
        ForEach forEach = step.forEach();
        if (forEach == null) {
            return one(seeing, earlier, null).thenApply(List::of);
        }
        return record(earlier, forEach.step())
                .map(record -> each(seeing, forEach, record, earlier))
                .orElseGet(() -> done(withoutInput(step, forEach.step())));
    }

    /** One exchange for each item, all at once; none where there are more than declared, lest some be left out unsaid. */
    private CompletableFuture<List<StepOutcome>> each(
            Step step, ForEach forEach, XdmNode record, Map<String, List<StepOutcome>> earlier) {
        List<XdmNode> items = forEach.items().elements(record, inputs);
        if (items.isEmpty()) {
            return done(notApplicable(step));
        }
        if (items.size() > forEach.most()) {
            return done(notAsked(
                    step,
                    "step '" + forEach.step() + "' gave " + items.size() + " items, more than the " + forEach.most()
                            + " that are asked about, so none was"));
        }
        List<CompletableFuture<StepOutcome>> asked = new ArrayList<>();
        for (int number = 1; number <= items.size(); number++) {
            asked.add(one(step.ofItem(number), earlier, items.get(number - 1)));
        }
        return joined(asked);
    }

    private CompletableFuture<StepOutcome> one(
            Step step, Map<String, List<StepOutcome>> earlier, @Nullable XdmNode item) {
        Map<String, String> parameters = new HashMap<>();
        Optional<StepOutcome> without = fill(step, step.parameters(), earlier, item, parameters);
        Undo undo = step.undo();
        if (undo != null && without.isEmpty()) {
            Map<String, String> backwards = new HashMap<>();
            without = fill(step, undo.parameters(), earlier, item, backwards);
            if (without.isEmpty()) {
                undoing.put(step.id(), backwards);
            }
        }
        return without.map(CompletableFuture::completedFuture).orElseGet(() -> asker.ask(step, parameters));
    }

    /** Fills in what an exchange asks; gives the outcome of a step that cannot be asked for want of a value. */
    private Optional<StepOutcome> fill(
            Step step,
            Map<String, Source> sources,
            Map<String, List<StepOutcome>> earlier,
            @Nullable XdmNode item,
            Map<String, String> parameters) {
        for (Map.Entry<String, Source> parameter : sources.entrySet()) {
            Source source = parameter.getValue();
            Optional<String> value = Optional.empty();
            if (source instanceof Source.EarlierStep from) {
                value = record(earlier, from.step())
                        .flatMap(record -> from.value().value(record, inputs));
                if (value.isEmpty()) {
                    return Optional.of(withoutInput(step, from.step()));
                }
            } else if (source instanceof Source.Item of) {
                value = Optional.ofNullable(item).flatMap(node -> of.value().value(node, inputs));
                if (value.isEmpty()) {
                    return Optional.of(
                            notAsked(step, "the item gave no value that this step needs, so it was not asked"));
                }
            } else if (source instanceof Source.Constant constant) {
                value = Optional.of(constant.text());
            } else if (source instanceof Source.RequestInput input) {
                value = Optional.ofNullable(inputs.get(input.input()));
            }
            value.ifPresent(text -> parameters.put(parameter.getKey(), text));
        }
        return Optional.empty();
    }

    private boolean stops(String id, List<StepOutcome> outcomes) {
        return stopped.contains(id)
                || outcomes.stream().anyMatch(outcome -> outcome.has(Effect.STOPS) || outcome.has(Effect.WITHHOLDS));
    }

    private static Optional<XdmNode> record(Map<String, List<StepOutcome>> earlier, String step) {
        return first(earlier, step).record().map(SourceRecord::root);
    }

    /** A step whose record another looks at is asked once. */
    private static StepOutcome first(Map<String, List<StepOutcome>> earlier, String step) {
        return Objects.requireNonNull(earlier.get(step)).get(0);
    }

    private static StepOutcome notApplicable(Step step) {
        return StepOutcome.notAsked(step, SourceStatus.NOT_APPLICABLE, Optional.empty());
    }

    private static StepOutcome withoutInput(Step step, String needed) {
        return notAsked(step, "step '" + needed + "' gave no value that this step needs, so it was not asked");
    }

    private static StepOutcome notAsked(Step step, String detail) {
        Fault fault = new Fault(FaultCode.COMPOSITE_INPUT, Stage.COMPOSE, step.id(), detail);
        return StepOutcome.notAsked(step, SourceStatus.UNAVAILABLE, Optional.of(fault));
    }

    private static CompletableFuture<List<StepOutcome>> done(StepOutcome outcome) {
        return CompletableFuture.completedFuture(List.of(outcome));
    }
}
