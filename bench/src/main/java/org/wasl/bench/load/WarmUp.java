package org.wasl.bench.load;

import java.util.Map;

/**
 * What a workload ran before anything was counted.
 *
 * @param cpuSeconds user and system time of the process, from its first operation on
 * @param operations how many were answered
 * @param failures those that were not, by kind
 */
public record WarmUp(double cpuSeconds, double seconds, long operations, Map<String, Long> failures) {

    public WarmUp {
        failures = Map.copyOf(failures);
    }

    /** How many were not answered. */
    public long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }
}
