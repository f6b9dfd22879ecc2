package org.wasl.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.LoadResult;
import org.wasl.bench.load.Measured;
import org.wasl.bench.load.Scenario;

/** A report as tables for a terminal. */
public final class ReportText {

    private static final String GAP = "  ";

    private ReportText() {}

    /** All of it. */
    public static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        Machine machine = report.machine();
        lines.add(String.format(
                Locale.ROOT,
                "%s, %d cores, %d MiB, %s, %s; 4 KiB on disk in %.0f µs; %s",
                machine.processor(),
                machine.cores(),
                machine.memoryMebibytes(),
                machine.kernel(),
                machine.fileSystem(),
                machine.syncMicroseconds(),
                machine.java()));
        List<String> groups = report.results().stream()
                .map(result -> result.job().group())
                .distinct()
                .toList();
        for (String group : groups) {
            lines.add("");
            lines.add(group);
            lines.addAll(table(report.group(group)));
        }
        if (!report.micro().isEmpty()) {
            lines.add("");
            lines.add("micro");
            lines.addAll(micro(report.micro()));
        }
        return lines;
    }

    /** One result, as it is there. */
    public static List<String> brief(LoadResult result) {
        return table(List.of(result));
    }

    private static List<String> table(List<LoadResult> results) {
        Table table = new Table(GAP)
                .row(
                        "workload",
                        "load",
                        "a second",
                        "CPU µs",
                        "cores",
                        "p50 ms",
                        "p99 ms",
                        "p99.9 ms",
                        "max ms",
                        "KiB/op",
                        "heap MiB",
                        "RSS MiB",
                        "vs exchange: rate",
                        "CPU");
        Optional<Measured> ours = results.stream()
                .filter(result -> "exchange".equals(result.job().workload()))
                .findFirst()
                .flatMap(Report::best);
        List<String> notes = new ArrayList<>();
        for (LoadResult result : results) {
            String name = result.job().workload() + parameters(result.job().parameters());
            for (Measured measured : result.measured()) {
                table.row(cells(name, measured, ours.orElse(null)));
                notes.addAll(failures(name, measured));
            }
            if (result.failure() != null) {
                notes.add("! " + name + ": " + result.failure());
            }
            if (result.warmUp() != null) {
                new TreeMap<>(result.warmUp().failures())
                        .forEach((kind, count) -> notes.add("! " + name + ", warm-up: " + count + " failed: " + kind));
            }
            new TreeMap<>(result.figures())
                    .forEach((figure, value) -> notes.add("  " + name + ": " + figure + " " + number(value)));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(notes);
        return lines;
    }

    private static String[] cells(String name, Measured measured, @Nullable Measured ours) {
        return new String[] {
            name,
            load(measured.scenario()),
            number(measured.perSecond()),
            number(measured.cpuMicrosecondsPerOperation()),
            String.format(Locale.ROOT, "%.2f", measured.cpuCores()),
            time(measured.latency().p50Milliseconds()),
            time(measured.latency().p99Milliseconds()),
            time(measured.latency().p999Milliseconds()),
            time(measured.latency().maxMilliseconds()),
            number(measured.allocatedBytesPerOperation() / 1024),
            number(measured.heapPeakMebibytes()),
            number(measured.residentPeakMebibytes()),
            ours == null ? "" : slower(measured, ours),
            ours == null ? "" : dearer(measured, ours)
        };
    }

    private static String slower(Measured measured, Measured ours) {
        return compared(measured) ? ratio(ours.perSecond() / measured.perSecond()) : "";
    }

    private static String dearer(Measured measured, Measured ours) {
        return compared(measured) && ours.operations() > 0
                ? ratio(measured.cpuMicrosecondsPerOperation() / ours.cpuMicrosecondsPerOperation())
                : "";
    }

    private static boolean compared(Measured measured) {
        return !measured.scenario().open() && measured.operations() > 0;
    }

    /** What became of operations that were not answered: never left out. */
    static List<String> failures(String name, Measured measured) {
        List<String> lines = new ArrayList<>();
        if (measured.notSent() > 0) {
            lines.add("! " + name + ", " + load(measured.scenario()) + ": " + measured.notSent() + " not sent");
        }
        new TreeMap<>(measured.failures())
                .forEach((kind, count) ->
                        lines.add("! " + name + ", " + load(measured.scenario()) + ": " + count + " failed: " + kind));
        return lines;
    }

    /** How the load was made, for people. */
    static String load(Scenario scenario) {
        return scenario.open()
                ? number(scenario.ratePerSecond()) + "/s constant"
                : scenario.callers()
                        + (scenario.callers() == 1 ? " caller" : " callers")
                        + (Parts.SUSTAINED.equals(scenario.name())
                                ? ", " + number(scenario.windowSeconds()) + " s"
                                : "");
    }

    static String parameters(Map<String, String> parameters) {
        return parameters.isEmpty() ? "" : " " + new TreeMap<>(parameters);
    }

    private static List<String> micro(List<MicroResult> results) {
        Table table = new Table(GAP).row("benchmark", "score", "± error", "unit", "KiB/op");
        for (MicroResult result : results) {
            table.row(
                    result.benchmark() + parameters(result.parameters()),
                    number(result.score()),
                    result.error() == null ? "" : number(result.error()),
                    result.unit(),
                    result.allocatedBytesPerOperation() == null
                            ? ""
                            : number(result.allocatedBytesPerOperation() / 1024));
        }
        return table.lines();
    }

    /** Three significant digits or whole, with separators of thousands. */
    public static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }

    static String ratio(double value) {
        return number(value) + "×";
    }

    static String time(@Nullable Double milliseconds) {
        return milliseconds == null ? "none" : number(milliseconds);
    }
}
