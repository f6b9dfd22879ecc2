package org.wasl.routes.held;

import java.time.Duration;

/**
 * How answers are held.
 *
 * @param timeout how long anybody waits for the cache, at most
 * @param pause for how long it is left alone after it failed
 * @param longest for how long an answer is held, whatever age is accepted
 * @param largestBytes the largest container that is held, in octets
 * @param inFlightMax how many operations may be under way
 */
public record HeldSettings(Duration timeout, Duration pause, Duration longest, int largestBytes, int inFlightMax) {

    public HeldSettings {
        if (timeout.isNegative() || timeout.isZero() || pause.isNegative() || longest.isNegative()) {
            throw new IllegalArgumentException("durations must be positive");
        }
        if (largestBytes < 1 || inFlightMax < 1) {
            throw new IllegalArgumentException("there must be room for one answer at least");
        }
    }

    /** For tests and single machines. */
    public static HeldSettings defaults() {
        return new HeldSettings(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofDays(7), 256 * 1024, 1_024);
    }
}
