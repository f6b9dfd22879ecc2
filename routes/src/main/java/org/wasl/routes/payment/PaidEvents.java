package org.wasl.routes.payment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.wasl.routes.event.EventListener;
import org.wasl.routes.event.ReceivedEvent;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.schemas.xml.XmlText;

/**
 * The signed events that orders were paid: the gateway's node publishes them, the composer hears them, and asks the
 * gateway what it took. An event that is heard twice is asked about twice, and settles once.
 */
public final class PaidEvents implements EventListener {

    private static final String NAMESPACE = "urn:wasl:event:1";
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final PaymentServices payments;
    private final ServiceId type;

    /** @param type the event's type */
    public PaidEvents(PaymentServices payments, ServiceId type) {
        this.payments = payments;
        this.type = type;
    }

    @Override
    public String name() {
        return "payment-settlement";
    }

    @Override
    public boolean wants(SubsystemId subscriber, ServiceId offered) {
        return offered.equals(type)
                && subscriber.equals(payments.rules().service().subsystem());
    }

    @Override
    public Outcome hear(ReceivedEvent event) {
        Element root = event.record().root();
        NodeList orders = root.getElementsByTagNameNS(NAMESPACE, "order");
        if (orders.getLength() > 0) {
            // Nothing is lost once this returns: after a restart every open order's gateway is asked.
            payments.told(orders.item(0).getTextContent().strip());
        }
        return Outcome.DONE;
    }

    /**
     * The fact, as a record; the same words of the gateway make the same record.
     *
     * @param amount null when the gateway did not say
     * @param receipt the gateway's number of the payment
     * @param at when it was paid; null when the gateway did not say
     */
    public static byte[] record(
            String order, @Nullable Fils amount, String currency, String receipt, @Nullable Instant at) {
        StringBuilder xml = new StringBuilder(300);
        xml.append("<event:paymentSettled xmlns:event=\"").append(NAMESPACE).append("\"><event:order>");
        xml.append(XmlText.text(order)).append("</event:order>");
        if (amount != null) {
            xml.append("<event:amount currency=\"")
                    .append(XmlText.attribute(currency))
                    .append("\">");
            xml.append(amount).append("</event:amount>");
        }
        xml.append("<event:receipt>").append(XmlText.text(receipt)).append("</event:receipt>");
        if (at != null) {
            xml.append("<event:occurredAt>").append(INSTANT.format(at)).append("</event:occurredAt>");
        }
        return xml.append("</event:paymentSettled>").toString().getBytes(StandardCharsets.UTF_8);
    }
}
