package org.wasl.routes.broker;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** How this process uses a broker, wherever that is: what is pooled, what is handed ahead, what is waited for. */
final class ClientSide {

    private static final int PRODUCERS = 64;
    private static final int REPLY_WINDOW_BYTES = 128 * 1024;
    private static final int CLIENT_THREADS = 8;
    private static final int FLOW_THREADS = 2;
    private static final int SCHEDULED_THREADS = 2;

    static {
        // Tasks are short and never wait. With few threads these stay awake; with hundreds, each packet wakes another.
        ActiveMQClient.setGlobalThreadPoolProperties(CLIENT_THREADS, SCHEDULED_THREADS, FLOW_THREADS);
    }

    private final int connections;
    private final Duration callTimeout;
    private final List<JmsPoolConnectionFactory> pools = new CopyOnWriteArrayList<>();

    /**
     * @param connections how many connections senders share
     * @param callTimeout how long one call to the broker may take
     */
    ClientSide(int connections, Duration callTimeout) {
        this.connections = connections;
        this.callTimeout = callTimeout;
    }

    /**
     * The ways to a broker.
     *
     * @param factories each time another factory of connections to it, which is bounded here
     * @param deadLetters which of its dead letters are the node's to read
     * @param failsOver whether another broker takes its place within seconds
     */
    BrokerConnections connections(
            Supplier<ActiveMQConnectionFactory> factories, DeadLetterShare deadLetters, boolean failsOver) {
        ActiveMQConnectionFactory receivers = bounded(factories.get());
        // Replies are all dealt with quickly, whatever back-ends do: no one waits behind a slow one.
        receivers.setConsumerWindowSize(REPLY_WINDOW_BYTES);
        ActiveMQConnectionFactory repliers = bounded(factories.get());
        repliers.setBlockOnNonDurableSend(false);
        return new BrokerConnections(
                bounded(factories.get()),
                receivers,
                pool(bounded(factories.get())),
                pool(repliers),
                deadLetters,
                failsOver);
    }

    private JmsPoolConnectionFactory pool(ActiveMQConnectionFactory factory) {
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(factory);
        pool.setMaxConnections(connections);
        // A producer a queue, and each queue known once: asked anew, the broker would be asked twice for each message.
        pool.setUseAnonymousProducers(false);
        pool.setExplicitProducerCacheSize(PRODUCERS);
        pool.setBlockIfSessionPoolIsFull(true);
        pool.setBlockIfSessionPoolIsFullTimeout(callTimeout.toMillis());
        pools.add(pool);
        return pool;
    }

    /** The same factory, with the bounds of every connection of ours. */
    ActiveMQConnectionFactory bounded(ActiveMQConnectionFactory factory) {
        factory.setBlockOnDurableSend(true);
        // Otherwise a message that the broker refuses would be lost in silence.
        factory.setBlockOnNonDurableSend(true);
        factory.setCacheDestinations(true);
        // The broker's bounds on queues hold senders back, by a refusal that they hear; credits besides would only
        // cost.
        factory.setProducerWindowSize(-1);
        factory.setBlockOnAcknowledge(false);
        // A failed call is answered by a fault and the log sends again; a hidden retry would only hold a thread.
        factory.setReconnectAttempts(0);
        factory.setCallTimeout(callTimeout.toMillis());
        // No prefetch: a message waits in the queue, in order of priority, not behind a slow consumer's current one.
        factory.setConsumerWindowSize(0);
        factory.setDeserializationDenyList("*");
        return factory;
    }

    void start() {
        pools.forEach(JmsPoolConnectionFactory::start);
    }

    void stop() {
        pools.forEach(JmsPoolConnectionFactory::stop);
    }
}
