package org.wasl.schemas.deferral;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.xml.XmlText;

/** Deferrals, cancellations and deliveries as elements of {@code deferral-1.0}, and back. */
public final class DeferralXml {

    /** Their schema. */
    public static final String NAMESPACE = "urn:wasl:deferral:1";

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String COMMON = "urn:wasl:common:1";

    private DeferralXml() {}

    /** The element {@code deferral:later}, exclusive canonical XML. */
    public static String write(Deferral deferral) {
        StringBuilder out = new StringBuilder(512);
        out.append("<deferral:later xmlns:deferral=\"").append(NAMESPACE).append("\">");
        append(out, "reference", deferral.reference());
        out.append("<deferral:reason code=\"").append(deferral.reason()).append("\"><deferral:label>");
        label(out, "ar", deferral.arabic());
        label(out, "en", deferral.english());
        out.append("</deferral:label></deferral:reason>");
        Instant expected = deferral.expected();
        if (expected != null) {
            append(out, "expected", INSTANT.format(expected));
        }
        append(out, "openUntil", INSTANT.format(deferral.openUntil()));
        return out.append("</deferral:later>").toString();
    }

    /**
     * The element {@code deferral:cancellation}, exclusive canonical XML.
     *
     * @param reason a code of capital letters, digits and '_'
     */
    public static String cancellation(String reason) {
        StringBuilder out = new StringBuilder(128);
        out.append("<deferral:cancellation xmlns:deferral=\"").append(NAMESPACE).append("\">");
        append(out, "reason", reason);
        return out.append("</deferral:cancellation>").toString();
    }

    /** The element {@code deferral:delivery}, exclusive canonical XML. */
    public static String write(Delivery delivery) {
        StringBuilder out = new StringBuilder(256);
        out.append("<deferral:delivery xmlns:deferral=\"").append(NAMESPACE).append("\">");
        append(out, "webhook", delivery.webhook());
        append(out, "outcome", delivery.delivered() ? "DELIVERED" : "UNDELIVERABLE");
        append(out, "attempts", Integer.toString(delivery.attempts()));
        return out.append("</deferral:delivery>").toString();
    }

    /** The deferral of a {@code deferral:later} that is valid by its schema. */
    public static Deferral later(Element later) {
        Element reason = required(later, NAMESPACE, "reason");
        Element label = required(reason, NAMESPACE, "label");
        Element expected = child(later, NAMESPACE, "expected");
        return new Deferral(
                text(later, "reference"),
                reason.getAttribute("code").strip(),
                required(label, COMMON, "ar").getTextContent(),
                required(label, COMMON, "en").getTextContent(),
                expected == null
                        ? null
                        : Instant.parse(expected.getTextContent().strip()),
                Instant.parse(text(later, "openUntil")));
    }

    /** The reason of a {@code deferral:cancellation} that is valid by its schema. */
    public static String cancellation(Element cancellation) {
        return text(cancellation, "reason");
    }

    /** The delivery of a {@code deferral:delivery} that is valid by its schema. */
    public static Delivery delivery(Element delivery) {
        return new Delivery(
                text(delivery, "webhook"),
                text(delivery, "outcome").equals("DELIVERED"),
                Integer.parseInt(text(delivery, "attempts")));
    }

    private static String text(Element parent, String name) {
        return required(parent, NAMESPACE, name).getTextContent().strip();
    }

    private static Element required(Element parent, String namespace, String name) {
        Element found = child(parent, namespace, name);
        if (found == null) {
            throw new IllegalArgumentException("no " + name + " in " + parent.getLocalName());
        }
        return found;
    }

    private static @Nullable Element child(Element parent, String namespace, String name) {
        for (@Nullable Node at = parent.getFirstChild(); at != null; at = at.getNextSibling()) {
            if (at instanceof Element element
                    && namespace.equals(element.getNamespaceURI())
                    && name.equals(element.getLocalName())) {
                return element;
            }
        }
        return null;
    }

    private static void append(StringBuilder out, String name, String text) {
        out.append("<deferral:").append(name).append('>').append(XmlText.text(text));
        out.append("</deferral:").append(name).append('>');
    }

    private static void label(StringBuilder out, String language, String text) {
        out.append("<common:").append(language).append(" xmlns:common=\"").append(COMMON);
        out.append("\">")
                .append(XmlText.text(text))
                .append("</common:")
                .append(language)
                .append('>');
    }
}
