package org.wasl.security.agreement;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.wasl.security.registry.Quota;

/**
 * How often an agreement was used, over a sliding minute and a sliding day, from two counters each: this window's, and
 * the last one's weighted by how much of it still lies within the past.
 *
 * @param minute over the minute; null without a limit
 * @param day over the day; null without a limit
 */
public record QuotaCounts(@Nullable Window minute, @Nullable Window day) {

    private static final long MINUTE_MILLIS = 60_000;
    private static final long DAY_MILLIS = 24 * 60 * MINUTE_MILLIS;

    /**
     * One count over one length of time.
     *
     * @param length of the window, milliseconds
     * @param start when the current window began, milliseconds since 1970
     * @param current taken since then
     * @param previous taken in the window before
     */
    public record Window(long length, long start, long current, long previous) {

        /** A count over the minute. */
        public static Window ofMinute(long start, long current, long previous) {
            return new Window(MINUTE_MILLIS, start, current, previous);
        }

        /** A count over the day. */
        public static Window ofDay(long start, long current, long previous) {
            return new Window(DAY_MILLIS, start, current, previous);
        }

        /** A clock that steps back leaves the window where it is. */
        private Window at(long now) {
            long passed = (now - start) / length;
            if (passed <= 0) {
                return this;
            }
            return new Window(length, start + passed * length, 0, passed == 1 ? current : 0);
        }

        private boolean hasRoom(long now, int limit) {
            long elapsed = Math.max(0, Math.min(length, now - start));
            // Rounded up: a part of a request counts as one.
            long weighted = (previous * (length - elapsed) + length - 1) / length;
            return weighted + current < limit;
        }

        /** Milliseconds until there is room, if nobody takes any meanwhile; 0 when there is. */
        private long waitMillis(long now, int limit) {
            if (hasRoom(now, limit)) {
                return 0;
            }
            long elapsed = Math.max(0, Math.min(length, now - start));
            if (current >= limit || previous == 0) {
                // Not in this window: in the next one these weigh less with every moment.
                long most = Math.max(1, current);
                long fades = length - Math.max(0, (limit - 1L)) * length / most;
                return length - elapsed + Math.min(length, Math.max(0, fades));
            }
            long until = length - (limit - 1L - current) * length / previous;
            return Math.max(1, until - elapsed);
        }

        private Window taken() {
            return new Window(length, start, current + 1, previous);
        }

        private boolean idle(long now) {
            return now - start > 2 * length;
        }
    }

    /** Whether there is anything to count. */
    public static boolean limited(Quota quota) {
        return quota.perMinute().isPresent() || quota.perDay().isPresent();
    }

    /** The counts as they stand now, by what was known of them; null for nothing. */
    public static QuotaCounts of(Quota quota, @Nullable QuotaCounts known, long nowMillis) {
        return new QuotaCounts(
                window(quota.perMinute(), known == null ? null : known.minute, MINUTE_MILLIS, nowMillis),
                window(quota.perDay(), known == null ? null : known.day, DAY_MILLIS, nowMillis));
    }

    private static @Nullable Window window(OptionalInt limit, @Nullable Window known, long length, long now) {
        if (limit.isEmpty()) {
            return null;
        }
        return known == null ? new Window(length, now, 0, 0) : known.at(now);
    }

    /** Whether there is room for one more. */
    public boolean hasRoom(Quota quota, long nowMillis) {
        return hasRoom(minute, quota.perMinute(), nowMillis) && hasRoom(day, quota.perDay(), nowMillis);
    }

    private static boolean hasRoom(@Nullable Window window, OptionalInt limit, long now) {
        return window == null || limit.isEmpty() || window.hasRoom(now, limit.getAsInt());
    }

    /** How long until there may be room. */
    public Duration wait(Quota quota, Instant now) {
        long millis = now.toEpochMilli();
        return Duration.ofMillis(
                Math.max(waitMillis(minute, quota.perMinute(), millis), waitMillis(day, quota.perDay(), millis)));
    }

    private static long waitMillis(@Nullable Window window, OptionalInt limit, long now) {
        return window == null || limit.isEmpty() ? 0 : window.waitMillis(now, limit.getAsInt());
    }

    /** With one more. */
    public QuotaCounts taken() {
        return new QuotaCounts(minute == null ? null : minute.taken(), day == null ? null : day.taken());
    }

    /** Whether nothing of it counts any more. */
    boolean idle(long now) {
        return (minute == null || minute.idle(now)) && (day == null || day.idle(now));
    }
}
