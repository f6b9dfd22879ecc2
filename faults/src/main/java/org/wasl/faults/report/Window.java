package org.wasl.faults.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wasl.faults.ledger.LedgerEntry;
import org.wasl.faults.ledger.LedgerEntry.Silent;
import org.wasl.faults.ledger.LedgerEntry.Told;

/**
 * What callers met in a span of time.
 *
 * @param answered with what they asked for, or its announcement
 * @param refused by code
 * @param silent who heard nothing
 * @param medianMillis of those answered; -1 without any
 * @param p99Millis of those answered; -1 without any
 */
public record Window(
        double seconds, long answered, Map<String, Long> refused, long silent, double medianMillis, double p99Millis) {

    public Window {
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    }

    /** Of a ledger, between two instants in milliseconds. */
    static Window of(List<LedgerEntry> ledger, long from, long until) {
        long silent = 0;
        Map<String, Long> refused = new TreeMap<>();
        List<Long> micros = new ArrayList<>();
        for (LedgerEntry entry : ledger) {
            if (entry.at() < from || entry.at() >= until) {
                continue;
            }
            if (entry instanceof Silent) {
                silent++;
            } else if (entry instanceof Told told) {
                if (told.said()) {
                    micros.add(told.micros());
                } else {
                    refused.merge(told.fault().isEmpty() ? "HTTP " + told.status() : told.fault(), 1L, Long::sum);
                }
            }
        }
        Collections.sort(micros);
        return new Window(
                (until - from) / 1_000.0,
                micros.size(),
                refused,
                silent,
                percentile(micros, 0.5),
                percentile(micros, 0.99));
    }

    private static double percentile(List<Long> sorted, double share) {
        if (sorted.isEmpty()) {
            return -1;
        }
        int at = (int) Math.ceil(share * sorted.size()) - 1;
        return Math.round(sorted.get(Math.max(0, at)) / 100.0) / 10.0;
    }

    long refusals() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }
}
