package org.wasl.routes.exchange;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;

/** Notes under which service's label a request was read. */
final class IntakeLabel implements Processor {

    private final @Nullable ServiceId service;

    /** @param service the label; null where requests are read that have none of ours */
    IntakeLabel(@Nullable ServiceId service) {
        this.service = service;
    }

    @Override
    public void process(Exchange exchange) {
        if (service != null) {
            exchange.setProperty(ExchangeProperties.LABEL, service);
        }
    }
}
