package org.wasl.bench.load;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one scenario measured. Every name ends in its unit.
 *
 * @param operations how many were answered within the window
 * @param seconds how long the window was
 * @param cpuMicrosecondsPerOperation user and system time of the whole process for each answered operation
 * @param cpuCores how many cores the process kept busy
 * @param gcMicrosecondsPerOperation time that garbage collection took, within the above or beside it
 * @param allocatedBytesPerOperation what was allocated on the heap
 * @param heapPeakMebibytes the most heap in use, garbage with it
 * @param heapLiveMebibytes the most heap in use right after a collection
 * @param residentPeakMebibytes the most memory that the process had resident since it started
 * @param failures operations that failed or were refused, by kind
 * @param notSent operations that should have begun and did not, since too many were under way
 */
public record Measured(
        Scenario scenario,
        long operations,
        double seconds,
        double perSecond,
        double cpuMicrosecondsPerOperation,
        double cpuCores,
        double gcMicrosecondsPerOperation,
        double allocatedBytesPerOperation,
        double heapPeakMebibytes,
        double heapLiveMebibytes,
        double residentPeakMebibytes,
        Latencies latency,
        Map<String, Long> failures,
        long notSent) {

    private static final double NANOS_IN_SECOND = 1e9;
    private static final double NANOS_IN_MICROSECOND = 1e3;

    public Measured {
        failures = Map.copyOf(failures);
    }

    /** How many operations were not answered, for whatever reason. */
    public long unanswered() {
        return notSent + failures.values().stream().mapToLong(Long::longValue).sum();
    }

    static Measured of(Scenario scenario, Tally tally, ProcessUse use) {
        Histogram answered = tally.answered();
        Map<String, Long> failures = tally.failures();
        long operations = answered.getTotalCount();
        long unanswered = tally.notSentCount()
                + failures.values().stream().mapToLong(Long::longValue).sum();
        double seconds = use.wallNanos() / NANOS_IN_SECOND;
        double each = Math.max(1, operations);
        return new Measured(
                scenario,
                operations,
                seconds,
                operations / seconds,
                use.cpuNanos() / NANOS_IN_MICROSECOND / each,
                use.cpuNanos() / (double) use.wallNanos(),
                use.collectionNanos() / NANOS_IN_MICROSECOND / each,
                use.allocatedBytes() / each,
                use.heapPeakMebibytes(),
                use.heapLiveMebibytes(),
                use.residentPeakMebibytes(),
                Latencies.of(answered, unanswered),
                failures,
                tally.notSentCount());
    }
}
