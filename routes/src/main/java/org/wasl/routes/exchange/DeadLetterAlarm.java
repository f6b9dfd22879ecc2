package org.wasl.routes.exchange;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator of dead letters: of the first at once, then of their number, so that a flood of them is one line. */
final class DeadLetterAlarm {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterAlarm.class);
    private static final long SILENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong alarms = new AtomicLong();
    private long said;

    /** @param nanoTime a monotonic clock, in nanoseconds */
    DeadLetterAlarm(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Counts one more. */
    synchronized void raise(String reason) {
        long count = total.incrementAndGet();
        long now = nanoTime.getAsLong();
        if (count == 1 || now - said >= SILENCE_NANOS) {
            said = now;
            alarms.incrementAndGet();
            LOG.error("ALARM: {} dead letters since the start, the last one as {}", count, reason);
        }
    }

    /** How many dead letters there were since the start. */
    long total() {
        return total.get();
    }

    /** How often the operator was told. */
    long alarms() {
        return alarms.get();
    }
}
