package org.wasl.security.registry;

import java.net.URI;
import java.security.PublicKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;

/**
 * A key whose cosignatures the registry takes, a member's or another's.
 *
 * @param name its name, as its cosignatures carry it
 * @param key an Ed25519 key
 * @param address where it takes checkpoints; null when it is not asked, and its earlier cosignatures still count
 * @param member the member that holds it; null when it is nobody's who takes part
 * @param validFrom from when the registry accepts it
 * @param validTo until when (exclusive) the registry accepts it
 * @param compromisedFrom from when its cosignatures are worth nothing; null when it is not compromised
 */
public record RegisteredWitness(
        String name,
        PublicKey key,
        @Nullable URI address,
        @Nullable MemberId member,
        Instant validFrom,
        Instant validTo,
        @Nullable Instant compromisedFrom) {

    /** Who it is: several keys of one party count as one witness. */
    public String party() {
        return member == null ? name : member.toString();
    }

    /** Whether a cosignature of this instant counts. */
    public boolean validAt(Instant instant) {
        return !instant.isBefore(validFrom)
                && instant.isBefore(validTo)
                && (compromisedFrom == null || instant.isBefore(compromisedFrom));
    }
}
