package org.wasl.node.configuration;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.wasl.node.webhook.Webhooks;
import org.wasl.routes.broker.Broker;
import org.wasl.routes.composite.CompositeNode;
import org.wasl.routes.exchange.ExchangeNode;
import org.wasl.routes.exchange.ExchangeRecovery;

/**
 * Starts the bus before the edges listen and stops it after they have stopped listening: broker, routes, then what the
 * last run left unanswered.
 */
final class BusLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BusLifecycle.class);

    /** For how long the start waits for a broker: without one the node starts all the same. */
    private static final Duration LISTENING = Duration.ofSeconds(20);

    private static final long LOOK_NANOS = 20_000_000L;

    private final Broker broker;
    private final CamelContext camel;
    private final ExchangeNode exchange;
    private final CompositeNode composites;
    private final EventListening events;
    private final Webhooks webhooks;
    private final AtomicBoolean running = new AtomicBoolean();

    BusLifecycle(
            Broker broker,
            CamelContext camel,
            ExchangeNode exchange,
            CompositeNode composites,
            EventListening events,
            Webhooks webhooks) {
        this.events = events;
        this.webhooks = webhooks;
        this.broker = broker;
        this.camel = camel;
        this.exchange = exchange;
        this.composites = composites;
    }

    @Override
    public void start() {
        broker.start();
        camel.start();
        running.set(true);
        ExchangeRecovery exchanges = exchange.recover();
        int requests = composites.recover();
        webhooks.recover();
        events.start();
        exchange.connect();
        awaitListening();
        LOG.info(
                "taken up from the last run: {} exchanges sent again, {} ended, {} left, {} composite requests",
                exchanges.resent(),
                exchanges.ended(),
                exchanges.left(),
                requests);
    }

    /** Who is told that the node serves may ask at once: so its queues are read by then, if the broker is there at all. */
    private void awaitListening() {
        long until = System.nanoTime() + LISTENING.toNanos();
        while (!exchange.listening()) {
            if (System.nanoTime() > until) {
                LOG.warn(
                        "the broker has not confirmed all consumers of this node after {}; it starts without",
                        LISTENING);
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void stop() {
        if (running.compareAndSet(true, false)) {
            camel.stop();
            events.stop();
            webhooks.close();
            composites.close();
            exchange.close();
            broker.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return running.get();
    }

    /** Before the web server's own phase, which is near the end. */
    @Override
    public int getPhase() {
        return 0;
    }
}
