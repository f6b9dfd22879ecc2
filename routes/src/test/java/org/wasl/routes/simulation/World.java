package org.wasl.routes.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Time, chance and what happens next. There is one thread: whatever would run on many is an event, and whatever would
 * block runs other events meanwhile, nested. The same seed gives the same events.
 */
final class World {

    /** The same in every run. */
    static final Instant BEGIN = Instant.parse("2026-06-01T08:00:00Z");

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    private static final int DEPTH = 6;
    private static final int TRACE = 4_000;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final SplittableRandom chance;
    private final SimulatedCamel camel = Incarnation.CAMEL.get();
    private final @Nullable List<String> trace;
    private long now;
    private long numbers;
    private long happened;
    private int depth;
    private int pending;
    private @Nullable Incarnation running;

    /** @param traced whether what happens is to be told */
    World(long seed, boolean traced) {
        this.chance = new SplittableRandom(seed);
        this.trace = traced ? new ArrayList<>() : null;
    }

    /** Something that is to happen. */
    static final class Event implements Comparable<Event> {

        private final long at;
        private final int tie;
        private final long number;
        private final @Nullable Incarnation owner;
        private final boolean idle;
        private final Runnable action;
        private boolean over;

        Event(long at, int tie, long number, @Nullable Incarnation owner, boolean idle, Runnable action) {
            this.at = at;
            this.tie = tie;
            this.number = number;
            this.owner = owner;
            this.idle = idle;
            this.action = action;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            if (byTime != 0) {
                return byTime;
            }
            int byTie = Integer.compare(tie, other.tie);
            return byTie != 0 ? byTie : Long.compare(number, other.number);
        }
    }

    SplittableRandom chance() {
        return chance;
    }

    /** Nanoseconds since the beginning. */
    long now() {
        return now;
    }

    /** How many events there have been. */
    long happened() {
        return happened;
    }

    /** Whose code runs. */
    @Nullable
    Incarnation running() {
        return running;
    }

    /** Something happens after a while, unless its owner is dead by then. */
    Event after(long nanos, @Nullable Incarnation owner, Runnable action) {
        return post(nanos, owner, false, action);
    }

    /** It will not happen. */
    void forget(Event event) {
        if (!event.over && !event.idle) {
            pending--;
        }
        event.over = true;
    }

    /** The same for what happens again and again, and so says nothing of whether anything is left to do. */
    void idly(long nanos, @Nullable Incarnation owner, Runnable action) {
        post(nanos, owner, true, action);
    }

    private Event post(long nanos, @Nullable Incarnation owner, boolean idle, Runnable action) {
        if (!idle) {
            pending++;
        }
        Event event = new Event(now + Math.max(0, nanos), chance.nextInt(), numbers++, owner, idle, action);
        events.add(event);
        return event;
    }

    /** Whether nothing will happen any more but what happens again and again. */
    boolean quiet() {
        return pending == 0;
    }

    /** Lets the next thing happen; false when there is none up to that time. */
    boolean step(long until) {
        Event next = events.peek();
        if (next == null || next.at > until) {
            now = Math.max(now, until);
            return false;
        }
        events.poll();
        if (next.over) {
            return true;
        }
        forget(next);
        now = Math.max(now, next.at);
        if (next.owner == null || next.owner.alive()) {
            happened++;
            as(next.owner, next.action);
        }
        return true;
    }

    /** Runs this as that process; that it is killed meanwhile is nobody else's matter. */
    void as(@Nullable Incarnation owner, Runnable action) {
        Incarnation before = running;
        running = owner;
        camel.runs(owner);
        try {
            action.run();
        } catch (Crash killed) {
            if (owner == null || owner.alive()) {
                throw new IllegalStateException("somebody else was killed", killed);
            }
        } finally {
            running = before;
            camel.runs(before);
        }
    }

    /**
     * The running process waits; others go on meanwhile.
     *
     * @return whether what it waited for was there in time
     */
    boolean wait(Incarnation who, BooleanSupplier done, long nanos, Runnable hurry) {
        long until = now + nanos;
        who.point();
        if (depth >= DEPTH) {
            hurry.run();
            who.checkAlive();
            return done.getAsBoolean();
        }
        depth++;
        try {
            while (!done.getAsBoolean() && step(until)) {
                who.checkAlive();
            }
        } finally {
            depth--;
        }
        who.point();
        return done.getAsBoolean();
    }

    /** Tells what happens, when that is wanted. */
    void note(@Nullable Incarnation who, Supplier<String> what) {
        if (trace != null && trace.size() < TRACE) {
            trace.add(String.format("%9.3f s  %-9s %s", now / 1e9, who == null ? "" : who.toString(), what.get()));
        }
    }

    List<String> trace() {
        return trace == null ? List.of() : trace;
    }
}
