package org.wasl.security.agreement;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.security.agreement.Finding.Outcome;
import org.wasl.security.registry.ActorRule;
import org.wasl.security.registry.Agreement;

/**
 * What one agreement says about a request, rule by rule.
 *
 * @param agreement the agreement
 * @param actor which of its rules for actors was applied; null when none is for this kind of actor
 * @param findings what each rule says, in the order in which they are asked
 * @param owner the national number of the person to whom the record must belong; null when that is not asked
 */
public record Evaluation(
        Agreement agreement,
        @Nullable ActorRule actor,
        List<Finding> findings,
        @Nullable String owner) {

    /** What an agreement says as a whole. */
    public enum Verdict {
        /** Every rule allows. */
        ALLOWED,
        /** Every rule allows, if the record belongs to the right person. */
        CONDITIONAL,
        /** No rule refuses, but one cannot be told. */
        UNDETERMINED,
        /** A rule refuses. */
        REFUSED
    }

    public Evaluation {
        findings = List.copyOf(findings);
    }

    public Verdict verdict() {
        if (failed().isPresent()) {
            return Verdict.REFUSED;
        }
        if (any(Outcome.UNKNOWN).isPresent()) {
            return Verdict.UNDETERMINED;
        }
        return any(Outcome.IN_RECORD).isPresent() ? Verdict.CONDITIONAL : Verdict.ALLOWED;
    }

    /** The first rule that refuses. */
    public Optional<AccessRule> failed() {
        return any(Outcome.FAILED);
    }

    /** The first rule that refuses or cannot be told. */
    Optional<AccessRule> open() {
        return findings.stream()
                .filter(finding -> finding.outcome() == Outcome.FAILED || finding.outcome() == Outcome.UNKNOWN)
                .map(Finding::rule)
                .findFirst();
    }

    private Optional<AccessRule> any(Outcome outcome) {
        return findings.stream()
                .filter(finding -> finding.outcome() == outcome)
                .map(Finding::rule)
                .findFirst();
    }

    @Override
    public String toString() {
        // Without the national number: this ends up in logs.
        return "agreement " + agreement.id() + ": " + verdict() + " " + findings;
    }
}
