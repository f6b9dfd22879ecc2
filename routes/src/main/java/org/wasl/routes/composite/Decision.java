package org.wasl.routes.composite;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wasl.routes.composite.CompositeDeclaration.Effect;
import org.wasl.security.registry.Label;

/**
 * What the outcomes of all steps amount to.
 *
 * @param overall how complete the answer is
 * @param ready whether every source that the decision needs has settled it
 * @param verdict the decision
 * @param reasons why the decision is no
 * @param missing the steps that the decision still needs
 * @param dues what is owed in all, as far as known; empty when no step says
 */
record Decision(
        Overall overall,
        boolean ready,
        Verdict verdict,
        List<Label> reasons,
        List<String> missing,
        Optional<BigDecimal> dues) {

    /** How complete a composite answer is. */
    enum Overall {
        /** Every source has answered all that was asked. */
        COMPLETE,
        /** Some source gave nothing, or not enough. */
        PARTIAL,
        /** Some source will answer later, or something is still to be undone. */
        PENDING,
        /** No source gave anything. */
        FAILED
    }

    /** The decision that the answer supports. */
    enum Verdict {
        /** Every source that the decision needs says yes. */
        CLEAR,
        /** A source says no. */
        BLOCKED,
        /** Neither is shown: something is missing. */
        UNDETERMINED
    }

    Decision {
        reasons = List.copyOf(reasons);
        missing = List.copyOf(missing);
    }

    static Decision of(List<StepOutcome> outcomes) {
        return of(outcomes, Map.of());
    }

    /** @param effects what became of what steps changed, by step: what was undone is missing */
    static Decision of(List<StepOutcome> outcomes, Map<String, EffectOutcome> effects) {
        List<String> missing = outcomes.stream()
                .filter(outcome -> outcome.step().required())
                .filter(outcome -> !outcome.settles() || isUndone(outcome, effects))
                .map(outcome -> outcome.step().id())
                .toList();
        List<Label> reasons = outcomes.stream()
                .filter(StepOutcome::decides)
                .flatMap(outcome -> outcome.applied().stream())
                .filter(rule -> rule.effect() != Effect.DEFERS)
                .map(CompositeDeclaration.Rule::reason)
                .distinct()
                .toList();
        boolean ready = missing.isEmpty();
        Verdict verdict = !reasons.isEmpty() ? Verdict.BLOCKED : ready ? Verdict.CLEAR : Verdict.UNDETERMINED;
        Optional<BigDecimal> dues =
                outcomes.stream().flatMap(outcome -> outcome.dues().stream()).reduce(BigDecimal::add);
        return new Decision(overall(outcomes, effects), ready, verdict, reasons, missing, dues);
    }

    private static boolean isUndone(StepOutcome outcome, Map<String, EffectOutcome> effects) {
        EffectOutcome effect = effects.get(outcome.step().id());
        return effect != null
                && effect.state() != EffectOutcome.State.DONE
                && effect.state() != EffectOutcome.State.NOT_DONE;
    }

    private static Overall overall(List<StepOutcome> outcomes, Map<String, EffectOutcome> effects) {
        if (effects.values().stream().anyMatch(effect -> effect.state() == EffectOutcome.State.UNDOING)) {
            return Overall.PENDING;
        }
        if (outcomes.stream().noneMatch(outcome -> outcome.status().answered())) {
            return Overall.FAILED;
        }
        if (outcomes.stream().anyMatch(outcome -> outcome.status() == SourceStatus.DEFERRED)) {
            return Overall.PENDING;
        }
        boolean complete = outcomes.stream()
                .filter(outcome ->
                        !isUndone(outcome, effects) || !outcome.status().settles())
                .allMatch(outcome -> outcome.status().settles() || outcome.status() == SourceStatus.NOT_FOUND);
        return complete ? Overall.COMPLETE : Overall.PARTIAL;
    }
}
