package org.wasl.routes.exchange;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;

/**
 * Takes the octets out of a JMS message, when it is one of octets and not too large; of its headers, two hints and the sender whom the broker authenticated. From
 * then on nothing of the JMS message is left in the exchange.
 */
final class ArrivalReader implements Processor {

    private static final byte[] NOTHING = new byte[0];
    private static final String BROKER_USER = "JMSXUserID";
    private static final int MAX_HINT_CHARACTERS = 64;

    private final int maxBytes;

    /**
     * @param maxBytes how large a container may be
     */
    ArrivalReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public void process(Exchange exchange) throws JMSException {
        Object owner = exchange.getProperty(ExchangeProperties.QUEUE_OWNER);
        SubsystemId provider = owner instanceof SubsystemId subsystem ? subsystem : null;
        MemberId member = provider != null ? provider.member() : (MemberId) owner;
        Message message = exchange.getMessage();
        String node = hint(message, ExchangeProperties.REPLY_NODE);
        FaultCode logged = Optional.ofNullable(hint(message, ExchangeProperties.LOGGED_FAULT))
                .flatMap(FaultCode::byWireCode)
                .orElse(null);
        Message clean = new DefaultMessage(exchange);
        clean.setBody(read(message.getBody(), member, provider, node, logged));
        exchange.setMessage(clean);
    }

    private Arrival read(
            @Nullable Object body,
            MemberId member,
            @Nullable SubsystemId provider,
            @Nullable String node,
            @Nullable FaultCode logged)
            throws JMSException {
        if (!(body instanceof BytesMessage bytes)) {
            return new Arrival(member, provider, NOTHING, FaultCode.CONTAINER_NOT_ZIP, null, node, logged);
        }
        // From the message itself: the broker writes it over whatever the sender claimed.
        String user = bytes.getStringProperty(BROKER_USER);
        long length = bytes.getBodyLength();
        if (length > maxBytes) {
            return new Arrival(member, provider, NOTHING, FaultCode.CONTAINER_OVERSIZED, user, node, logged);
        }
        byte[] octets = new byte[(int) length];
        bytes.readBytes(octets);
        return new Arrival(member, provider, octets, null, user, node, logged);
    }

    private static @Nullable String hint(Message message, String name) {
        return message.getHeader(name) instanceof String text && text.length() <= MAX_HINT_CHARACTERS ? text : null;
    }
}
