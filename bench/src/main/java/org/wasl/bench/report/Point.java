package org.wasl.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * One point of a curve.
 *
 * @param x what grows
 */
public record Point(
        double x,
        double perSecond,
        @Nullable Double p50Milliseconds,
        @Nullable Double p99Milliseconds,
        double cpuMicrosecondsPerOperation,
        double heapPeakMebibytes,
        double heapLiveMebibytes,
        long unanswered) {}
