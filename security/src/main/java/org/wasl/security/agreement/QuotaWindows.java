package org.wasl.security.agreement;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.wasl.security.registry.Quota;

/**
 * Counts per agreement over a sliding minute and a sliding day, from two counters each: this window's, and the last
 * one's weighted by how much of it still lies within the past. Memory is bounded: idle counters are dropped when there
 * are many.
 */
final class QuotaWindows {

    private static final long MINUTE_MILLIS = 60_000;
    private static final long DAY_MILLIS = 24 * 60 * MINUTE_MILLIS;
    private static final int MAX_KEPT = 10_000;

    private final Map<String, Counters> agreements = new ConcurrentHashMap<>();

    /** When idle counters were last dropped, milliseconds since 1970. */
    private final AtomicLong dropped = new AtomicLong();

    /**
     * One count over one length of time.
     *
     * @param length of the window, milliseconds
     * @param start when the current window began, milliseconds since 1970
     * @param current taken since then
     * @param previous taken in the window before
     */
    private record Window(long length, long start, long current, long previous) {

        /** A clock that steps back leaves the window where it is. */
        Window at(long now) {
            long passed = (now - start) / length;
            if (passed <= 0) {
                return this;
            }
            return new Window(length, start + passed * length, 0, passed == 1 ? current : 0);
        }

        boolean hasRoom(long now, int limit) {
            long elapsed = Math.max(0, Math.min(length, now - start));
            // Rounded up: a part of a request counts as one.
            long weighted = (previous * (length - elapsed) + length - 1) / length;
            return weighted + current < limit;
        }

        Window taken() {
            return new Window(length, start, current + 1, previous);
        }

        boolean idle(long now) {
            return now - start > 2 * length;
        }
    }

    /** An agreement's counts; those without a limit are null. */
    private record Counters(
            @Nullable Window minute, @Nullable Window day) {

        static Counters of(Quota quota, @Nullable Counters known, long now) {
            return new Counters(
                    window(quota.perMinute(), known == null ? null : known.minute, MINUTE_MILLIS, now),
                    window(quota.perDay(), known == null ? null : known.day, DAY_MILLIS, now));
        }

        private static @Nullable Window window(OptionalInt limit, @Nullable Window known, long length, long now) {
            if (limit.isEmpty()) {
                return null;
            }
            return known == null ? new Window(length, now, 0, 0) : known.at(now);
        }

        boolean hasRoom(Quota quota, long now) {
            return hasRoom(minute, quota.perMinute(), now) && hasRoom(day, quota.perDay(), now);
        }

        private static boolean hasRoom(@Nullable Window window, OptionalInt limit, long now) {
            return window == null || limit.isEmpty() || window.hasRoom(now, limit.getAsInt());
        }

        Counters taken() {
            return new Counters(minute == null ? null : minute.taken(), day == null ? null : day.taken());
        }

        boolean idle(long now) {
            return (minute == null || minute.idle(now)) && (day == null || day.idle(now));
        }
    }

    /** Whether the agreement has room for one more. */
    boolean hasRoom(String agreement, Quota quota, Instant instant) {
        long now = instant.toEpochMilli();
        Counters known = agreements.get(agreement);
        return known == null || Counters.of(quota, known, now).hasRoom(quota, now);
    }

    /** Counts one more, if there is room for it; returns whether there was. */
    boolean take(String agreement, Quota quota, Instant instant) {
        if (quota.perMinute().isEmpty() && quota.perDay().isEmpty()) {
            return true;
        }
        long now = instant.toEpochMilli();
        dropIdle(now);
        boolean[] room = {false};
        agreements.compute(agreement, (id, known) -> {
            Counters counters = Counters.of(quota, known, now);
            room[0] = counters.hasRoom(quota, now);
            return room[0] ? counters.taken() : counters;
        });
        return room[0];
    }

    /** Once a minute at most: a country's agreements may all be in use, and looking at all of them is not free. */
    private void dropIdle(long now) {
        long last = dropped.get();
        boolean due = Math.abs(now - last) >= MINUTE_MILLIS;
        if (agreements.size() > MAX_KEPT && due && dropped.compareAndSet(last, now)) {
            agreements.values().removeIf(counters -> counters.idle(now));
        }
    }

    /** How many agreements are counted. */
    int size() {
        return agreements.size();
    }
}
