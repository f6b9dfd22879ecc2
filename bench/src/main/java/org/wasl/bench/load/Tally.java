package org.wasl.bench.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What became of the operations that are counted; written to by many threads. */
final class Tally {

    private static final long SHORTEST_NANOS = 1_000;
    private static final long LONGEST_NANOS = 600_000_000_000L;
    private static final int DIGITS = 3;
    private static final int MOST_KINDS = 24;
    private static final int LONGEST_KIND = 160;

    private final ConcurrentHistogram answered = new ConcurrentHistogram(SHORTEST_NANOS, LONGEST_NANOS, DIGITS);
    private final ConcurrentHashMap<String, LongAdder> failures = new ConcurrentHashMap<>();
    private final LongAdder notSent = new LongAdder();

    /** Counts one operation: answered when there is no failure. */
    void count(long nanos, @Nullable Throwable failure) {
        if (failure == null) {
            answered.recordValue(Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, nanos)));
        } else {
            fail(kind(failure));
        }
    }

    void fail(String kind) {
        String known = failures.size() < MOST_KINDS || failures.containsKey(kind) ? kind : "others";
        failures.computeIfAbsent(known, k -> new LongAdder()).increment();
    }

    void fail(String kind, long times) {
        if (times > 0) {
            failures.computeIfAbsent(kind, k -> new LongAdder()).add(times);
        }
    }

    void notSent() {
        notSent.increment();
    }

    /** What kind of failure this is: its type and words, without numbers and identifiers, which differ each time. */
    static String kind(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        String kind = cause.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.replaceAll("[0-9a-fA-F]{8}[0-9a-fA-F-]*|[0-9]+", "#"));
        return kind.length() <= LONGEST_KIND ? kind : kind.substring(0, LONGEST_KIND);
    }

    Histogram answered() {
        return answered.copy();
    }

    long notSentCount() {
        return notSent.sum();
    }

    Map<String, Long> failures() {
        Map<String, Long> counted = new TreeMap<>();
        failures.forEach((kind, count) -> counted.put(kind, count.sum()));
        return counted;
    }
}
