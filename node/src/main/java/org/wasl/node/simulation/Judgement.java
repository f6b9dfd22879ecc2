package org.wasl.node.simulation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.agreement.AccessDecision;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.agreement.AccessTrace;
import org.wasl.security.agreement.Evaluation;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Registry;

/**
 * What a registry says to a logged request.
 *
 * @param outcome whether it is allowed, as far as can be told
 * @param agreement which agreement allows; null when none does
 * @param code by which code it is refused; null unless it is
 */
record Judgement(
        Outcome outcome,
        @Nullable Agreement agreement,
        @Nullable FaultCode code) {

    enum Outcome {
        ALLOWED,
        /** It depends on what this log does not say: an encrypted question, or the owner of a record. */
        DEPENDS,
        REFUSED
    }

    /** Judges, and counts against the agreement's quota what is allowed or may be. */
    static Judgement of(AccessPolicy policy, AccessRequest question, Registry registry) {
        AccessTrace trace = policy.explain(question, registry);
        if (trace.decision() instanceof AccessDecision.Allowed allowed) {
            policy.decide(question, registry, true);
            Outcome outcome = allowed.owner() == null ? Outcome.ALLOWED : Outcome.DEPENDS;
            return new Judgement(outcome, allowed.agreement(), null);
        }
        Optional<Evaluation> undetermined = trace.evaluations().stream()
                .filter(evaluation -> evaluation.verdict() == Evaluation.Verdict.UNDETERMINED)
                .findFirst();
        if (undetermined.isPresent()) {
            return new Judgement(Outcome.DEPENDS, undetermined.get().agreement(), null);
        }
        Fault fault = ((AccessDecision.Denied) trace.decision()).fault();
        return new Judgement(Outcome.REFUSED, null, fault.code());
    }

    List<String> released() {
        return agreement == null ? List.of() : agreement.released();
    }
}
