package org.wasl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.report.Baseline;
import org.wasl.bench.report.Json;
import org.wasl.bench.report.Report;
import org.wasl.bench.report.ReportText;
import org.wasl.bench.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Guards against getting slower: ratios of this run against those that were stored. */
@Command(name = "compare")
final class CompareCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    RunOptions options = new RunOptions();

    @Option(names = "--baseline", paramLabel = "FILE", descriptionKey = "compare.baseline")
    Path baseline = RunOptions.home().resolve("bench").resolve("baseline.json");

    @Option(names = "--report", paramLabel = "FILE", descriptionKey = "compare.report")
    @Nullable
    Path stored;

    @Option(names = "--write-baseline", descriptionKey = "compare.write")
    boolean write;

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String wrong = options.wrong();
        if (wrong != null) {
            return console.fail(ExitCode.USAGE, wrong);
        }
        if (!write && !Files.isReadable(baseline)) {
            return console.fail(ExitCode.UNAVAILABLE, "compare.none", baseline);
        }
        try {
            Report report = report();
            return write ? write(report) : judge(report);
        } catch (IOException unusable) {
            return console.fail(ExitCode.UNAVAILABLE, "error.file", baseline, String.valueOf(unusable.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return console.fail(ExitCode.FAILED, "run.stopped");
        }
    }

    private Report report() throws IOException, InterruptedException {
        if (stored != null) {
            return Json.read(stored, Report.class);
        }
        Report report = new Session(console, options).measure(new Plan(options).guard(), List.of());
        ReportText.lines(report).forEach(console::print);
        Json.write(options.json, report);
        return report;
    }

    private int write(Report report) throws IOException {
        Baseline measured = Baseline.of(report);
        if (measured.ratios().isEmpty()) {
            return console.fail(ExitCode.FAILED, "compare.nothing");
        }
        Json.write(baseline, measured);
        console.note("run.written", baseline);
        return ExitCode.OK;
    }

    private int judge(Report report) throws IOException {
        List<Baseline.Judgement> judgements =
                Json.read(baseline, Baseline.class).judge(report);
        Table table = new Table("  ").row("ratio", "baseline", "now", "let pass", "verdict");
        for (Baseline.Judgement judgement : judgements) {
            Baseline.Ratio before = judgement.before();
            table.row(
                    before.name(),
                    figure(before.value()),
                    figure(judgement.now()),
                    (before.moreIsWorse() ? "<= " : ">= ") + figure(before.bound()),
                    judgement.isRegression() ? "REGRESSION" : "ok");
        }
        console.print("");
        table.lines().forEach(console::print);
        boolean worse = judgements.stream().anyMatch(Baseline.Judgement::isRegression);
        return worse ? console.fail(ExitCode.FAILED, "compare.worse") : ExitCode.OK;
    }

    private static String figure(double value) {
        return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%.3f", value);
    }
}
