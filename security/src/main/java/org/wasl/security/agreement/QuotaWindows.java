package org.wasl.security.agreement;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts per agreement over a sliding minute, from two counters each: this minute's, and the last one's weighted by how
 * much of it still lies within the past sixty seconds. Memory is bounded: idle counters are dropped when there are many.
 */
final class QuotaWindows {

    private static final long WINDOW_MILLIS = 60_000;
    private static final int MAX_KEPT = 10_000;

    private final Map<String, Window> windows = new ConcurrentHashMap<>();

    /**
     * One agreement's counters.
     *
     * @param start when the current minute began, milliseconds since 1970
     * @param current taken since then
     * @param previous taken in the minute before
     */
    private record Window(long start, long current, long previous) {

        /** A clock that steps back leaves the window where it is. */
        Window at(long now) {
            long passed = (now - start) / WINDOW_MILLIS;
            if (passed <= 0) {
                return this;
            }
            return new Window(start + passed * WINDOW_MILLIS, 0, passed == 1 ? current : 0);
        }

        boolean hasRoom(long now, int perMinute) {
            long elapsed = Math.max(0, Math.min(WINDOW_MILLIS, now - start));
            // Rounded up: a part of a request counts as one.
            long weighted = (previous * (WINDOW_MILLIS - elapsed) + WINDOW_MILLIS - 1) / WINDOW_MILLIS;
            return weighted + current < perMinute;
        }

        Window taken() {
            return new Window(start, current + 1, previous);
        }
    }

    /**
     * Whether the agreement has room for one more.
     *
     * @param take whether to count it
     */
    boolean hasRoom(String agreement, int perMinute, Instant instant, boolean take) {
        long now = instant.toEpochMilli();
        if (!take) {
            Window window = windows.get(agreement);
            return window == null || window.at(now).hasRoom(now, perMinute);
        }
        if (windows.size() > MAX_KEPT) {
            windows.values().removeIf(window -> now - window.start() > 2 * WINDOW_MILLIS);
        }
        boolean[] room = {false};
        windows.compute(agreement, (id, known) -> {
            Window window = known == null ? new Window(now, 0, 0) : known.at(now);
            room[0] = window.hasRoom(now, perMinute);
            return room[0] ? window.taken() : window;
        });
        return room[0];
    }

    /** How many agreements are counted. */
    int size() {
        return windows.size();
    }
}
