package org.wasl.connectors.policy;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.connectors.backend.BackEndFailure;
import org.wasl.schemas.fault.FaultCode;

/** Every exception of a connector's route becomes a coded refusal; nothing is retried here, for the asker has a deadline. */
public final class ConnectorErrorPolicy extends RouteConfigurationBuilder {

    /** The route configuration that every connector's route names. */
    public static final String ID = "connector.errors";

    private static final Logger LOG = LoggerFactory.getLogger(ConnectorErrorPolicy.class);

    @Override
    public void configuration() {
        routeConfiguration(ID)
                .onException(Throwable.class)
                .maximumRedeliveries(0)
                .handled(true)
                .logStackTrace(false)
                .logExhausted(false)
                .setBody(this::refusal)
                .id("refuse");
    }

    private Refusal refusal(Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        BackEndFailure failure = Failures.of(thrown);
        if (failure.code() == FaultCode.INTERNAL) {
            LOG.error("connector route {} met an error that nobody foresaw", exchange.getFromRouteId(), thrown);
        }
        return new Refusal(failure.code(), failure.step(), failure.detail(), failure.path());
    }
}
