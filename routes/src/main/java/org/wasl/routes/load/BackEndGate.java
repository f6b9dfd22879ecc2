package org.wasl.routes.load;

import com.netflix.concurrency.limits.Limit;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.wasl.security.container.Priority;

/**
 * Lets as many questions through to a back-end at once as it bears, by how its answers slow down. The others wait for
 * their turn, the more urgent ones first, and of the same urgency those that came first; whoever's time runs out meanwhile
 * is turned away without having asked. Safe for many threads.
 */
public final class BackEndGate {

    private static final int MOST_HINT_SECONDS = 60;

    private final Limit limit;
    private final int waitingMax;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Waiting> queue =
            new PriorityQueue<>(Comparator.comparingInt((Waiting waiting) -> -waiting.priority.jmsPriority())
                    .thenComparingLong(waiting -> waiting.number));
    private long arrivals;
    private int underWay;
    private long averageNanos;
    private long late;
    private long full;

    /**
     * @param limit how many at once, learnt from how long they take
     * @param waitingMax how many may wait
     * @param nanos a clock that only grows
     */
    BackEndGate(Limit limit, int waitingMax, LongSupplier nanos) {
        this.limit = limit;
        this.waitingMax = waitingMax;
        this.nanos = nanos;
    }

    /** What becomes of a question. */
    public sealed interface Entry {

        /** It may be asked now. */
        record Admitted(Pass pass) implements Entry {}

        /** Its time ran out before its turn came. */
        record Late() implements Entry {}

        /**
         * As many wait as may.
         *
         * @param again after how long it may be worth trying again
         */
        record Full(Duration again) implements Entry {}
    }

    /** One who waits; fields under the gate's lock. */
    private static final class Waiting {
        private final Priority priority;
        private final long number;
        private final Condition turn;
        private boolean admitted;

        Waiting(Priority priority, long number, Condition turn) {
            this.priority = priority;
            this.number = number;
            this.turn = turn;
        }
    }

    /** The right to ask once; to be given back with how it went. */
    public final class Pass {

        private final long begun = nanos.getAsLong();
        private final int besides;
        private boolean back;

        private Pass(int besides) {
            this.besides = besides;
        }

        /** The back-end answered, whatever it said. */
        public void answered() {
            back(true, false);
        }

        /** It did not answer in time, or said that it is busy. */
        public void overloaded() {
            back(true, true);
        }

        /** Nothing was learnt of how much it bears. */
        public void ignored() {
            back(false, false);
        }

        private void back(boolean learnt, boolean dropped) {
            lock.lock();
            try {
                if (back) {
                    return;
                }
                back = true;
                underWay--;
                if (learnt) {
                    long took = Math.max(1, nanos.getAsLong() - begun);
                    averageNanos = averageNanos == 0 ? took : averageNanos + (took - averageNanos) / 8;
                    limit.onSample(begun, took, besides, dropped);
                }
                admitNext();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Waits for a turn.
     *
     * @param left how long it is of use to wait
     */
    public Entry enter(Priority priority, Duration left) {
        long remaining = left.toNanos();
        lock.lock();
        try {
            if (remaining <= 0) {
                late++;
                return new Entry.Late();
            }
            if (underWay < limit.getLimit() && queue.isEmpty()) {
                return admitted();
            }
            if (queue.size() >= waitingMax) {
                full++;
                return new Entry.Full(again());
            }
            Waiting waiting = new Waiting(priority, arrivals++, lock.newCondition());
            queue.add(waiting);
            return await(waiting, remaining);
        } finally {
            lock.unlock();
        }
    }

    private Entry await(Waiting waiting, long nanosLeft) {
        long remaining = nanosLeft;
        try {
            while (!waiting.admitted && remaining > 0) {
                remaining = waiting.turn.awaitNanos(remaining);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (waiting.admitted) {
            // Whoever admitted it has counted it.
            return new Entry.Admitted(new Pass(underWay));
        }
        queue.remove(waiting);
        late++;
        return new Entry.Late();
    }

    private Entry admitted() {
        underWay++;
        return new Entry.Admitted(new Pass(underWay));
    }

    private void admitNext() {
        while (!queue.isEmpty() && underWay < limit.getLimit()) {
            Waiting next = queue.remove();
            next.admitted = true;
            underWay++;
            next.turn.signal();
        }
    }

    /** By when those who wait now will have had their turn. */
    private Duration again() {
        long nanosToWait = averageNanos * (queue.size() + 1L) / Math.max(1, limit.getLimit());
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanosToWait) + 1);
        return Duration.ofSeconds(Math.min(MOST_HINT_SECONDS, seconds));
    }

    private long read(LongSupplier value) {
        lock.lock();
        try {
            return value.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /** How many may be under way at once, as far as is known. */
    public int limit() {
        return limit.getLimit();
    }

    /** How many are under way. */
    public int underWay() {
        return (int) read(() -> underWay);
    }

    /** How many wait for their turn. */
    public int waiting() {
        return (int) read(queue::size);
    }

    /** How many ran out of time before their turn came, since the start. */
    public long late() {
        return read(() -> late);
    }

    /** How many found as many waiting as may, since the start. */
    public long full() {
        return read(() -> full);
    }
}
