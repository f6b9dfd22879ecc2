package org.wasl.routes.policy;

import org.apache.camel.Processor;
import org.apache.camel.builder.RouteConfigurationBuilder;

/**
 * The error policy of composite requests. A source that fails is a value and never comes here; what comes here is a bug
 * or a dead resource, and ends the request with a fault.
 */
public final class CompositePolicy extends RouteConfigurationBuilder {

    /** For the routes of composite requests. */
    public static final String COMPOSITE = "policy.composite";

    private final Processor failed;

    /**
     * @param failed ends a composite request whose step failed
     */
    public CompositePolicy(Processor failed) {
        this.failed = failed;
    }

    @Override
    public void configuration() {
        routeConfiguration(COMPOSITE)
                .onException(Exception.class)
                .handled(true)
                .logExhausted(false)
                .process(failed)
                .id("end-failed-composite");
    }
}
