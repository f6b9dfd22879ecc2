package org.wasl.routes.composite;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.wasl.routes.composite.CompositeDeclaration.Effect;
import org.wasl.routes.composite.CompositeDeclaration.Source;
import org.wasl.routes.composite.CompositeDeclaration.Step;
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

    private final List<Step> steps;
    private final Map<String, String> inputs;
    private final Asker asker;
    private final Map<String, CompletableFuture<StepOutcome>> running = new LinkedHashMap<>();

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
        List<CompletableFuture<StepOutcome>> all = steps.stream()
                .map(step -> Objects.requireNonNull(running.get(step.id())))
                .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
    }

    /** Depth first over predecessors; the declaration's check has excluded circles. */
    private CompletableFuture<StepOutcome> start(Step step, Map<String, Step> byId) {
        CompletableFuture<StepOutcome> already = running.get(step.id());
        if (already != null) {
            return already;
        }
        Map<String, CompletableFuture<StepOutcome>> before = new LinkedHashMap<>();
        for (String id : step.predecessors()) {
            before.put(id, start(Objects.requireNonNull(byId.get(id)), byId));
        }
        CompletableFuture<StepOutcome> outcome = CompletableFuture.allOf(
                        before.values().toArray(CompletableFuture[]::new))
                .thenCompose(done -> {
                    Map<String, StepOutcome> earlier = new LinkedHashMap<>();
                    before.forEach((id, future) -> earlier.put(id, future.join()));
                    return next(step, earlier);
                });
        running.put(step.id(), outcome);
        return outcome;
    }

    private CompletableFuture<StepOutcome> next(Step step, Map<String, StepOutcome> earlier) {
        for (StepOutcome outcome : earlier.values()) {
            if (outcome.has(Effect.STOPS)
                    || outcome.has(Effect.WITHHOLDS)
                    || outcome.status() == SourceStatus.NOT_APPLICABLE) {
                return done(StepOutcome.notAsked(step, SourceStatus.NOT_APPLICABLE, Optional.empty()));
            }
        }
        Map<String, String> parameters = new HashMap<>();
        for (Map.Entry<String, Source> parameter : step.parameters().entrySet()) {
            if (parameter.getValue() instanceof Source.EarlierStep source) {
                StepOutcome outcome = Objects.requireNonNull(earlier.get(source.step()));
                Optional<String> value =
                        outcome.record().flatMap(record -> source.value().value(record.root(), inputs));
                if (value.isEmpty()) {
                    return done(withoutInput(step, source.step()));
                }
                parameters.put(parameter.getKey(), value.get());
            } else if (parameter.getValue() instanceof Source.RequestInput input) {
                String value = inputs.get(input.input());
                if (value != null) {
                    parameters.put(parameter.getKey(), value);
                }
            }
        }
        return asker.ask(step, parameters);
    }

    private static StepOutcome withoutInput(Step step, String needed) {
        Fault fault = new Fault(
                FaultCode.COMPOSITE_INPUT,
                Stage.COMPOSE,
                step.id(),
                "step '" + needed + "' gave no value that this step needs, so it was not asked");
        return StepOutcome.notAsked(step, SourceStatus.UNAVAILABLE, Optional.of(fault));
    }

    private static CompletableFuture<StepOutcome> done(StepOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
