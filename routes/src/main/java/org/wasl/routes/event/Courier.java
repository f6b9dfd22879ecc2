package org.wasl.routes.event;

import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Producer;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.exchange.Outgoing;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;

/** Hands durable events to the broker: persistent, since nobody waits for them and would ask. */
final class Courier {

    private final Endpoint endpoint;
    private final Producer producer;
    private final EventReading reading;
    private final Duration life;

    /**
     * @param endpoint the entrance of {@link SendEventRoute}
     * @param life how long an event may wait in a queue
     */
    Courier(Endpoint endpoint, EventReading reading, Duration life)
            throws Exception { // Camel declares nothing narrower
        this.endpoint = endpoint;
        this.producer = endpoint.createProducer();
        this.reading = reading;
        this.life = life;
    }

    /** Sends; whether the broker took it. */
    boolean send(Container event) {
        Header header = event.header();
        Exchange exchange = endpoint.createExchange(ExchangePattern.InOnly);
        exchange.getMessage()
                .setBody(Outgoing.message(
                                Queues.event(header.consumer()),
                                event.octets(),
                                header.messageId().toString(),
                                header.priority(),
                                life,
                                null)
                        .kept());
        try {
            producer.process(exchange);
        } catch (Exception e) { // Camel declares nothing narrower
            exchange.setException(e);
        }
        return exchange.getException() == null;
    }

    /** Sends events again, as they stand in the publisher's log; the number of the first that the broker did not take. */
    long sendAgain(Pair pair, long from, long to) {
        for (long number = from; number <= to; number++) {
            Optional<Container> event =
                    reading.told(pair, number).map(StoredMessage::container).flatMap(reading::open);
            // What was erased cannot be told again; whoever lacks it is told so by the answer to its question.
            if (event.isPresent() && !send(event.get())) {
                return number;
            }
        }
        return to + 1;
    }
}
