package org.wasl.schemas;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.xml.XmlText;

/** A fault as the element {@code fault:fault}, and back. */
public final class FaultXml {

    /** The schema of faults. */
    public static final String NAMESPACE = "urn:wasl:fault:1";

    private static final int MAX_LEG_CHARACTERS = 200;

    private FaultXml() {}

    /**
     * The element's text, exclusive canonical XML, valid against {@code fault-1.0}: to be put into a payload by template
     * or, as UTF-8 octets, to be parsed.
     */
    public static String write(Fault fault) {
        FaultCode code = fault.code();
        StringBuilder out = new StringBuilder(1024);
        out.append("<fault:fault xmlns:fault=\"").append(NAMESPACE).append("\">");
        append(out, "code", code.wireCode());
        append(out, "category", code.category().name());
        append(out, "retryable", Boolean.toString(code.retryable()));
        append(out, "stage", fault.stage().wireName());
        append(out, "leg", cut(fault.leg(), MAX_LEG_CHARACTERS));
        out.append("<fault:label>");
        appendLabel(out, "ar", code.arabic());
        appendLabel(out, "en", code.english());
        out.append("</fault:label>");
        append(out, "detail", cut(fault.detail(), Fault.MAX_DETAIL_CHARACTERS));
        return out.append("</fault:fault>").toString();
    }

    /**
     * The fault of a {@code fault:fault} that is valid against its schema. Empty when its code or stage is none that this
     * program knows: a later release has more of them. Category, retryable and labels are then still in the element.
     */
    public static Optional<Fault> read(Element element) {
        Optional<FaultCode> code = FaultCode.byWireCode(child(element, "code").strip());
        Optional<Stage> stage = stage(child(element, "stage").strip());
        if (code.isEmpty() || stage.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Fault(code.get(), stage.get(), child(element, "leg"), child(element, "detail")));
    }

    private static Optional<Stage> stage(String wireName) {
        for (Stage stage : Stage.values()) {
            if (stage.wireName().equals(wireName.toLowerCase(Locale.ROOT))) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }

    private static String child(Element element, String localName) {
        for (@Nullable Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (NAMESPACE.equals(node.getNamespaceURI()) && localName.equals(node.getLocalName())) {
                return node.getTextContent();
            }
        }
        return "";
    }

    private static void append(StringBuilder out, String name, String text) {
        out.append("<fault:").append(name).append('>').append(XmlText.text(text));
        out.append("</fault:").append(name).append('>');
    }

    private static void appendLabel(StringBuilder out, String language, String text) {
        out.append("<common:").append(language).append(" xmlns:common=\"urn:wasl:common:1\">");
        out.append(XmlText.text(text)).append("</common:").append(language).append('>');
    }

    /** XML Schema counts UTF-16 units here, and XML carries no lone surrogates or non-characters. */
    private static String cut(String text, int max) {
        StringBuilder cut = new StringBuilder();
        text.codePoints().forEach(c -> {
            String character = Character.toString(c);
            if (cut.length() + character.length() <= max) {
                cut.append(XmlText.isWritable(character) ? character : "?");
            }
        });
        return cut.toString();
    }
}
