package org.wasl.routes.composite;

import java.util.concurrent.Semaphore;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;

/** Puts composite requests on their routes, no more at a time than are allowed. */
final class CompositeEntrance {

    /** Exchange property: the {@link CompositeFlight} that a body belongs to. */
    static final String FLIGHT = "wasl.compositeFlight";

    private final Endpoint ask;
    private final AsyncProducer asking;
    private final Endpoint compose;
    private final AsyncProducer composing;
    private final Semaphore places;

    /** @throws Exception when Camel has no producers for these endpoints */
    CompositeEntrance(Endpoint ask, Endpoint compose, int inFlightMax) throws Exception {
        this.ask = ask;
        this.asking = ask.createAsyncProducer();
        this.compose = compose;
        this.composing = compose.createAsyncProducer();
        this.places = new Semaphore(inFlightMax);
    }

    /**
     * Starts a request.
     *
     * @return false when there is no place for it
     */
    boolean ask(Composing.Draft draft) {
        return start(ask, asking, draft);
    }

    /**
     * Starts a request that is durable already.
     *
     * @return false when there is no place for it
     */
    boolean compose(Composing.Accepted accepted) {
        return start(compose, composing, accepted);
    }

    /** By the caller's thread, up to the log or to where the sources are waited for. */
    private boolean start(Endpoint entrance, AsyncProducer producer, Composing body) {
        if (!places.tryAcquire()) {
            return false;
        }
        body.flight().future().whenComplete((result, failure) -> places.release());
        Exchange exchange = entrance.createExchange(ExchangePattern.InOnly);
        exchange.setProperty(FLIGHT, body.flight());
        exchange.getMessage().setBody(body);
        producer.process(exchange, done -> {
            // The routes' policy handles what fails in them: this is a context that does not run.
            Exception failure = exchange.getException();
            if (failure != null) {
                body.flight().future().completeExceptionally(failure);
            }
        });
        return true;
    }
}
