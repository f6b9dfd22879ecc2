package org.wasl.bench;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.wasl.bench.load.LoadJob;
import org.wasl.bench.load.LoadResult;
import org.wasl.bench.report.Json;
import org.wasl.bench.report.Machine;
import org.wasl.bench.report.MicroResult;
import org.wasl.bench.report.Report;
import org.wasl.bench.report.ReportText;

/** One run of a command that measures: the jobs one after the other, then the table and the JSON. */
final class Session {

    private static final double NANOS_IN_SECOND = 1e9;

    private final Console console;
    private final RunOptions options;

    Session(Console console, RunOptions options) {
        this.console = console;
        this.options = options;
    }

    /** Measures it all and reports it; the exit code. */
    int run(List<LoadJob> jobs, List<String> microPatterns) {
        try {
            Report report = measure(jobs, microPatterns);
            ReportText.lines(report).forEach(console::print);
            Json.write(options.json, report);
            console.note("run.written", options.json);
            return failed(report) ? console.fail(ExitCode.FAILED, "run.failed") : ExitCode.OK;
        } catch (IOException unusable) {
            return console.fail(
                    ExitCode.UNAVAILABLE, "error.file", options.directory, String.valueOf(unusable.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return console.fail(ExitCode.FAILED, "run.stopped");
        }
    }

    /** Measures it all. */
    Report measure(List<LoadJob> jobs, List<String> microPatterns) throws IOException, InterruptedException {
        Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        long beganNanos = System.nanoTime();
        Machine machine = Machine.here(options.directory);
        MicroRun micro = new MicroRun(options, microPatterns);
        List<LoadResult> results = new ArrayList<>();
        List<MicroResult> microResults = new ArrayList<>();
        double expected = jobs.stream().mapToDouble(LoadJob::expectedSeconds).sum() + micro.expectedSeconds();
        int parts = jobs.size() + micro.benchmarks().size();
        try (Advancing advancing = new Advancing(console, expected)) {
            Fork fork = new Fork(options.directory.toAbsolutePath(), options.flags());
            for (LoadJob job : jobs) {
                String name = job.group() + "/" + job.workload() + suffix(job);
                advancing.begin(name, results.size() + 1, parts, job.expectedSeconds());
                LoadResult result = fork.run(job, advancing::by);
                results.add(result);
                if (!console.terminal()) {
                    ReportText.brief(result).forEach(console.err()::println);
                }
            }
            for (String benchmark : micro.benchmarks()) {
                int number = results.size() + micro.benchmarks().indexOf(benchmark) + 1;
                advancing.begin(MicroRun.shortName(benchmark), number, parts, micro.expectedSeconds(benchmark));
                microResults.addAll(micro.run(benchmark));
            }
        }
        return new Report(
                Report.FORMAT,
                began.toString(),
                (System.nanoTime() - beganNanos) / NANOS_IN_SECOND,
                machine,
                Versions.onClassPath(System.getProperty("java.class.path")),
                options.settings(),
                results,
                microResults);
    }

    private static String suffix(LoadJob job) {
        return job.parameters().isEmpty() ? "" : " " + job.parameters();
    }

    /** Whether anything that was asked for was not answered. */
    static boolean failed(Report report) {
        return report.results().stream()
                .anyMatch(result -> result.failure() != null
                        || result.measured().stream().anyMatch(measured -> measured.unanswered() > 0));
    }
}
