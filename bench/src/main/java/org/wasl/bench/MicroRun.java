package org.wasl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.wasl.bench.report.MicroResult;

/** The JMH benchmarks whose names match, run in processes of their own with the same flags as everything else. */
final class MicroRun {

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final double SECONDS_EACH = 14;
    private static final double QUICK_SECONDS_EACH = 5;

    private final RunOptions options;
    private final List<String> benchmarks;

    MicroRun(RunOptions options, List<String> patterns) {
        this.options = options;
        this.benchmarks = patterns.isEmpty() ? List.of() : find(patterns);
    }

    private static List<String> find(List<String> patterns) {
        return BenchmarkList.defaultList()
                .find(OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), patterns, List.of())
                .stream()
                .map(BenchmarkListEntry::getUsername)
                .distinct()
                .toList();
    }

    /** The full names of those that match. */
    List<String> benchmarks() {
        return benchmarks;
    }

    double expectedSeconds() {
        return benchmarks.stream().mapToDouble(this::expectedSeconds).sum();
    }

    /** About how long one takes; those with parameters take longer. */
    double expectedSeconds(String benchmark) {
        return options.quick ? QUICK_SECONDS_EACH : SECONDS_EACH;
    }

    static String shortName(String benchmark) {
        String[] parts = benchmark.split("\\.", -1);
        return parts[parts.length - 2] + "." + parts[parts.length - 1];
    }

    /** Runs one with all its parameters. */
    List<MicroResult> run(String benchmark) throws IOException {
        Path output = options.directory.resolve("jmh-" + shortName(benchmark) + ".log");
        Files.createDirectories(options.directory);
        ChainedOptionsBuilder chosen = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark) + "$")
                .jvmArgs(options.flags().toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .output(output.toString());
        if (options.quick) {
            chosen.warmupIterations(1)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(2)
                    .measurementTime(TimeValue.seconds(1));
        }
        try {
            return results(new Runner(chosen.build()).run());
        } catch (RunnerException failed) {
            throw new IOException(shortName(benchmark) + " failed, see " + output, failed);
        }
    }

    private static List<MicroResult> results(Collection<RunResult> runs) {
        List<MicroResult> results = new ArrayList<>();
        for (RunResult run : runs) {
            Map<String, String> parameters = new TreeMap<>();
            for (String key : run.getParams().getParamsKeys()) {
                parameters.put(key, run.getParams().getParam(key));
            }
            Result<?> primary = run.getPrimaryResult();
            results.add(new MicroResult(
                    shortName(run.getParams().getBenchmark()),
                    parameters,
                    run.getParams().getMode().shortLabel(),
                    primary.getScore(),
                    finite(primary.getScoreError()),
                    primary.getScoreUnit(),
                    allocated(run)));
        }
        return results;
    }

    private static @Nullable Double allocated(RunResult run) {
        Result<?> allocated = run.getSecondaryResults().get(ALLOCATED);
        return allocated == null ? null : finite(allocated.getScore());
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
