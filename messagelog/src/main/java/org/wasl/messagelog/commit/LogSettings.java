package org.wasl.messagelog.commit;

import java.time.Duration;

/**
 * The bounds of a log.
 *
 * @param queueEntries how many appends may wait
 * @param queueBytes how many octets of containers may wait; one container larger than that still may, alone
 * @param batchEntries how many appends one commit takes at most
 * @param batchBytes after how many octets of containers a commit takes no more
 * @param closeTimeout how long closing waits for what is queued to become durable
 */
public record LogSettings(int queueEntries, long queueBytes, int batchEntries, long batchBytes, Duration closeTimeout) {

    public LogSettings {
        if (queueEntries < 1 || queueBytes < 1 || batchEntries < 1 || batchBytes < 1) {
            throw new IllegalArgumentException("the log's bounds must be positive");
        }
        if (closeTimeout.isNegative() || closeTimeout.isZero()) {
            throw new IllegalArgumentException("the log's time for closing must be positive");
        }
    }

    /** 4,096 appends or 64 MiB waiting, 256 appends or 16 MiB a commit, 30 seconds to close. */
    public static LogSettings defaults() {
        return new LogSettings(4_096, 64L << 20, 256, 16L << 20, Duration.ofSeconds(30));
    }
}
