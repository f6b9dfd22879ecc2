package org.wasl.bench.peer.broker;

import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.jms.connection.CachingConnectionFactory;

/** A broker, and a Camel context whose {@code jms} component sends over it. */
public final class PeerMessaging implements AutoCloseable {

    private final PeerBroker broker;
    private final AutoCloseable connections;
    private final DefaultCamelContext context;
    private final ProducerTemplate template;

    /** How its connections are kept. */
    public enum Pooling {
        /** Several connections, each with as many sessions as are asked for. */
        POOLED,
        /** One connection and one cached session, as Spring Boot gives it unless told otherwise. */
        CACHED
    }

    private PeerMessaging(
            PeerBroker broker, AutoCloseable connections, DefaultCamelContext context, ProducerTemplate template) {
        this.broker = broker;
        this.connections = connections;
        this.context = context;
        this.template = template;
    }

    /**
     * Starts the broker, then these routes.
     *
     * @param directory where the broker's journal is
     * @param bufferNanos how long the journal gathers before it synchronises, in nanoseconds
     */
    // Artemis and Camel declare nothing narrower than Exception.
    public static PeerMessaging start(
            Path directory, int bufferNanos, Pooling pooling, List<String> queues, RouteBuilder routes)
            throws Exception {
        PeerBroker broker = PeerBroker.start(directory, bufferNanos, queues);
        ConnectionFactory connections = pooling == Pooling.POOLED ? pooled(broker) : cached(broker);
        DefaultCamelContext context = new DefaultCamelContext();
        context.addComponent("jms", JmsComponent.jmsComponent(connections));
        context.addRoutes(routes);
        context.start();
        return new PeerMessaging(broker, closing(connections), context, context.createProducerTemplate());
    }

    private static ConnectionFactory pooled(PeerBroker broker) {
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(broker.connections());
        pool.setMaxConnections(8);
        pool.start();
        return pool;
    }

    private static ConnectionFactory cached(PeerBroker broker) {
        return new CachingConnectionFactory(broker.connections());
    }

    private static AutoCloseable closing(ConnectionFactory connections) {
        return connections instanceof JmsPoolConnectionFactory pool
                ? pool::stop
                : ((CachingConnectionFactory) connections)::destroy;
    }

    /** Sends to the routes. */
    public ProducerTemplate template() {
        return template;
    }

    @Override
    public void close() throws Exception {
        context.stop();
        connections.close();
        broker.close();
    }
}
