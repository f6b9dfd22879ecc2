package org.wasl.routes.broker;

import java.util.SortedMap;
import java.util.SortedSet;
import org.wasl.security.registry.Registry;

/** The broker that a node exchanges messages through: one within its own process, or one that others use as well. */
public interface Broker extends AutoCloseable {

    /** The ways to it; they outlive a restart of it. */
    BrokerConnections connections();

    /**
     * Makes it usable, as far as this node can.
     *
     * @throws BrokerFailedException when the node itself would have to run it and cannot
     */
    void start();

    /** Tells it of a registry that has come into force. */
    void declare(Registry current);

    /** Whether it takes this node's messages now, as far as was found out. Never waits. */
    boolean running();

    /** The queues whose depths this node may know, whether or not they are known now. */
    SortedSet<String> queues();

    /**
     * How many messages wait in each queue of which this node may know, or are being processed; empty while nothing is
     * known. Never waits.
     */
    SortedMap<String, Long> depths();

    /**
     * Lets go of it.
     *
     * @throws BrokerFailedException when the node itself runs it and cannot stop it
     */
    void stop();

    @Override
    void close();
}
