package org.wasl.node.statistics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The counts up to one leaf of the log, and which requests are open there. Not safe for several threads. */
final class Tally {

    /** Of so many requests at most it is remembered that they are open; the eldest of more stay counted as open. */
    private static final int MAX_OPEN = 200_000;

    /** Far more than there are services, channels, outcomes and months; what is beyond it is not counted. */
    private static final int MAX_CELLS = 500_000;

    private static final int MAX_UNFINISHED = 1_000;

    private final SortedMap<Cell, Long> cells = new TreeMap<>();
    private final Map<String, Cell> open = new LinkedHashMap<>();
    private final SortedMap<String, Ratings> ratings = new TreeMap<>();
    private final Deque<Long> deadLetters = new ArrayDeque<>();
    private final Set<String> undelivered = new LinkedHashSet<>();

    /** A request came. */
    void asked(String id, Cell cell) {
        Cell waiting = cell.ended(Outcome.OPEN);
        if (open.putIfAbsent(id, waiting) != null) {
            return;
        }
        add(waiting, 1);
        if (open.size() > MAX_OPEN) {
            open.remove(open.keySet().iterator().next());
        }
    }

    /** A request that was open has ended. */
    void ended(String id, Outcome how) {
        Cell waiting = open.remove(id);
        if (waiting != null) {
            add(waiting, -1);
            add(waiting.ended(how), 1);
        }
    }

    /** A request was refused before it was logged as one. */
    void refused(Cell cell) {
        add(cell, 1);
    }

    /** An answer of this service was rated; there are no more services than are declared. */
    void rated(String service, int score) {
        ratings.put(service, ratings.getOrDefault(service, Ratings.NONE).and(score));
    }

    /** Nobody could process a message. */
    void dead(long index) {
        deadLetters.addFirst(index);
        if (deadLetters.size() > MAX_UNFINISHED) {
            deadLetters.removeLast();
        }
    }

    /** A late answer was handed on, or could not be. */
    void delivery(String request, boolean done) {
        if (done) {
            undelivered.remove(request);
        } else if (undelivered.size() < MAX_UNFINISHED) {
            undelivered.add(request);
        }
    }

    Unfinished unfinished() {
        return new Unfinished(List.copyOf(deadLetters), List.copyOf(undelivered));
    }

    private void add(Cell cell, long more) {
        if (cells.size() >= MAX_CELLS && !cells.containsKey(cell)) {
            return;
        }
        long count = cells.merge(cell, more, Long::sum);
        if (count == 0) {
            cells.remove(cell);
        }
    }

    /** The counts, none of them zero. */
    SortedMap<Cell, Long> cells() {
        return new TreeMap<>(cells);
    }

    /** The open requests' cells by their ids, eldest first. */
    Map<String, Cell> open() {
        return new LinkedHashMap<>(open);
    }

    /** The ratings by service. */
    SortedMap<String, Ratings> ratings() {
        return new TreeMap<>(ratings);
    }

    /** Takes over what was kept. */
    void restore(Map<Cell, Long> counts, Map<String, Cell> waiting, Map<String, Ratings> rated, Unfinished unfinished) {
        deadLetters.clear();
        deadLetters.addAll(unfinished.deadLetters());
        undelivered.clear();
        undelivered.addAll(unfinished.undelivered());
        cells.clear();
        cells.putAll(counts);
        open.clear();
        open.putAll(waiting);
        ratings.clear();
        ratings.putAll(rated);
    }
}
