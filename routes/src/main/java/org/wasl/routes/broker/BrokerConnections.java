package org.wasl.routes.broker;

import jakarta.jms.ConnectionFactory;

/**
 * The two ways to a broker.
 *
 * @param listeners for consumers, which keep their connection for themselves
 * @param senders for producers, which share pooled connections and sessions
 * @param whole whether all of the broker is this node's: then dead letters are its own to read
 */
public record BrokerConnections(ConnectionFactory listeners, ConnectionFactory senders, boolean whole) {}
