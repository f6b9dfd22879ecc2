package org.wasl.routes.composite;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.wasl.routes.composite.CompositeDeclaration.Effect;
import org.wasl.routes.composite.EffectOutcome.State;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;

/**
 * Makes the changes of one composite request stand all or none. When a step that the decision needs has failed, what was
 * changed before and beside it is undone, the last first; so is what is not known to have been changed or not. It decides
 * by outcomes only: how undoing is asked, and what was asked of it before, is the caller's.
 */
final class Saga {

    /** How often a change may be asked to be undone: more than fit into the longest time that may be declared. */
    static final int MAX_ATTEMPTS = 1_000;

    /** The agency's word that it changed nothing. */
    private static final Set<FaultCode> CHANGED_NOTHING = EnumSet.of(
            FaultCode.RECORD_NOT_FOUND,
            FaultCode.RECORD_CONFLICT,
            FaultCode.RECORD_EXPIRED,
            FaultCode.REQUEST_PARAMETER);

    /** The agency's word that it will not undo it, whenever it is asked. */
    private static final Set<FaultCode> FINAL = EnumSet.of(FaultCode.RECORD_CONFLICT, FaultCode.RECORD_EXPIRED);

    private final Undoer undoer;

    /** Asks for undoing. */
    interface Undoer {

        /** What has come to that attempt; empty when nothing has, or it was not made. */
        Optional<ExchangeResult> find(StepOutcome outcome, int attempt);

        /** Makes that attempt, or waits for what comes to it; the future always completes. */
        CompletableFuture<ExchangeResult> undo(StepOutcome outcome, int attempt, Map<String, String> parameters);
    }

    /**
     * How far a run may go.
     *
     * @param undo whether undoing has begun, or has to: then nothing may stand
     * @param last whether it is not tried again
     */
    record Mode(boolean undo, boolean last) {}

    Saga(Undoer undoer) {
        this.undoer = undoer;
    }

    /** Whether a step's outcome keeps what is changed beside it from standing. */
    static boolean fails(StepOutcome outcome) {
        boolean unsettled = outcome.step().required() && !outcome.settles() && !outcome.isOpen();
        return unsettled
                || (outcome.decides() && outcome.applied().stream().anyMatch(rule -> rule.effect() != Effect.DEFERS));
    }

    /** Whether the step's request may have changed something. */
    static boolean mayHaveChanged(StepOutcome outcome) {
        if (outcome.step().undo() == null || outcome.request().isEmpty()) {
            return false;
        }
        // A fault in our own hand says nothing about the agency.
        return outcome.fault()
                .filter(fault -> CHANGED_NOTHING.contains(fault.code()))
                .isEmpty();
    }

    /** Whether it is known that the change was made. */
    private static boolean made(StepOutcome outcome) {
        return outcome.record().isPresent();
    }

    /**
     * How each change stands, after undoing what has to be undone as far as that is possible now.
     *
     * @param undoing the parameters for undoing each step that was asked, by its id
     * @return by step, in the order of the outcomes; nothing for steps that change nothing or are still awaited
     */
    CompletableFuture<Map<String, EffectOutcome>> settle(
            List<StepOutcome> outcomes, Map<String, Map<String, String>> undoing, Mode mode) {
        boolean failed = mode.undo()
                || outcomes.stream().anyMatch(Saga::fails)
                || (mode.last()
                        && outcomes.stream()
                                .anyMatch(outcome ->
                                        outcome.isOpen() && outcome.step().required()));
        Map<String, EffectOutcome> effects = new ConcurrentHashMap<>();
        CompletableFuture<Boolean> going = CompletableFuture.completedFuture(true);
        for (int i = outcomes.size() - 1; i >= 0; i--) {
            StepOutcome outcome = outcomes.get(i);
            if (outcome.step().undo() == null) {
                continue;
            }
            String id = outcome.step().id();
            // In the order of declaration, though they are undone the other way round.
            boolean open = outcome.isOpen() && !failed;
            if (!mayHaveChanged(outcome)) {
                effects.put(id, EffectOutcome.of(State.NOT_DONE));
            } else if (!failed && made(outcome)) {
                effects.put(id, EffectOutcome.of(State.DONE));
            } else if (!open) {
                Map<String, String> parameters = undoing.getOrDefault(id, Map.of());
                going = going.thenCompose(on -> {
                    if (!on) {
                        effects.put(id, EffectOutcome.of(State.UNDOING));
                        return CompletableFuture.completedFuture(false);
                    }
                    return undo(outcome, parameters, mode.last()).thenApply(undone -> {
                        effects.put(id, undone);
                        return undone.state() != State.UNDOING;
                    });
                });
            }
        }
        return going.thenApply(on -> inOrder(outcomes, effects));
    }

    private static Map<String, EffectOutcome> inOrder(List<StepOutcome> outcomes, Map<String, EffectOutcome> effects) {
        Map<String, EffectOutcome> ordered = new LinkedHashMap<>();
        for (StepOutcome outcome : outcomes) {
            EffectOutcome effect = effects.get(outcome.step().id());
            if (effect != null) {
                ordered.put(outcome.step().id(), effect);
            }
        }
        return ordered;
    }

    /** One attempt at the most: the next one is another run's. */
    private CompletableFuture<EffectOutcome> undo(StepOutcome outcome, Map<String, String> parameters, boolean last) {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            Optional<ExchangeResult> earlier = undoer.find(outcome, attempt);
            if (earlier.isEmpty()) {
                return undoer.undo(outcome, attempt, parameters).thenApply(result -> told(outcome, result, last)
                        .orElseGet(() -> failed(outcome, result, last)));
            }
            Optional<EffectOutcome> told = told(outcome, earlier.get(), last);
            if (told.isPresent()) {
                return CompletableFuture.completedFuture(told.get());
            }
        }
        Fault fault = notUndone(outcome, "it was tried " + MAX_ATTEMPTS + " times");
        return CompletableFuture.completedFuture(
                new EffectOutcome(State.NOT_UNDONE, Optional.empty(), Optional.empty(), Optional.of(fault)));
    }

    /** What an attempt came to; empty when another one has to be made. */
    private static Optional<EffectOutcome> told(StepOutcome outcome, ExchangeResult result, boolean last) {
        if (result instanceof ExchangeResult.Answered answered) {
            return Optional.of(new EffectOutcome(
                    State.UNDONE, Optional.of(answered.request()), Optional.of(answered.reply()), Optional.empty()));
        }
        if (result instanceof ExchangeResult.Deferred deferred) {
            return Optional.of(new EffectOutcome(
                    last ? State.NOT_UNDONE : State.UNDOING,
                    Optional.of(deferred.request()),
                    Optional.of(deferred.interim()),
                    last ? Optional.of(notUndone(outcome, "the agency announced it for later")) : Optional.empty()));
        }
        ExchangeResult.Faulted faulted = (ExchangeResult.Faulted) result;
        if (faulted.fault().code() == FaultCode.RECORD_NOT_FOUND) {
            return Optional.of(
                    new EffectOutcome(State.UNDONE, faulted.request(), faulted.container(), Optional.empty()));
        }
        return FINAL.contains(faulted.fault().code())
                ? Optional.of(new EffectOutcome(
                        State.NOT_UNDONE, faulted.request(), faulted.container(), Optional.of(faulted.fault())))
                : Optional.empty();
    }

    private static EffectOutcome failed(StepOutcome outcome, ExchangeResult result, boolean last) {
        ExchangeResult.Faulted faulted = (ExchangeResult.Faulted) result;
        return new EffectOutcome(
                last ? State.NOT_UNDONE : State.UNDOING,
                faulted.request(),
                faulted.container(),
                Optional.of(last ? notUndone(outcome, faulted.fault().code().wireCode()) : faulted.fault()));
    }

    private static Fault notUndone(StepOutcome outcome, String why) {
        return new Fault(
                FaultCode.COMPOSITE_NOT_UNDONE,
                Stage.COMPOSE,
                outcome.step().id(),
                "what this step may have changed was not undone in time: " + why);
    }
}
