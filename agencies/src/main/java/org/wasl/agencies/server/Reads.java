package org.wasl.agencies.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Counts an agency's disclosures, and slows them when told to. Survives a stop and start of its server. */
public final class Reads {

    private static final Duration MAX_DELAY = Duration.ofMinutes(5);

    private long total;
    private long releases;
    private Duration delay = Duration.ZERO;
    private @Nullable DisclosureBook book;

    /** Disclosures since this server object was made. */
    public synchronized long total() {
        return total;
    }

    /** From now on each disclosure is written down here first. */
    public synchronized void writeTo(DisclosureBook ledger) {
        book = ledger;
    }

    /**
     * One disclosure; waits the artificial delay. For the servers only.
     *
     * @param what is disclosed, about whom
     */
    public synchronized void record(String what) {
        if (book != null) {
            book.write(what);
        }
        total++;
        long until = System.nanoTime() + delay.toNanos();
        long seen = releases;
        try {
            for (long left = until - System.nanoTime();
                    left > 0 && seen == releases;
                    left = until - System.nanoTime()) {
                // Rounded up, since a wait of 0 ms has no end.
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            // The server is stopping: answer at once, and let the thread's owner see why.
            Thread.currentThread().interrupt();
        }
    }

    /** See {@link AgencyServer#delay}. Whoever waits already goes on waiting as told then. */
    public synchronized void delay(Duration wait) {
        if (wait.isNegative() || wait.compareTo(MAX_DELAY) > 0) {
            throw new IllegalArgumentException("delay must be 0 to " + MAX_DELAY + ": " + wait);
        }
        delay = wait;
    }

    /** Ends the wait of all who wait now, so that a slow server can be stopped. */
    public synchronized void release() {
        releases++;
        notifyAll();
    }
}
