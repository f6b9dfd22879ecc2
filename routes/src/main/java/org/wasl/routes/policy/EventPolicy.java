package org.wasl.routes.policy;

import org.apache.camel.builder.RouteConfigurationBuilder;

/**
 * The error policy of sending events. Nothing is handled: whoever sends hears of the failure, keeps the event, which is
 * in the log, and sends it again.
 */
public final class EventPolicy extends RouteConfigurationBuilder {

    /** For the route by which events leave. */
    public static final String SEND = "policy.event-send";

    @Override
    public void configuration() {
        routeConfiguration(SEND)
                .onException(Exception.class)
                .handled(false)
                .logExhausted(false)
                .id("tell-the-sender");
    }
}
