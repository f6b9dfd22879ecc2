package org.wasl.node.webhook;

import java.time.Duration;

/**
 * The bounds of deliveries.
 *
 * @param attempts how often one is tried at most
 * @param first how long after the first failure it is tried again
 * @param most how long is waited at most between two attempts
 * @param timeout how long one attempt may take
 * @param threads how many are under way at a time
 * @param waitingMax how many wait for their turn at most; the others are found in the log at the next start
 */
public record WebhookSettings(
        int attempts, Duration first, Duration most, Duration timeout, int threads, int waitingMax) {}
