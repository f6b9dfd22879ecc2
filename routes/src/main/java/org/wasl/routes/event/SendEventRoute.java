package org.wasl.routes.event;

import org.apache.camel.builder.RouteBuilder;
import org.wasl.routes.exchange.OutgoingEnvelope;
import org.wasl.routes.policy.EventPolicy;

/** The way of events to the broker. */
final class SendEventRoute extends RouteBuilder {

    static final String SEND = "direct:event.send";

    private final String sender;

    /** @param sender the endpoint that sends to the queue that each message names */
    SendEventRoute(String sender) {
        this.sender = sender;
    }

    @Override
    public void configure() {
        // spotless:off
        from(SEND)
                .routeId("event.send")
                .routeConfigurationId(EventPolicy.SEND)
                .description("Sends an event that is durable to its subscriber's queue")
                .process(new OutgoingEnvelope()).id("event-send.envelope")
                .to(sender).id("event-send.send");
        // spotless:on
    }
}
