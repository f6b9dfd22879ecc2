package org.wasl.bench.load;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How long operations took, in milliseconds. What failed or was never sent counts as slower than everything that was
 * answered: a percentile that falls among those is null, since no time can be given for it.
 */
public record Latencies(
        @Nullable Double p50Milliseconds,
        @Nullable Double p90Milliseconds,
        @Nullable Double p99Milliseconds,
        @Nullable Double p999Milliseconds,
        @Nullable Double maxMilliseconds) {

    private static final double NANOS_IN_MILLISECOND = 1_000_000.0;

    /**
     * @param answered the times of what was answered, in nanoseconds
     * @param unanswered how many operations were not
     */
    static Latencies of(Histogram answered, long unanswered) {
        return new Latencies(
                percentile(answered, unanswered, 50),
                percentile(answered, unanswered, 90),
                percentile(answered, unanswered, 99),
                percentile(answered, unanswered, 99.9),
                percentile(answered, unanswered, 100));
    }

    private static @Nullable Double percentile(Histogram answered, long unanswered, double percent) {
        long count = answered.getTotalCount();
        if (count == 0) {
            return null;
        }
        double among = percent * (count + unanswered) / count;
        if (among > 100) {
            return null;
        }
        return answered.getValueAtPercentile(among) / NANOS_IN_MILLISECOND;
    }
}
