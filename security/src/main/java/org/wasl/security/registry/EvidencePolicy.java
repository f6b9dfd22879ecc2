package org.wasl.security.registry;

import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message log must have from others, so that nobody need believe the node that keeps it.
 *
 * @param witnessing what is asked of witnesses; empty when nothing is
 * @param timeStamping where checkpoints are time-stamped; empty when they are not
 * @param witnesses witnesses that are no members, such as courts and auditors
 */
public record EvidencePolicy(
        Optional<Witnessing> witnessing, Optional<TimeStamping> timeStamping, List<Witness> witnesses) {

    public EvidencePolicy {
        witnesses = List.copyOf(witnesses);
    }

    /**
     * What is asked of witnesses.
     *
     * @param quorum how many parties must have cosigned; keys of the member that keeps the log do not count
     * @param alarmAfter for how long a log may go without them before somebody is told
     * @param refuseAfter for how long it may go without them before nothing is disclosed any more
     */
    public record Witnessing(int quorum, Duration alarmAfter, Duration refuseAfter) {}

    /**
     * Where and how often checkpoints are time-stamped.
     *
     * @param address answers RFC 3161 requests over HTTP
     * @param every how often a checkpoint is time-stamped while the log grows
     * @param alarmAfter for how long a log may go without a time-stamp before somebody is told
     * @param refuseAfter for how long it may go without one before nothing is disclosed any more
     */
    public record TimeStamping(URI address, Duration every, Duration alarmAfter, Duration refuseAfter) {}

    /**
     * A witness that is no member.
     *
     * @param name its name, as its cosignatures carry it
     * @param key an Ed25519 key
     * @param address where it takes checkpoints: the submission prefix of C2SP tlog-witness
     * @param validFrom from when the registry accepts it
     * @param validTo until when (exclusive) the registry accepts it
     * @param compromisedFrom from when its cosignatures are worth nothing; null when it is not compromised
     */
    public record Witness(
            String name,
            PublicKey key,
            URI address,
            Instant validFrom,
            Instant validTo,
            @Nullable Instant compromisedFrom) {}
}
