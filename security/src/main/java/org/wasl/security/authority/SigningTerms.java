package org.wasl.security.authority;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the authority adds to a draft when it signs.
 *
 * @param version the version; empty for the one after the last
 * @param validity for how long the registry may be relied on
 * @param grace for how long after that exchanges still go on, and say so; empty for what the draft says
 */
public record SigningTerms(OptionalLong version, Duration validity, Optional<Duration> grace) {

    /** The longest grace that a registry may state. */
    public static final Duration LONGEST_GRACE = Duration.ofDays(30);

    public SigningTerms {
        if (validity.isNegative() || validity.isZero()) {
            throw new IllegalArgumentException("a registry must be valid for some time");
        }
        if (grace.isPresent() && (grace.get().isNegative() || grace.get().compareTo(LONGEST_GRACE) > 0)) {
            throw new IllegalArgumentException("a grace is at most 30 days");
        }
    }
}
