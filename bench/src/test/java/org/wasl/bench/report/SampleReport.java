package org.wasl.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wasl.bench.load.Latencies;
import org.wasl.bench.load.LoadJob;
import org.wasl.bench.load.LoadResult;
import org.wasl.bench.load.Measured;
import org.wasl.bench.load.Scenario;
import org.wasl.bench.load.WarmUp;

/** A report with made-up figures that meet every goal, to be spoilt by tests. */
final class SampleReport {

    static final Machine MACHINE = new Machine("a processor", 2, 8_192, "Linux 6", "ext4", 150, "a Java 17");

    final List<LoadResult> results = new ArrayList<>();

    SampleReport() {
        limit("raw-sign", 20);
        limit("raw-verify", 60);
        limit("raw-parse", 20);
        limit("raw-queue", 100);
        limit("log-append", 40);
        add(Parts.PEERS, "floor", Map.of(), closed(Parts.MANY, 64, 3_000, 480));
        add(Parts.PEERS, "cxf-tuned", Map.of(), closed(Parts.FEW, 16, 200, 5_000), closed(Parts.MANY, 64, 300, 4_800));
        add(Parts.PEERS, "exchange", Map.of(), closed(Parts.MANY, 64, 1_800, 900));
        add(
                Parts.EXCHANGE,
                "exchange",
                Map.of(Parts.AT_REST, 1_000.0),
                measured(Scenario.closed(Parts.SUSTAINED, 64, 2, 300), 1_700, 910, Map.of(), 0),
                measured(Scenario.open(Parts.RATE, 1_000, 64, 1_000, 2, 30), 1_000, 950, Map.of(), 0));
        add(Parts.COMPOSITE, "composite", Map.of(), closed(Parts.MANY, 64, 330, 5_000));
        add(Parts.SLOW_KEYS, Parts.SOFTWARE_KEYS, Map.of(), closed(Parts.MANY, 64, 1_800, 900));
        add(Parts.SLOW_KEYS, Parts.SHORT_TERM_KEYS, Map.of(), closed(Parts.MANY, 64, 1_780, 905));
        add(Parts.SLOW_KEYS, Parts.SHORT_TERM_KEYS, Map.of(), closed(Parts.MANY, 64, 1_620, 1_000));
        add(Parts.SLOW_KEYS, Parts.SOFTWARE_KEYS, Map.of(), closed(Parts.MANY, 64, 1_600, 1_010));
        curve(Parts.CURVE_CALLERS, 1, 900, 1_000, 950);
        curve(Parts.CURVE_LOG, 0, 900, 10_000_000, 1_000);
        curve(Parts.CURVE_PAYLOAD, 1_024, 900, 1_048_576, 90_000);
    }

    void limit(String name, double cpu) {
        add(Parts.LIMITS, name, Map.of(), closed(Parts.ALONE, 1, 1_000, 2 * cpu), closed(Parts.FEW, 16, 9_000, cpu));
    }

    void curve(String group, double... points) {
        List<Measured> measured = new ArrayList<>();
        for (int i = 0; i < points.length; i += 2) {
            measured.add(closed(Integer.toString((int) points[i]), 16, 1_000, points[i + 1]));
        }
        add(group, "exchange", Map.of(), measured.toArray(Measured[]::new));
    }

    void add(String group, String workload, Map<String, Double> figures, Measured... measured) {
        LoadJob job = new LoadJob(group, workload, Map.of(), 64, 60, 240, List.of());
        WarmUp warmUp = new WarmUp(60, 35, 10_000, Map.of());
        results.add(new LoadResult(job, Map.of("payload", "2 KB | XML"), 3, warmUp, List.of(measured), figures, null));
    }

    static Measured closed(String name, int callers, double perSecond, double cpu) {
        return measured(Scenario.closed(name, callers, 2, 10), perSecond, cpu, Map.of(), 0);
    }

    static Measured measured(
            Scenario scenario, double perSecond, double cpu, Map<String, Long> failures, long notSent) {
        return new Measured(
                scenario,
                (long) (perSecond * scenario.windowSeconds()),
                scenario.windowSeconds(),
                perSecond,
                cpu,
                1.8,
                12,
                60_000,
                300,
                80,
                700,
                new Latencies(10.0, 20.0, 30.0, 45.0, 90.0),
                failures,
                notSent);
    }

    Report report() {
        return new Report(
                Report.FORMAT,
                "2026-11-22T06:00:00Z",
                1_500,
                MACHINE,
                Map.of("artemis-server", "2.56.0"),
                Map.of("windowSeconds", "15.0"),
                results,
                List.of(
                        new MicroResult("ContainerBenchmark.signRaw", Map.of(), "avgt", 21.4, 0.5, "us/op", 900.0),
                        new MicroResult(
                                "SchemaBenchmark.validate", Map.of("kind", "fines"), "avgt", 30, null, "us/op", null)));
    }
}
