package org.wasl.routes.exchange;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.component.jms.JmsConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.wasl.routes.flow.Ledger;

/** The routes that read from queues, and their stop for good when the log has failed. */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final CamelContext context;
    private final List<String> routeIds;
    private final Ledger ledger;
    private final Executor executor;
    private final AtomicBoolean halted = new AtomicBoolean();

    Intake(CamelContext context, List<String> routeIds, Ledger ledger, Executor executor) {
        this.context = context;
        this.routeIds = new CopyOnWriteArrayList<>(routeIds);
        this.ledger = ledger;
        this.executor = executor;
    }

    /** Adds a route of another flow. */
    void also(String routeId) {
        routeIds.add(routeId);
    }

    /**
     * Stops reading when the log has failed for good, since a message that is taken could not be logged; it stays in
     * its queue for the next start. A log that is only full needs no more than the broker's delivering again.
     */
    void haltIfLogFailed(Exchange exchange) {
        givenBack(exchange);
        if (!ledger.available() && halted.compareAndSet(false, true)) {
            LOG.error("The message log has failed: this node reads no more messages until it is restarted");
            // A route cannot stop itself from its own thread. All at once: a message that is given back again and again
            // would become a dead letter meanwhile.
            routeIds.forEach(id -> executor.execute(() -> stopRoute(id)));
        }
    }

    /** Notes that a message goes back to the broker. */
    void givenBack(Exchange exchange) {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        LOG.warn("A message of {} goes back to the broker", exchange.getFromRouteId(), cause);
    }

    /** Whether reading has stopped for good. */
    boolean halted() {
        return halted.get();
    }

    /** Whether the broker has confirmed the consumers of every queue. */
    boolean listening() {
        return routeIds.stream().allMatch(this::listens);
    }

    private boolean listens(String id) {
        Route route = context.getRoute(id);
        if (route == null || !(route.getConsumer() instanceof JmsConsumer jms)) {
            return route != null;
        }
        try {
            return jms.getListenerContainer() instanceof DefaultMessageListenerContainer listener
                    && listener.isRegisteredWithDestination();
        } catch (Exception e) { // Camel declares nothing narrower
            LOG.warn("Whether {} is read cannot be told", id, e);
            return false;
        }
    }

    private void stopRoute(String id) {
        try {
            context.getRouteController().stopRoute(id);
        } catch (Exception e) { // Camel declares nothing narrower; the other routes stop all the same
            LOG.error("Route {} cannot be stopped", id, e);
        }
    }
}
