package org.wasl.security.agreement;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.wasl.security.registry.Quota;

/** Counts in this process. Memory is bounded: idle counts are dropped when there are many. */
final class QuotaWindows implements QuotaCounter {

    private static final long MINUTE_MILLIS = 60_000;
    private static final int MAX_KEPT = 10_000;

    private final Map<String, QuotaCounts> agreements = new ConcurrentHashMap<>();

    /** When idle counters were last dropped, milliseconds since 1970. */
    private final AtomicLong dropped = new AtomicLong();

    @Override
    public boolean hasRoom(String agreement, Quota quota, Instant instant) {
        long now = instant.toEpochMilli();
        QuotaCounts known = agreements.get(agreement);
        return known == null || QuotaCounts.of(quota, known, now).hasRoom(quota, now);
    }

    @Override
    public boolean take(String agreement, Quota quota, Instant instant) {
        if (!QuotaCounts.limited(quota)) {
            return true;
        }
        long now = instant.toEpochMilli();
        dropIdle(now);
        boolean[] room = {false};
        agreements.compute(agreement, (id, known) -> {
            QuotaCounts counters = QuotaCounts.of(quota, known, now);
            room[0] = counters.hasRoom(quota, now);
            return room[0] ? counters.taken() : counters;
        });
        return room[0];
    }

    @Override
    public Duration wait(String agreement, Quota quota, Instant instant) {
        QuotaCounts known = agreements.get(agreement);
        return known == null
                ? Duration.ZERO
                : QuotaCounts.of(quota, known, instant.toEpochMilli()).wait(quota, instant);
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
