package org.wasl.routes.event;

import java.time.Duration;

/**
 * The bounds of events.
 *
 * @param nodeId this node's id, as the registry names it
 * @param logTimeout how long a publisher waits for the log
 * @param clockSkew how far apart clocks may be
 * @param maxContainerBytes how large a container may be
 * @param life how long an event may wait for its subscriber in a queue; it can be told again from the log after that
 * @param replayMax how many events one replay sends at most
 * @param reconcileEvery how often each publisher is asked what was missed
 * @param retryFirst how long after a failure it is tried again
 * @param retryMost how long is waited at most
 */
public record EventSettings(
        String nodeId,
        Duration logTimeout,
        Duration clockSkew,
        int maxContainerBytes,
        Duration life,
        int replayMax,
        Duration reconcileEvery,
        Duration retryFirst,
        Duration retryMost) {

    /** What one answer can name. */
    static final int REPLAY_MOST = 500;

    public EventSettings {
        if (replayMax < 1 || replayMax > REPLAY_MOST) {
            throw new IllegalArgumentException("a replay has between 1 and " + REPLAY_MOST + " events");
        }
    }
}
