package org.wasl.bench.scale;

import java.util.Optional;
import org.wasl.bench.load.LoadResult;
import org.wasl.bench.load.Measured;
import org.wasl.bench.report.Parts;
import org.wasl.bench.report.Report;

/**
 * What was measured, as the plan uses it: CPU time in microseconds.
 *
 * @param exchange one signed, logged exchange, both sides and the broker
 * @param composite one request that four agencies answer, five nodes and the broker
 * @param broker the two hops of one exchange through the broker, callers and consumers with it: more than the broker's own part
 * @param leaf one leaf in a log, group commit
 * @param leavesPerSecond what one log took
 * @param syncMilliseconds 4 KiB appended and synchronised
 * @param members how many times an exchange costs with five hundred members in the registry what it costs with five
 */
record Costs(
        double exchange,
        double composite,
        double broker,
        double leaf,
        double leavesPerSecond,
        double syncMilliseconds,
        double members) {

    private static final int MEASURED_FAN_OUT = 4;
    private static final String FEW_MEMBERS = "5";
    private static final String MANY_MEMBERS = "500";
    private static final double MICROS_IN_MILLI = 1e3;

    /** From the figures of one run; empty unless all were measured. */
    static Optional<Costs> of(Report report) {
        Optional<Measured> exchange = scenario(report, Parts.EXCHANGE, "exchange", Parts.SUSTAINED);
        Optional<Measured> composite = scenario(report, Parts.COMPOSITE, "composite", Parts.MANY);
        Optional<Measured> broker = scenario(report, Parts.PEERS, "floor-transient", Parts.MANY);
        Optional<Measured> leaf = scenario(report, Parts.LIMITS, "log-append", Parts.FEW);
        Optional<Measured> few = member(report, FEW_MEMBERS);
        Optional<Measured> many = member(report, MANY_MEMBERS);
        if (exchange.isEmpty()
                || composite.isEmpty()
                || broker.isEmpty()
                || leaf.isEmpty()
                || few.isEmpty()
                || many.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Costs(
                exchange.get().cpuMicrosecondsPerOperation(),
                composite.get().cpuMicrosecondsPerOperation(),
                broker.get().cpuMicrosecondsPerOperation(),
                leaf.get().cpuMicrosecondsPerOperation(),
                leaf.get().perSecond(),
                report.machine().syncMicroseconds() / MICROS_IN_MILLI,
                many.get().cpuMicrosecondsPerOperation() / few.get().cpuMicrosecondsPerOperation()));
    }

    private static Optional<Measured> scenario(Report report, String group, String workload, String name) {
        return report.result(group, workload).flatMap(result -> Report.scenario(result, name));
    }

    private static Optional<Measured> member(Report report, String members) {
        return report.group(Parts.CURVE_MEMBERS).stream()
                .map(LoadResult::measured)
                .flatMap(measured -> measured.stream()
                        .filter(point -> point.scenario().name().equals(members)))
                .findFirst();
    }

    /** One side's part of an exchange, without the broker. */
    double side() {
        return (exchange - broker) / 2;
    }

    /** What composing itself takes: the request and its answer, signed and logged. */
    double composing() {
        return Math.max(0, composite - MEASURED_FAN_OUT * exchange);
    }
}
