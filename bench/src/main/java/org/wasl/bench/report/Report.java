package org.wasl.bench.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wasl.bench.load.LoadResult;
import org.wasl.bench.load.Measured;

/**
 * Everything that one run of the bench measured, and on what.
 *
 * @param format the version of this form
 * @param began when, ISO 8601
 * @param versions of the libraries that matter, by name
 * @param settings with which it was run, each name ending in its unit
 * @param results of workloads, each in a process of its own
 * @param micro of JMH
 */
public record Report(
        int format,
        String began,
        double tookSeconds,
        Machine machine,
        Map<String, String> versions,
        Map<String, String> settings,
        List<LoadResult> results,
        List<MicroResult> micro) {

    /** The form that this program reads and writes. */
    public static final int FORMAT = 1;

    public Report {
        if (format != FORMAT) {
            throw new IllegalArgumentException("a report of format " + format + ", not " + FORMAT);
        }
        versions = new TreeMap<>(versions);
        settings = new TreeMap<>(settings);
        results = List.copyOf(results);
        micro = List.copyOf(micro);
    }

    /** The results of one part, in the order in which they were measured. */
    public List<LoadResult> group(String group) {
        return results.stream()
                .filter(result -> result.job().group().equals(group))
                .toList();
    }

    /** The first result of this workload in one part. */
    public Optional<LoadResult> result(String group, String workload) {
        return group(group).stream()
                .filter(result -> result.job().workload().equals(workload))
                .findFirst();
    }

    /** What a scenario of this name measured. */
    public static Optional<Measured> scenario(LoadResult result, String name) {
        return result.measured().stream()
                .filter(measured -> measured.scenario().name().equals(name))
                .findFirst();
    }

    /** The best of a result's closed scenarios: the one with the most operations a second. */
    public static Optional<Measured> best(LoadResult result) {
        return result.measured().stream()
                .filter(measured -> !measured.scenario().open())
                .max((a, b) -> Double.compare(a.perSecond(), b.perSecond()));
    }
}
