package org.wasl.routes.exchange;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.container.Container;

/**
 * Refuses a request that came under the label of another service than it asks: it would use up the threads of a service
 * that its sender need not even be allowed to ask.
 */
final class LabelCheck implements Processor {

    @Override
    public void process(Exchange exchange) {
        Object label = exchange.getProperty(ExchangeProperties.LABEL);
        if (label == null || !(exchange.getMessage().getBody() instanceof Serving.Verified verified)) {
            return;
        }
        Container request = verified.request();
        if (!request.header().service().equals(label)) {
            Fault fault = new Fault(
                    FaultCode.EXCHANGE_WRONG_RECEIVER,
                    Stage.VERIFY,
                    verified.arrival().member().toString(),
                    "the request's label names another service than it asks");
            exchange.getMessage()
                    .setBody(new Serving.Refused(
                            verified.arrival(), Optional.of(request.header()), Optional.of(request), fault, true));
        }
    }
}
