package org.wasl.routes.exchange;

import static java.util.Objects.requireNonNull;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Spool;
import org.wasl.security.container.SpoolFile;

/**
 * Takes the octets out of a JMS message, when it is one of octets and not too large; of its headers, two hints and the sender whom the broker authenticated. From
 * then on nothing of the JMS message is left in the exchange.
 */
public final class ArrivalReader implements Processor {

    private static final byte[] NOTHING = new byte[0];
    private static final String BROKER_USER = "JMSXUserID";
    private static final int MAX_HINT_CHARACTERS = 64;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Artemis' own name for it: takes the stream, and returns once all octets were written to it. */
    private static final String SAVE_STREAM = "JMS_AMQ_SaveStream";

    private final int maxBytes;
    private final @Nullable Spool spool;

    /**
     * @param maxBytes how large a container may be
     */
    public ArrivalReader(int maxBytes) {
        this(maxBytes, null);
    }

    /**
     * @param maxBytes how large a container may be
     * @param spool where containers with documents are written as they come; null when they are not looked for
     */
    ArrivalReader(int maxBytes, @Nullable Spool spool) {
        this.maxBytes = maxBytes;
        this.spool = spool;
    }

    @Override
    public void process(Exchange exchange) throws JMSException {
        if (exchange.getMessage().getBody() instanceof Arrival) {
            // Taken up from the log: there is no message to read it from.
            return;
        }
        Object owner = exchange.getProperty(ExchangeProperties.QUEUE_OWNER);
        SubsystemId provider = owner instanceof SubsystemId subsystem ? subsystem : null;
        MemberId member = provider != null ? provider.member() : (MemberId) owner;
        Message message = exchange.getMessage();
        String node = hint(message, ExchangeProperties.REPLY_NODE);
        FaultCode logged = Optional.ofNullable(hint(message, ExchangeProperties.LOGGED_FAULT))
                .flatMap(FaultCode::byWireCode)
                .orElse(null);
        boolean document = spool != null && Boolean.TRUE.equals(message.getHeader(ExchangeProperties.DOCUMENT));
        Message clean = new DefaultMessage(exchange);
        Arrival arrival = document && message.getBody() instanceof BytesMessage bytes
                ? spooled(bytes, member, node, exchange)
                : read(message.getBody(), member, provider, node, logged);
        clean.setBody(arrival);
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

    /** Writes the octets to a file as they come; it is deleted when the route has ended and the log has read it. */
    private Arrival spooled(BytesMessage bytes, MemberId member, @Nullable String node, Exchange exchange)
            throws JMSException {
        String user = bytes.getStringProperty(BROKER_USER);
        if (bytes.getBodyLength() > maxBytes) {
            return new Arrival(member, null, NOTHING, FaultCode.CONTAINER_OVERSIZED, user, node, null);
        }
        try {
            SpoolFile file = requireNonNull(spool)
                    .take(maxBytes)
                    .orElseThrow(() -> new IllegalStateException("the spool is full: the message waits"));
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onDone(Exchange done) {
                    file.close();
                }
            });
            try (OutputStream octets = new BufferedOutputStream(file.write(), BUFFER_BYTES)) {
                bytes.setObjectProperty(SAVE_STREAM, octets);
            }
            return new Arrival(member, null, NOTHING, null, user, node, null, file);
        } catch (IOException e) {
            throw new IllegalStateException("a container with a document cannot be written to the spool", e);
        }
    }

    private static @Nullable String hint(Message message, String name) {
        return message.getHeader(name) instanceof String text && text.length() <= MAX_HINT_CHARACTERS ? text : null;
    }
}
