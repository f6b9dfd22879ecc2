package org.wasl.bench.report;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one JMH benchmark measured.
 *
 * @param score in {@code unit}, with {@code error} as the half width of its 99.9 % confidence interval, when there is one
 * @param allocatedBytesPerOperation what it allocates, or null when that was not measured
 */
public record MicroResult(
        String benchmark,
        Map<String, String> parameters,
        String mode,
        double score,
        @Nullable Double error,
        String unit,
        @Nullable Double allocatedBytesPerOperation) {

    public MicroResult {
        parameters = Map.copyOf(parameters);
    }
}
