package org.wasl.routes.exchange;

import java.time.Duration;

/**
 * The bounds of answers that come later.
 *
 * @param openMax how many answers may be awaited, and how many may be owed, at a time
 * @param staysOpenMax the longest that a provider of this node may take, whatever its connector declares
 * @param askAfterStart how soon after the start the back-ends are asked again
 * @param remindFirst after how long a requester asks for the first time what has become of its request
 * @param remindMost how long it waits at most before it asks again
 * @param grace how long after the announced deadline a requester ends the exchange itself
 */
public record DeferralSettings(
        int openMax,
        Duration staysOpenMax,
        Duration askAfterStart,
        Duration remindFirst,
        Duration remindMost,
        Duration grace) {

    private static final int MAX_OPEN = 1_000_000;

    public DeferralSettings {
        if (openMax < 1 || openMax > MAX_OPEN) {
            throw new IllegalArgumentException("openMax must be from 1 to " + MAX_OPEN);
        }
        requirePositive("staysOpenMax", staysOpenMax);
        requirePositive("askAfterStart", askAfterStart);
        requirePositive("remindFirst", remindFirst);
        requirePositive("grace", grace);
        if (remindMost.compareTo(remindFirst) < 0) {
            throw new IllegalArgumentException("remindMost must not be less than remindFirst");
        }
    }

    /** The defaults. */
    public static DeferralSettings standard() {
        return new DeferralSettings(
                100_000,
                Duration.ofDays(30),
                Duration.ofSeconds(3),
                Duration.ofMinutes(1),
                Duration.ofHours(1),
                Duration.ofMinutes(1));
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
