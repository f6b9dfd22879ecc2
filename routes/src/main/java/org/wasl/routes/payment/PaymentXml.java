package org.wasl.routes.payment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.xml.XmlText;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.registry.Label;

/** Orders and statements as records of schema {@code payment}, and what the gateway and agencies answer, read back. */
final class PaymentXml {

    static final String NAMESPACE = "urn:wasl:payment:1";
    static final String SCHEMA_VERSION = "1.0";

    private static final String COMMON = "urn:wasl:common:1";
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final StringBuilder xml = new StringBuilder(4_096);
    private final String currency;

    private PaymentXml(String currency) {
        this.currency = currency;
    }

    /** As {@code payment:order}. */
    static byte[] write(PaymentOrder order) {
        PaymentXml writer = new PaymentXml(order.currency());
        writer.order(order);
        return writer.xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void order(PaymentOrder order) {
        root("order");
        text("number", order.number());
        open("answer");
        text("trackingId", order.trackingId().toString());
        text("messageId", order.answer().messageId().toString());
        text("headerDigest", order.answer().headerDigest());
        text("payloadDigest", order.answer().payloadDigest());
        close("answer");
        text("issued", INSTANT.format(order.issued()));
        text("payBy", INSTANT.format(order.payBy()));
        text("class", order.small() ? "SMALL" : "STANDARD");
        order.channels().forEach(channel -> text("channel", channel));
        order.items().forEach(this::item);
        money("total", order.total());
        close("order");
    }

    private void item(OrderItem item) {
        xml.append("<payment:item id=\"")
                .append(XmlText.attribute(item.id()))
                .append("\" kind=\"")
                .append(item.kind().name())
                .append("\">");
        text("member", item.settle().member().toString());
        text("service", item.settle().toString());
        Optional.ofNullable(item.step()).ifPresent(step -> text("step", step));
        Optional.ofNullable(item.reference()).ifPresent(reference -> text("reference", reference));
        label(item.label());
        money("due", item.due());
        Optional.ofNullable(item.discount()).ifPresent(taken -> {
            open("discount");
            text("rule", taken.rule());
            label(taken.label());
            text("legalBasis", taken.legalBasis());
            text("percent", taken.percent());
            money("amount", taken.amount());
            close("discount");
        });
        money("amount", item.amount());
        item.parameters().forEach((name, value) -> xml.append("<payment:parameter name=\"")
                .append(XmlText.attribute(name))
                .append("\">")
                .append(XmlText.text(value))
                .append("</payment:parameter>"));
        close("item");
    }

    /** How a paid order ended, as {@code payment:statement}. */
    static byte[] statement(OrderAccount account) {
        PaymentXml writer = new PaymentXml(account.order().currency());
        writer.root("statement");
        writer.text("number", account.order().number());
        writer.money("paid", account.paid());
        writer.money("settled", account.settled());
        writer.money("reversed", account.reversed());
        writer.text("payment", account.payments().get(0).reference());
        Map<String, Fils> amounts = account.settling();
        for (OrderItem item : account.order().items()) {
            writer.xml
                    .append("<payment:item id=\"")
                    .append(XmlText.attribute(item.id()))
                    .append("\">");
            writer.text("member", item.settle().member().toString());
            writer.label(item.label());
            writer.money("amount", amounts.getOrDefault(item.id(), Fils.ZERO));
            Optional<OrderAccount.Answer> answer = account.answer(item.id());
            boolean settled = answer.filter(OrderAccount.Answer::settled).isPresent();
            writer.text("outcome", settled ? "SETTLED" : "REVERSED");
            answer.map(OrderAccount.Answer::reason).ifPresent(reason -> writer.text("reason", reason));
            writer.close("item");
        }
        writer.close("statement");
        return writer.xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void root(String name) {
        xml.append("<payment:")
                .append(name)
                .append(" xmlns:common=\"")
                .append(COMMON)
                .append("\" xmlns:payment=\"")
                .append(NAMESPACE)
                .append("\">");
    }

    private void label(Label label) {
        open("label");
        xml.append("<common:ar>").append(XmlText.text(label.arabic())).append("</common:ar>");
        xml.append("<common:en>").append(XmlText.text(label.english())).append("</common:en>");
        close("label");
    }

    private void money(String name, Fils amount) {
        xml.append("<payment:")
                .append(name)
                .append(" currency=\"")
                .append(currency)
                .append("\">")
                .append(amount)
                .append("</payment:")
                .append(name)
                .append('>');
    }

    private void text(String name, String text) {
        open(name);
        xml.append(XmlText.text(text));
        close(name);
    }

    private void open(String name) {
        xml.append("<payment:").append(name).append('>');
    }

    private void close(String name) {
        xml.append("</payment:").append(name).append('>');
    }

    /** The order of a {@code payment:order} that is valid by its schema. */
    static PaymentOrder order(Element root) {
        Element answer = children(root, "answer").get(0);
        List<OrderItem> items =
                children(root, "item").stream().map(PaymentXml::readItem).toList();
        return new PaymentOrder(
                required(root, "number"),
                UUID.fromString(required(answer, "trackingId")),
                new InReplyTo(
                        UUID.fromString(required(answer, "messageId")),
                        required(answer, "headerDigest"),
                        required(answer, "payloadDigest")),
                moment(required(root, "issued")),
                moment(required(root, "payBy")),
                children(root, "total").get(0).getAttribute("currency"),
                required(root, "class").equals("SMALL"),
                children(root, "channel").stream().map(PaymentXml::content).toList(),
                items);
    }

    private static OrderItem readItem(Element item) {
        Map<String, String> parameters = new LinkedHashMap<>();
        children(item, "parameter")
                .forEach(parameter -> parameters.put(parameter.getAttribute("name"), content(parameter)));
        OrderItem.Taken taken = children(item, "discount").stream()
                .map(off -> new OrderItem.Taken(
                        required(off, "rule"),
                        readLabel(off),
                        required(off, "legalBasis"),
                        required(off, "percent"),
                        Fils.parse(required(off, "amount"))))
                .findFirst()
                .orElse(null);
        return new OrderItem(
                item.getAttribute("id"),
                OrderItem.Kind.valueOf(item.getAttribute("kind")),
                ServiceId.parse(required(item, "service")),
                text(item, "step").orElse(null),
                text(item, "reference").orElse(null),
                readLabel(item),
                Fils.parse(required(item, "due")),
                taken,
                parameters);
    }

    private static Label readLabel(Element parent) {
        Element label = children(parent, "label").get(0);
        return new Label(common(label, "ar"), common(label, "en"));
    }

    private static String common(Element label, String language) {
        for (@Nullable Node at = label.getFirstChild(); at != null; at = at.getNextSibling()) {
            if (at instanceof Element element && language.equals(element.getLocalName())) {
                return content(element);
            }
        }
        throw new IllegalArgumentException("no label in " + language);
    }

    /** What the gateway took, of a {@code payment:receipt}; what lacks a number or an amount is none. */
    static List<Payment> payments(Element receipt) {
        List<Payment> payments = new ArrayList<>();
        for (Element payment : children(receipt, "payment")) {
            Optional<String> reference = text(payment, "reference");
            Optional<String> amount = text(payment, "amount");
            if (reference.isPresent() && amount.isPresent()) {
                payments.add(new Payment(
                        reference.get(),
                        Fils.parse(amount.get()),
                        text(payment, "channel").orElse(""),
                        text(payment, "at").map(PaymentXml::moment).orElse(Instant.EPOCH)));
            }
        }
        return payments;
    }

    /** The text of a child; empty when there is none of this name. */
    static Optional<String> text(Element parent, String name) {
        return children(parent, name).stream().map(PaymentXml::content).findFirst();
    }

    private static String required(Element parent, String name) {
        return text(parent, name)
                .orElseThrow(() -> new IllegalArgumentException("no " + name + " in " + parent.getLocalName()));
    }

    /** The children of this name. */
    static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (@Nullable Node at = parent.getFirstChild(); at != null; at = at.getNextSibling()) {
            if (at instanceof Element element
                    && NAMESPACE.equals(element.getNamespaceURI())
                    && name.equals(element.getLocalName())) {
                found.add(element);
            }
        }
        return found;
    }

    static Instant moment(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static String content(Element element) {
        return element.getTextContent().strip();
    }
}
