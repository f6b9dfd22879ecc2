package org.wasl.routes.exchange;

import jakarta.jms.DeliveryMode;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.jms.JmsConstants;
import org.wasl.security.container.ContainerContent;

/** Turns an {@link Outgoing} into the message that the JMS endpoint sends: octets, and only the headers set here. */
public final class OutgoingEnvelope implements Processor {

    private static final byte[] NOTHING = {};

    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        Message message = exchange.getMessage();
        Outgoing outgoing = message.getMandatoryBody(Outgoing.class);
        message.removeHeaders("*");
        message.setHeader(JmsConstants.JMS_DESTINATION_NAME, outgoing.queue());
        // Its container is durable in our log, which sends it again: a journal's copy would only cost. A dead letter
        // may be nobody's to send again, and nobody waits for an answer that was announced for later.
        message.setHeader(
                JmsConstants.JMS_HEADER_DELIVERY_MODE,
                outgoing.loggedFault() == null && !outgoing.persistent()
                        ? DeliveryMode.NON_PERSISTENT
                        : DeliveryMode.PERSISTENT);
        message.setHeader(JmsConstants.JMS_HEADER_PRIORITY, outgoing.priority().jmsPriority());
        message.setHeader(
                JmsConstants.JMS_HEADER_EXPIRATION,
                System.currentTimeMillis() + outgoing.timeToLive().toMillis());
        message.setHeader(JmsConstants.JMS_HEADER_CORRELATION_ID, outgoing.correlation());
        if (outgoing.replyNode() != null) {
            message.setHeader(ExchangeProperties.REPLY_NODE, outgoing.replyNode());
        }
        if (outgoing.service() != null) {
            message.setHeader(ExchangeProperties.SERVICE, outgoing.service().toString());
        }
        if (outgoing.loggedFault() != null) {
            message.setHeader(
                    ExchangeProperties.LOGGED_FAULT, outgoing.loggedFault().wireCode());
        }
        ContainerContent whole = outgoing.whole();
        if (whole != null) {
            message.setHeader(ExchangeProperties.DOCUMENT, true);
            exchange.setProperty(ExchangeProperties.CONTENT, whole);
        }
        message.setBody(whole == null ? outgoing.octets() : NOTHING);
    }
}
