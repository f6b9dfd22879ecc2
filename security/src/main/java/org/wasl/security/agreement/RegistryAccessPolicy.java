package org.wasl.security.agreement;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.RetryHint;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.agreement.Evaluation.Verdict;
import org.wasl.security.agreement.Finding.Outcome;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryValidity;

/**
 * The registry's agreements, default deny. Of several agreements between a consumer and a service the first that allows
 * everything decides; when none does, the refusal is that of the agreement which came closest, naming the rule that
 * failed. Safe for many threads.
 */
public final class RegistryAccessPolicy implements AccessPolicy {

    private final Clock clock;
    private final QuotaCounter quotas;

    /** What becomes of quotas. */
    private enum Counting {
        TAKE,
        LOOK,
        LEAVE
    }

    /**
     * Counts quotas in this process.
     *
     * @param clock tells whether the registry has expired, and counts the quotas' minutes and days
     */
    public RegistryAccessPolicy(Clock clock) {
        this(clock, QuotaCounter.inProcess());
    }

    /** @param quotas counts how often agreements are used */
    public RegistryAccessPolicy(Clock clock, QuotaCounter quotas) {
        this.clock = clock;
        this.quotas = quotas;
    }

    @Override
    public AccessDecision decide(AccessRequest request, Registry registry, boolean consumeQuota) {
        return trace(request, registry, consumeQuota ? Counting.TAKE : Counting.LOOK, false)
                .decision();
    }

    @Override
    public AccessDecision confirm(AccessRequest request, Registry registry) {
        return trace(request, registry, Counting.LEAVE, false).decision();
    }

    @Override
    public AccessDecision foresee(AccessRequest request, Registry registry) {
        return trace(request, registry, Counting.LOOK, true).decision();
    }

    @Override
    public AccessTrace explain(AccessRequest request, Registry registry) {
        return trace(request, registry, Counting.LOOK, false);
    }

    /** @param trusting whether what cannot be told is taken to be in order */
    private AccessTrace trace(AccessRequest request, Registry registry, Counting counting, boolean trusting) {
        Optional<Fault> expired = RegistryValidity.refusal(registry, clock.instant(), Stage.AUTHORIZE);
        if (expired.isPresent()) {
            return new AccessTrace(new AccessDecision.Denied(expired.get()), List.of());
        }
        RuleCheck rules =
                new RuleCheck(request, registry.service(request.service()).orElse(null));
        List<Evaluation> evaluations = new ArrayList<>();
        for (Agreement agreement : registry.agreements(request.consumer(), request.service())) {
            evaluations.add(withQuota(rules.evaluate(agreement), counting));
        }
        // What allows without looking at the record goes before what does not.
        for (Verdict verdict : List.of(Verdict.ALLOWED, Verdict.CONDITIONAL, Verdict.UNDETERMINED)) {
            if (verdict == Verdict.UNDETERMINED && !trusting) {
                break;
            }
            for (int i = 0; i < evaluations.size(); i++) {
                Evaluation evaluation = evaluations.get(i);
                if (evaluation.verdict() != verdict) {
                    continue;
                }
                if (counting != Counting.TAKE || take(evaluation.agreement())) {
                    return new AccessTrace(
                            new AccessDecision.Allowed(evaluation.agreement(), evaluation.owner()), evaluations);
                }
                evaluations.set(i, withoutRoom(evaluation));
            }
        }
        return new AccessTrace(new AccessDecision.Denied(refusal(request, evaluations)), evaluations);
    }

    private Evaluation withQuota(Evaluation evaluation, Counting counting) {
        Agreement agreement = evaluation.agreement();
        boolean room = counting == Counting.LEAVE || quotas.hasRoom(agreement.id(), agreement.quota(), clock.instant());
        return with(evaluation, room ? Outcome.PASSED : Outcome.FAILED);
    }

    /** Somebody else took the last place in between. */
    private static Evaluation withoutRoom(Evaluation evaluation) {
        List<Finding> findings = new ArrayList<>(evaluation.findings());
        findings.remove(findings.size() - 1);
        return with(
                new Evaluation(evaluation.agreement(), evaluation.actor(), findings, evaluation.owner()),
                Outcome.FAILED);
    }

    private static Evaluation with(Evaluation evaluation, Outcome quota) {
        List<Finding> findings = new ArrayList<>(evaluation.findings());
        findings.add(new Finding(AccessRule.QUOTA, quota));
        return new Evaluation(evaluation.agreement(), evaluation.actor(), findings, evaluation.owner());
    }

    private boolean take(Agreement agreement) {
        return quotas.take(agreement.id(), agreement.quota(), clock.instant());
    }

    /** The refusal of the agreement that came closest, the first of several. */
    private Fault refusal(AccessRequest request, List<Evaluation> evaluations) {
        Evaluation closest = null;
        for (Evaluation evaluation : evaluations) {
            if (closest == null || closeness(evaluation) > closeness(closest)) {
                closest = evaluation;
            }
        }
        String leg = request.service().member().toString();
        if (closest == null) {
            String detail = "no agreement is registered between " + request.consumer() + " and " + request.service();
            return new Fault(FaultCode.AGREEMENT_NONE, Stage.AUTHORIZE, leg, detail);
        }
        AccessRule rule = closest.open().orElseThrow();
        String detail = RefusalDetail.of(closest, rule);
        if (rule == AccessRule.QUOTA) {
            Agreement agreement = closest.agreement();
            detail = RetryHint.with(detail, quotas.wait(agreement.id(), agreement.quota(), clock.instant()));
        }
        return new Fault(rule.code(), Stage.AUTHORIZE, leg, detail);
    }

    private static int closeness(Evaluation evaluation) {
        return evaluation.open().map(AccessRule::ordinal).orElse(Integer.MAX_VALUE);
    }
}
