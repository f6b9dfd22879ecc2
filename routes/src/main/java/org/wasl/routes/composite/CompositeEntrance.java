package org.wasl.routes.composite;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;

/** Puts composite requests on their routes, no more at a time than are allowed. */
final class CompositeEntrance {

    /** Exchange property: the {@link CompositeFlight} that a body belongs to. */
    static final String FLIGHT = "wasl.compositeFlight";

    private final ProducerTemplate template;
    private final Endpoint ask;
    private final Endpoint compose;
    private final Executor executor;
    private final Semaphore places;

    CompositeEntrance(ProducerTemplate template, Endpoint ask, Endpoint compose, Executor executor, int inFlightMax) {
        this.template = template;
        this.ask = ask;
        this.compose = compose;
        this.executor = executor;
        this.places = new Semaphore(inFlightMax);
    }

    /**
     * Starts a request.
     *
     * @return false when there is no place for it
     */
    boolean ask(Composing.Draft draft) {
        return start(ask, draft);
    }

    /**
     * Starts a request that is durable already.
     *
     * @return false when there is no place for it
     */
    boolean compose(Composing.Accepted accepted) {
        return start(compose, accepted);
    }

    private boolean start(Endpoint entrance, Composing body) {
        if (!places.tryAcquire()) {
            return false;
        }
        body.flight().future().whenComplete((result, failure) -> places.release());
        try {
            executor.execute(() -> send(entrance, body));
            return true;
        } catch (RejectedExecutionException e) {
            body.flight().future().completeExceptionally(e);
            return false;
        }
    }

    private void send(Endpoint entrance, Composing body) {
        Exchange exchange = entrance.createExchange(ExchangePattern.InOnly);
        exchange.setProperty(FLIGHT, body.flight());
        exchange.getMessage().setBody(body);
        template.asyncSend(entrance, exchange).whenComplete((done, failure) -> {
            if (failure != null) {
                body.flight().future().completeExceptionally(failure);
            }
        });
    }
}
