package org.wasl.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wasl.bench.load.LoadResult;
import org.wasl.bench.load.Measured;

/**
 * What an exchange cannot do without, in CPU time, each measured by itself in the same run.
 *
 * @param parts how often it is needed and what it costs
 */
public record CostParts(List<Part> parts) {

    /** One of them. */
    public record Part(String name, String workload, int times, double cpuMicrosecondsEach) {

        public double cpuMicroseconds() {
            return times * cpuMicrosecondsEach;
        }
    }

    /** How often an exchange needs each, as the limits are called. */
    private static final List<Part> NEEDED = List.of(
            new Part("raw P-256 signature", "raw-sign", 2, 0),
            new Part("raw P-256 verification", "raw-verify", 2, 0),
            new Part("parse of 2 KB, hardened", "raw-parse", 2, 0),
            new Part("hop through a durable queue", "raw-queue", 2, 0),
            new Part("leaf in a log, by group commit", "log-append", 4, 0));

    /** What was measured of them; empty unless all were. */
    public static Optional<CostParts> of(Report report) {
        List<Part> parts = new ArrayList<>();
        for (Part needed : NEEDED) {
            Optional<Measured> measured =
                    report.result(Parts.LIMITS, needed.workload()).flatMap(CostParts::cheapest);
            if (measured.isEmpty()) {
                return Optional.empty();
            }
            parts.add(new Part(
                    needed.name(),
                    needed.workload(),
                    needed.times(),
                    measured.get().cpuMicrosecondsPerOperation()));
        }
        return Optional.of(new CostParts(parts));
    }

    /** The scenario in which an operation costs least: the hardest measure for the product. */
    static Optional<Measured> cheapest(LoadResult result) {
        return result.measured().stream()
                .filter(measured -> measured.operations() > 0)
                .min((a, b) -> Double.compare(a.cpuMicrosecondsPerOperation(), b.cpuMicrosecondsPerOperation()));
    }

    /** Their sum. */
    public double cpuMicroseconds() {
        return parts.stream().mapToDouble(Part::cpuMicroseconds).sum();
    }
}
