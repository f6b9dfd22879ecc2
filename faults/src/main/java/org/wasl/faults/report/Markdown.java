package org.wasl.faults.report;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.wasl.faults.check.Promise;
import org.wasl.faults.fault.Observation;

/** A run's report as people read it. */
public final class Markdown {

    private static final int MOST_VIOLATIONS = 200;

    private Markdown() {}

    /** The whole page. */
    public static String of(RunReport report) {
        StringBuilder page = new StringBuilder();
        page.append("# Faults: seed ")
                .append(report.seed())
                .append(", site ")
                .append(report.site())
                .append("\n\n");
        page.append(
                report.good()
                        ? "Nothing lost, nothing doubled, nothing disclosed without a log: no promise was broken.\n\n"
                        : "**Something did not hold.** The same again: `./wasl faults run --seed " + report.seed()
                                + " --site " + report.site() + "`.\n\n");
        page.append("| | |\n|---|---|\n");
        new TreeMap<>(report.facts()).forEach((name, value) -> row(page, name, value));
        new TreeMap<>(report.counts()).forEach((name, value) -> row(page, name, Long.toString(value)));
        promises(page, report);
        failures(page, report);
        episodes(page, report);
        if (!report.notRun().isEmpty()) {
            page.append("\n## Not tried\n\n| fault | why |\n|---|---|\n");
            new TreeMap<>(report.notRun()).forEach((name, why) -> row(page, "`" + name + "`", why));
        }
        return page.toString();
    }

    private static void promises(StringBuilder page, RunReport report) {
        page.append("\n## Promises\n\n| promise | | stands | seen |\n|---|---|---|---|\n");
        report.standings().forEach((promise, standing) -> {
            List<String> faults = report.episodes().stream()
                    .filter(told -> concerns(told, promise))
                    .map(told -> told.episode().fault())
                    .distinct()
                    .toList();
            row(
                    page,
                    promise.name(),
                    promise.words(),
                    switch (standing) {
                        case KEPT -> "kept";
                        case BROKEN -> "**broken**";
                        case NOT_TRIED -> "not tried";
                    },
                    String.join(", ", faults));
        });
    }

    private static boolean concerns(RunReport.Told told, Promise promise) {
        return told.episode().observations().stream().anyMatch(seen -> seen.promise() == promise);
    }

    private static void failures(StringBuilder page, RunReport report) {
        List<String> broken = report.broken();
        if (!broken.isEmpty()) {
            page.append("\n## What did not hold\n\n");
            broken.stream()
                    .limit(MOST_VIOLATIONS)
                    .forEach(one -> page.append("- ").append(text(one)).append('\n'));
            if (broken.size() > MOST_VIOLATIONS) {
                page.append("- and ").append(broken.size() - MOST_VIOLATIONS).append(" more\n");
            }
        }
        if (!report.failures().isEmpty()) {
            page.append("\n## What the harness could not do\n\n");
            report.failures().forEach(one -> page.append("- ").append(text(one)).append('\n'));
        }
    }

    private static void episodes(StringBuilder page, RunReport report) {
        page.append("\n## Faults\n\n")
                .append(
                        "Answered a second, median and 99th percentile in ms, before, during and after; refused and silent during; seconds from")
                .append(" mending to answers.\n\n")
                .append("| # | fault | before | during | after | refused during | silent | recovered |\n")
                .append("|---:|---|---|---|---|---|---:|---:|\n");
        int number = 0;
        for (RunReport.Told told : report.episodes()) {
            number++;
            row(
                    page,
                    Integer.toString(number),
                    "`" + told.episode().fault() + "`",
                    window(told.before()),
                    window(told.during()),
                    window(told.after()),
                    told.during().refused().isEmpty()
                            ? "0"
                            : told.during().refused().toString(),
                    Long.toString(told.during().silent()),
                    String.format(Locale.ROOT, "%.1f s", told.recoverySeconds()));
        }
        page.append("\n## What each fault looked at\n\n");
        number = 0;
        for (RunReport.Told told : report.episodes()) {
            number++;
            for (Observation seen : told.episode().observations()) {
                page.append("- ")
                        .append(number)
                        .append(". `")
                        .append(told.episode().fault())
                        .append("`, ")
                        .append(seen.promise())
                        .append(seen.kept() ? ": " : " **broken**: ")
                        .append(text(seen.seen()))
                        .append('\n');
            }
        }
    }

    private static String window(Window window) {
        if (window.answered() == 0) {
            return "none";
        }
        return String.format(
                Locale.ROOT,
                "%.1f/s, %.0f, %.0f",
                window.answered() / Math.max(0.001, window.seconds()),
                window.medianMillis(),
                window.p99Millis());
    }

    private static void row(StringBuilder page, String... cells) {
        page.append('|');
        for (String cell : cells) {
            page.append(' ').append(text(cell)).append(" |");
        }
        page.append('\n');
    }

    private static String text(String cell) {
        return cell.replace("|", "\\|").replace("\n", " ");
    }
}
