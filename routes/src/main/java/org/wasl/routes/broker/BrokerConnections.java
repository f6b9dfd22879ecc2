package org.wasl.routes.broker;

import jakarta.jms.ConnectionFactory;

/**
 * The ways to a broker.
 *
 * @param listeners for consumers of requests, which keep their connection for themselves and take one message at a time
 * @param receivers for consumers of replies, to which messages are handed ahead
 * @param senders for producers, which share pooled connections and sessions
 * @param repliers for producers of answers, likewise, which do not wait for the broker's word: an answer that it refuses is
 *     in the log, and goes again when its request does
 * @param deadLetters which of its dead letters are this node's to read
 * @param failsOver whether another broker takes its place within seconds: then a request that it cannot take now waits for
 *     that, as long as its time is not up
 */
public record BrokerConnections(
        ConnectionFactory listeners,
        ConnectionFactory receivers,
        ConnectionFactory senders,
        ConnectionFactory repliers,
        DeadLetterShare deadLetters,
        boolean failsOver) {

    /**
     * The ways to a broker that nothing takes the place of.
     *
     * @param whole whether all of the broker is this node's: then its dead letters are this node's to read
     */
    public BrokerConnections(
            ConnectionFactory listeners,
            ConnectionFactory receivers,
            ConnectionFactory senders,
            ConnectionFactory repliers,
            boolean whole) {
        this(listeners, receivers, senders, repliers, whole ? DeadLetterShare.ALL : DeadLetterShare.NONE, false);
    }
}
