package org.wasl.routes.exchange;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.MessageCreatedStrategy;
import org.jspecify.annotations.Nullable;
import org.wasl.security.container.ContainerContent;

/** Gives a JMS message its octets as a stream, which the broker's client reads through a small buffer as it sends. */
final class StreamedContent implements MessageCreatedStrategy {

    /** Artemis' own name for it. */
    private static final String INPUT_STREAM = "JMS_AMQ_InputStream";

    @Override
    public void onMessageCreated(
            Message message, Session session, @Nullable Exchange exchange, @Nullable Throwable cause) {
        ContainerContent content =
                exchange == null ? null : exchange.getProperty(ExchangeProperties.CONTENT, ContainerContent.class);
        if (content == null) {
            return;
        }
        try {
            message.setObjectProperty(INPUT_STREAM, content.open(0));
        } catch (IOException | JMSException e) {
            throw new IllegalStateException("a durable container cannot be sent", e);
        }
    }
}
