package org.wasl.security.authority;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.security.registry.EvidencePolicy;

/** What evidence the demonstration's logs need. What its draft asks for goes before. */
final class DemoEvidence {

    private static final int QUORUM = 2;

    private DemoEvidence() {}

    /** What the registry asks for; null when it asks for nothing. */
    static @Nullable EvidencePolicy policy(Optional<EvidencePolicy> drafted, DemoServices services, int members) {
        EvidencePolicy declared = drafted.orElse(new EvidencePolicy(Optional.empty(), Optional.empty(), List.of()));
        EvidencePolicy policy = new EvidencePolicy(
                declared.witnessing().or(() -> witnessing(services, members)),
                declared.timeStamping().or(() -> timeStamping(services)),
                declared.witnesses());
        boolean asksForNothing = policy.witnessing().isEmpty()
                && policy.timeStamping().isEmpty()
                && policy.witnesses().isEmpty();
        return asksForNothing ? null : policy;
    }

    /** The member that keeps a log does not witness it: of two members one is left. */
    private static Optional<EvidencePolicy.Witnessing> witnessing(DemoServices services, int members) {
        int quorum = Math.min(QUORUM, members - 1);
        return services.witnesses() == null || quorum < 1
                ? Optional.empty()
                : Optional.of(new EvidencePolicy.Witnessing(quorum, Duration.ofSeconds(10), Duration.ofSeconds(60)));
    }

    private static Optional<EvidencePolicy.TimeStamping> timeStamping(DemoServices services) {
        return Optional.ofNullable(services.status())
                .map(status -> new EvidencePolicy.TimeStamping(
                        status.resolve("tsa"), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(10)));
    }
}
