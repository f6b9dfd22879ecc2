package org.wasl.security.agreement;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryValidity;

/**
 * The registry's agreements, default deny. Of several agreements between a consumer and a service the first that allows
 * everything decides; when none does, the refusal is that of the agreement which came closest, naming the rule that
 * failed. Quotas are counted in this process. Safe for many threads.
 */
public final class RegistryAccessPolicy implements AccessPolicy {

    /** In the order in which the rules are asked: who fails later came closer. */
    private static final List<FaultCode> RULES = List.of(
            FaultCode.AGREEMENT_PURPOSE,
            FaultCode.AGREEMENT_LEGAL_BASIS,
            FaultCode.AGREEMENT_NOT_IN_FORCE,
            FaultCode.AGREEMENT_SUBJECT,
            FaultCode.AGREEMENT_QUOTA);

    private static final Comparator<Fault> CLOSENESS = Comparator.comparingInt(fault -> RULES.indexOf(fault.code()));

    private final Clock clock;
    private final QuotaWindows quotas = new QuotaWindows();

    /** @param clock tells whether the registry has expired, and counts the quotas' minutes */
    public RegistryAccessPolicy(Clock clock) {
        this.clock = clock;
    }

    @Override
    public AccessDecision decide(AccessRequest request, Registry registry, boolean consumeQuota) {
        Optional<Fault> expired = RegistryValidity.refusal(registry, clock.instant(), Stage.AUTHORIZE);
        if (expired.isPresent()) {
            return new AccessDecision.Denied(expired.get());
        }
        Optional<Fault> closest = Optional.empty();
        for (Agreement agreement : registry.agreements(request.consumer(), request.service())) {
            Optional<Fault> refusal = refusal(agreement, request, consumeQuota);
            if (refusal.isEmpty()) {
                return new AccessDecision.Allowed(agreement);
            }
            if (closest.isEmpty() || CLOSENESS.compare(refusal.get(), closest.get()) > 0) {
                closest = refusal;
            }
        }
        return new AccessDecision.Denied(closest.orElseGet(() -> fault(
                FaultCode.AGREEMENT_NONE,
                request,
                "no agreement is registered between " + request.consumer() + " and " + request.service())));
    }

    private Optional<Fault> refusal(Agreement agreement, AccessRequest request, boolean consumeQuota) {
        // Said back to whoever asked: only what is in the registry, nothing of their own words.
        String name = "agreement " + agreement.id();
        Set<String> bases = agreement.purposes().get(request.purpose());
        if (bases == null) {
            return refused(FaultCode.AGREEMENT_PURPOSE, request, name + " does not have this purpose");
        }
        if (!bases.contains(request.legalBasis())) {
            String detail = name + " does not rest purpose " + request.purpose() + " on this legal basis";
            return refused(FaultCode.AGREEMENT_LEGAL_BASIS, request, detail);
        }
        if (request.at().isBefore(agreement.validFrom()) || !request.at().isBefore(agreement.validTo())) {
            String detail = name + " is in force from " + agreement.validFrom() + " to " + agreement.validTo();
            return refused(FaultCode.AGREEMENT_NOT_IN_FORCE, request, detail);
        }
        if (agreement.actors().stream()
                .noneMatch(rule -> rule.kind() == request.actor().kind())) {
            String detail =
                    name + " is not for an actor of kind " + request.actor().kind();
            return refused(FaultCode.AGREEMENT_SUBJECT, request, detail);
        }
        if (agreement.quota().perMinute().isPresent()) {
            int perMinute = agreement.quota().perMinute().getAsInt();
            if (!quotas.hasRoom(agreement.id(), perMinute, clock.instant(), consumeQuota)) {
                return refused(FaultCode.AGREEMENT_QUOTA, request, name + " allows " + perMinute + " a minute");
            }
        }
        return Optional.empty();
    }

    private static Optional<Fault> refused(FaultCode code, AccessRequest request, String detail) {
        return Optional.of(fault(code, request, detail));
    }

    private static Fault fault(FaultCode code, AccessRequest request, String detail) {
        return new Fault(code, Stage.AUTHORIZE, request.service().member().toString(), detail);
    }
}
