package org.wasl.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.wasl.bench.load.LoadResult;
import org.wasl.bench.load.Measured;
import org.wasl.bench.load.WarmUp;

/**
 * The page on performance: a template that people write, with the report's tables in it. A line that is nothing but
 * {@code {{name}}} is replaced by the part of that name.
 */
public final class Page {

    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final List<String> NOT_MEASURED = List.of("*Not measured in this run.*");

    private final Report report;
    private final String pictures;
    private final Map<String, Supplier<List<String>>> parts = new TreeMap<>();

    /** @param pictures the folder of the plots, as seen from the page, ending in a slash */
    public Page(Report report, String pictures) {
        this.report = report;
        this.pictures = pictures;
        parts.put("machine", this::machine);
        parts.put("goals", this::goals);
        parts.put("exchange", () -> measured(Parts.EXCHANGE));
        parts.put("composite", () -> measured(Parts.COMPOSITE));
        parts.put("peers", this::peers);
        parts.put("limits", () -> measured(Parts.LIMITS));
        parts.put("cost", this::cost);
        parts.put("curves", this::curves);
        parts.put("log-size", this::logSize);
        parts.put("at-rest", () -> figures(Parts.EXCHANGE));
        parts.put("slow-keys", () -> measured(Parts.SLOW_KEYS));
        parts.put("micro", this::micro);
        parts.put("workloads", this::workloads);
        parts.put("failures", this::failures);
    }

    /**
     * The whole page.
     *
     * @throws IllegalArgumentException when the template names a part that there is not
     */
    public String render(String template) {
        StringBuilder page = new StringBuilder();
        for (String line : template.lines().toList()) {
            if (line.startsWith(OPEN) && line.endsWith(CLOSE)) {
                String name = line.substring(OPEN.length(), line.length() - CLOSE.length());
                Supplier<List<String>> part = parts.get(name);
                if (part == null) {
                    throw new IllegalArgumentException("no part " + name + "; there are " + parts.keySet());
                }
                part.get().forEach(made -> page.append(made).append('\n'));
            } else {
                page.append(line).append('\n');
            }
        }
        return page.toString();
    }

    /** The plots, each by the name of its file. */
    public Map<String, String> plots() {
        Map<String, String> plots = new TreeMap<>();
        for (Curve curve : Curve.of(report)) {
            plots.put(curve.group() + ".svg", SvgPlot.of(curve));
        }
        return plots;
    }

    private List<String> machine() {
        Machine machine = report.machine();
        MarkdownTable table = new MarkdownTable(2, "what", "value")
                .row("measured", report.began() + ", " + Math.round(report.tookSeconds() / 60) + " minutes in all")
                .row("processor", machine.processor() + ", " + machine.cores() + " cores")
                .row("memory", machine.memoryMebibytes() + " MiB")
                .row("system", machine.kernel())
                .row(
                        "disk",
                        String.format(
                                Locale.ROOT,
                                "%s; 4 KiB appended and synchronised in %.0f µs (median)",
                                machine.fileSystem(),
                                machine.syncMicroseconds()))
                .row("Java", machine.java());
        report.settings().forEach((name, value) -> table.row("`" + name + "`", "`" + value + "`"));
        report.versions().forEach((name, value) -> table.row(name, value));
        return table.lines();
    }

    private List<String> goals() {
        MarkdownTable table = new MarkdownTable(4, "what", "asked", "measured", "verdict");
        for (Goal goal : Goals.of(report)) {
            table.row(goal.what(), goal.asked(), goal.measured(), goal.verdict().words());
        }
        return table.lines();
    }

    private List<String> measured(String group) {
        if (report.group(group).isEmpty()) {
            return NOT_MEASURED;
        }
        MarkdownTable table = new MarkdownTable(
                2,
                "workload",
                "load",
                "a second",
                "CPU µs",
                "cores",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                "GC µs",
                "KiB allocated",
                "heap MiB",
                "RSS MiB",
                "unanswered");
        for (LoadResult result : report.group(group)) {
            String name = "`" + result.job().workload() + "`"
                    + ReportText.parameters(result.job().parameters());
            for (Measured m : result.measured()) {
                table.row(
                        name,
                        ReportText.load(m.scenario()),
                        ReportText.number(m.perSecond()),
                        ReportText.number(m.cpuMicrosecondsPerOperation()),
                        ReportText.number(m.cpuCores()),
                        ReportText.time(m.latency().p50Milliseconds()),
                        ReportText.time(m.latency().p99Milliseconds()),
                        ReportText.time(m.latency().p999Milliseconds()),
                        ReportText.time(m.latency().maxMilliseconds()),
                        ReportText.number(m.gcMicrosecondsPerOperation()),
                        ReportText.number(m.allocatedBytesPerOperation() / 1024),
                        ReportText.number(m.heapPeakMebibytes()),
                        ReportText.number(m.residentPeakMebibytes()),
                        Long.toString(m.unanswered()));
            }
        }
        return table.lines();
    }

    private List<String> peers() {
        Optional<Measured> ours = report.result(Parts.PEERS, "exchange").flatMap(Report::best);
        if (ours.isEmpty()) {
            return NOT_MEASURED;
        }
        MarkdownTable table = new MarkdownTable(
                2,
                "workload",
                "best with",
                "a second",
                "CPU µs",
                "p99 ms",
                "Wasl's throughput",
                "Wasl's CPU",
                "warm-up, CPU s");
        for (LoadResult result : report.group(Parts.PEERS)) {
            Optional<Measured> best = Report.best(result).filter(m -> m.operations() > 0);
            String name = "`" + result.job().workload() + "`";
            if (best.isEmpty()) {
                table.row(name, "nothing answered", "", "", "", "", "", warmUp(result));
                continue;
            }
            Measured theirs = best.get();
            table.row(
                    name,
                    ReportText.load(theirs.scenario()),
                    ReportText.number(theirs.perSecond()),
                    ReportText.number(theirs.cpuMicrosecondsPerOperation()),
                    ReportText.time(theirs.latency().p99Milliseconds()),
                    ReportText.ratio(ours.get().perSecond() / theirs.perSecond()),
                    ReportText.ratio(
                            theirs.cpuMicrosecondsPerOperation() / ours.get().cpuMicrosecondsPerOperation()),
                    warmUp(result));
        }
        return table.lines();
    }

    private static String warmUp(LoadResult result) {
        WarmUp warmUp = result.warmUp();
        return warmUp == null ? "" : String.format(Locale.ROOT, "%.0f", warmUp.cpuSeconds());
    }

    private List<String> cost() {
        Optional<CostParts> parts = CostParts.of(report);
        Optional<Measured> ours =
                report.result(Parts.EXCHANGE, "exchange").flatMap(result -> Report.scenario(result, Parts.SUSTAINED));
        if (parts.isEmpty() || ours.isEmpty()) {
            return NOT_MEASURED;
        }
        MarkdownTable table = new MarkdownTable(2, "part", "measured as", "times", "CPU µs each", "CPU µs");
        for (CostParts.Part part : parts.get().parts()) {
            table.row(
                    part.name(),
                    "`" + part.workload() + "`",
                    Integer.toString(part.times()),
                    ReportText.number(part.cpuMicrosecondsEach()),
                    ReportText.number(part.cpuMicroseconds()));
        }
        double sum = parts.get().cpuMicroseconds();
        double exchange = ours.get().cpuMicrosecondsPerOperation();
        table.row("**sum**", "", "", "", "**" + ReportText.number(sum) + "**");
        table.row(
                "**an exchange, at full load**",
                "`exchange`",
                "",
                ReportText.ratio(exchange / sum),
                "**" + ReportText.number(exchange) + "**");
        return table.lines();
    }

    private List<String> curves() {
        List<String> lines = new ArrayList<>();
        for (Curve curve : Curve.of(report)) {
            lines.add("### " + Character.toUpperCase(curve.title().charAt(0))
                    + curve.title().substring(1));
            lines.add("");
            lines.add("![Exchanges over " + curve.title() + "](" + pictures + curve.group() + ".svg)");
            lines.add("");
            MarkdownTable table = new MarkdownTable(
                    0, curve.unit(), "a second", "p50 ms", "p99 ms", "CPU µs", "heap MiB", "live MiB", "unanswered");
            for (Point point : curve.points()) {
                table.row(
                        String.format(Locale.ROOT, "%,.0f", point.x()),
                        ReportText.number(point.perSecond()),
                        ReportText.time(point.p50Milliseconds()),
                        ReportText.time(point.p99Milliseconds()),
                        ReportText.number(point.cpuMicrosecondsPerOperation()),
                        ReportText.number(point.heapPeakMebibytes()),
                        ReportText.number(point.heapLiveMebibytes()),
                        Long.toString(point.unanswered()));
            }
            lines.addAll(table.lines());
            lines.add("");
            lines.add(growth(curve));
            lines.add("");
        }
        return lines.isEmpty() ? NOT_MEASURED : lines;
    }

    private List<String> logSize() {
        MarkdownTable table = new MarkdownTable(
                0, "leaves before", "append CPU µs", "p99 ms", "start ms", "by id µs", "by person µs", "proof µs");
        boolean any = false;
        for (LoadResult result : report.group(Parts.LOG_SIZE)) {
            for (Measured measured : result.measured()) {
                any = true;
                table.row(
                        String.format(
                                Locale.ROOT,
                                "%,.0f",
                                Double.parseDouble(measured.scenario().name())),
                        ReportText.number(measured.cpuMicrosecondsPerOperation()),
                        ReportText.time(measured.latency().p99Milliseconds()),
                        figure(result, Parts.START_MILLISECONDS),
                        figure(result, Parts.BY_ID_MICROSECONDS),
                        figure(result, Parts.BY_PERSON_MICROSECONDS),
                        figure(result, Parts.PROOF_MICROSECONDS));
            }
        }
        return any ? table.lines() : NOT_MEASURED;
    }

    private static String figure(LoadResult result, String name) {
        Double figure = result.figures().get(name);
        return figure == null ? "" : ReportText.number(figure);
    }

    private static String growth(Curve curve) {
        if (curve.points().size() < 2) {
            return "One point says nothing of growth.";
        }
        Growth growth = Growth.of(curve.points());
        String figures = String.format(
                Locale.ROOT,
                "CPU per exchange at the last point is %s of that at the first (exponent %.2f)",
                ReportText.ratio(growth.ratio()),
                growth.exponent());
        if (growth.isWorseThanLinear()) {
            return String.format(
                    Locale.ROOT,
                    "**%s: worse than linear**, most so up to %,.0f %s.",
                    figures,
                    growth.steepestAt(),
                    curve.unit());
        }
        if (growth.isFlat()) {
            return figures + ": flat.";
        }
        return figures + (curve.flat() ? ": **not flat**, though less than linear." : ": no worse than linear.");
    }

    private List<String> figures(String group) {
        MarkdownTable table = new MarkdownTable(2, "workload", "figure", "value");
        boolean any = false;
        for (LoadResult result : report.group(group)) {
            for (Map.Entry<String, Double> figure : new TreeMap<>(result.figures()).entrySet()) {
                any = true;
                table.row(
                        "`" + result.job().workload() + "`",
                        "`" + figure.getKey() + "`",
                        ReportText.number(figure.getValue()));
            }
        }
        return any ? table.lines() : NOT_MEASURED;
    }

    private List<String> micro() {
        if (report.micro().isEmpty()) {
            return NOT_MEASURED;
        }
        MarkdownTable table = new MarkdownTable(1, "benchmark", "score", "± error", "unit", "KiB allocated");
        for (MicroResult result : report.micro()) {
            table.row(
                    "`" + result.benchmark() + "`" + ReportText.parameters(result.parameters()),
                    ReportText.number(result.score()),
                    result.error() == null ? "" : ReportText.number(result.error()),
                    result.unit(),
                    result.allocatedBytesPerOperation() == null
                            ? ""
                            : ReportText.number(result.allocatedBytesPerOperation() / 1024));
        }
        return table.lines();
    }

    private List<String> workloads() {
        MarkdownTable table = new MarkdownTable(2, "workload", "settings");
        Map<String, String> said = new TreeMap<>();
        for (LoadResult result : report.results()) {
            List<String> settings = new ArrayList<>();
            new TreeMap<>(result.settings()).forEach((name, value) -> settings.add(name + ": " + value));
            said.putIfAbsent(result.job().workload(), String.join("; ", settings));
        }
        said.forEach((name, settings) -> table.row("`" + name + "`", settings.replace("|", "\\|")));
        return table.lines();
    }

    private List<String> failures() {
        List<String> lines = new ArrayList<>();
        for (LoadResult result : report.results()) {
            String name = result.job().group() + "/" + result.job().workload();
            if (result.failure() != null) {
                lines.add("- " + name + " came to nothing: " + result.failure());
            }
            for (Measured measured : result.measured()) {
                ReportText.failures(name, measured).forEach(line -> lines.add("- " + line.substring(2)));
            }
        }
        return lines.isEmpty() ? List.of("Nothing failed: every operation of every workload was answered.") : lines;
    }
}
