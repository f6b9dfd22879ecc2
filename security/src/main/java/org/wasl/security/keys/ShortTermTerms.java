package org.wasl.security.keys;

import java.time.Duration;
import java.util.Set;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.ShortTermCertificates;

/**
 * Whose messages are signed by short-term keys, and how those are renewed.
 *
 * @param members the members; those of others sign every message with their registered key
 * @param life how long a short-term certificate lives; the registry may allow less, never more
 * @param interval how often to look whether one must be renewed, and to try again when that failed
 */
public record ShortTermTerms(Set<MemberId> members, Duration life, Duration interval) {

    public ShortTermTerms {
        members = Set.copyOf(members);
        if (life.compareTo(ShortTermCertificates.SHORTEST) < 0 || life.compareTo(ShortTermCertificates.LONGEST) > 0) {
            throw new IllegalArgumentException("a short-term certificate lives from 5 minutes to 24 hours");
        }
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("there is some time between two looks");
        }
    }
}
