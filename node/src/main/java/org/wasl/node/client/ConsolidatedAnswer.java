package org.wasl.node.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/**
 * A consolidated answer, as far as a terminal shows it.
 *
 * @param totalDues the sum of what the sources name, with its currency; null when none names any
 */
public record ConsolidatedAnswer(
        String service,
        String trackingId,
        String overall,
        boolean decisionReady,
        String decision,
        List<Line> reasons,
        List<Line> missing,
        @Nullable Money totalDues,
        List<Source> sources) {

    /** A line of text in both languages, with the step and status that it is about; either may be empty. */
    public record Line(String step, String status, String arabic, String english) {}

    /** An amount, as written in the record, with its currency. */
    public record Money(String amount, String currency) {}

    /** What one source answered. */
    public record Source(
            String step,
            String member,
            String arabic,
            String english,
            boolean required,
            String status,
            String asOf,
            String faultCode) {}

    /** Reads the XML form; empty when the octets are something else. */
    public static Optional<ConsolidatedAnswer> read(byte[] xml) {
        if (!(HardenedXml.parse(xml, XmlRules.WIRE) instanceof XmlVerdict.Parsed parsed)) {
            return Optional.empty();
        }
        Element answer = parsed.document().getDocumentElement();
        if (!"urn:wasl:consolidated:1".equals(answer.getNamespaceURI()) || !"answer".equals(answer.getLocalName())) {
            return Optional.empty();
        }
        List<Element> dues = children(answer, "totalDues");
        return Optional.of(new ConsolidatedAnswer(
                text(answer, "service"),
                text(answer, "trackingId"),
                text(answer, "overall"),
                Boolean.parseBoolean(text(answer, "decisionReady")),
                text(answer, "decision"),
                lines(answer, "reason"),
                lines(answer, "missing"),
                dues.isEmpty() ? null : money(dues.get(0)),
                children(answer, "source").stream()
                        .map(ConsolidatedAnswer::source)
                        .toList()));
    }

    private static List<Line> lines(Element answer, String name) {
        return children(answer, name).stream()
                .map(line -> new Line(text(line, "step"), text(line, "status"), label(line, "ar"), label(line, "en")))
                .toList();
    }

    private static Source source(Element source) {
        return new Source(
                text(source, "step"),
                text(source, "member"),
                label(source, "ar"),
                label(source, "en"),
                Boolean.parseBoolean(text(source, "required")),
                text(source, "status"),
                text(source, "asOf"),
                children(source, "fault").stream()
                        .map(fault -> text(fault, "code"))
                        .findFirst()
                        .orElse(""));
    }

    /** Money keeps its value in an element or as its own text; its currency in an attribute or element. */
    private static Money money(Element money) {
        String amount = text(money, "amount");
        String currency = money.getAttribute("currency");
        return new Money(
                amount.isEmpty() ? money.getTextContent().strip() : amount,
                currency.isEmpty() ? text(money, "currency") : currency);
    }

    private static String label(Element parent, String language) {
        return children(parent, "label").stream()
                .map(label -> text(label, language))
                .findFirst()
                .orElse("");
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream()
                .map(child -> child.getTextContent().strip())
                .findFirst()
                .orElse("");
    }

    private static List<Element> children(Element parent, String localName) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && localName.equals(element.getLocalName())) {
                children.add(element);
            }
        }
        return children;
    }
}
