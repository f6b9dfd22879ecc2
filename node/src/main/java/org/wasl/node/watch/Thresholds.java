package org.wasl.node.watch;

import java.time.Duration;

/**
 * From where on somebody has to look.
 *
 * @param expiry how long before they end things are warned of
 * @param uncovered how long the log may go without a cosigned checkpoint
 * @param failedPercent how many of a hundred exchanges with an agency may fail, in the last quarter of an hour
 * @param withinPercent how many of a hundred an agency has to answer within its service level
 * @param least fewer exchanges than this say nothing of an agency
 * @param queueDepth how many messages may wait in one queue
 * @param deadLetters how many dead letters there may be, in the last day
 * @param diskFreePercent how much of the disk has to be free
 */
public record Thresholds(
        Duration expiry,
        Duration uncovered,
        int failedPercent,
        int withinPercent,
        int least,
        int queueDepth,
        int deadLetters,
        int diskFreePercent) {}
