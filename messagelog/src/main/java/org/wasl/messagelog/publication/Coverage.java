package org.wasl.messagelog.publication;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Since when a log has had leaves that no cosigned checkpoint covers, by a clock that nobody can set. Told of the log's
 * size again and again; what it was not told of it takes for the worse: the time since it last knew that all was covered.
 * Safe for many threads.
 */
final class Coverage {

    /** Enough for five minutes of one look a second; beyond it the newest one takes its predecessor's place. */
    private static final int MAX_LOOKS = 512;

    private record Look(long size, long nanos) {}

    /** Up to which size all is covered, and when that was last known to be the whole log. */
    private record Known(long size, long wholeAtNanos) {}

    private final LongSupplier nanos;
    private final Deque<Look> looks = new ArrayDeque<>();
    private volatile Known known;

    Coverage(LongSupplier nanos) {
        this.nanos = nanos;
        this.known = new Known(-1, nanos.getAsLong());
    }

    /** Tells of the log's size now. */
    synchronized void look(long size) {
        long now = nanos.getAsLong();
        if (size <= known.size()) {
            looks.clear();
            known = new Known(known.size(), now);
            return;
        }
        if (looks.size() == MAX_LOOKS) {
            looks.removeLast();
        }
        looks.addLast(new Look(size, now));
    }

    /** Tells that this size is covered now. */
    synchronized void cover(long size) {
        if (size <= known.size()) {
            return;
        }
        long whole = known.wholeAtNanos();
        while (!looks.isEmpty() && looks.peekFirst().size() <= size) {
            whole = looks.removeFirst().nanos();
        }
        known = new Known(size, whole);
    }

    long covered() {
        return Math.max(0, known.size());
    }

    /** Whether anything was ever covered. */
    boolean begun() {
        return known.size() >= 0;
    }

    /** For how long the oldest leaf that is not covered has been waiting at most; zero when a log of this size has none. */
    Duration waiting(long size) {
        Known now = known;
        return size <= now.size() ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - now.wholeAtNanos());
    }
}
