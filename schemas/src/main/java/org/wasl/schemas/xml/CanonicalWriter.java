package org.wasl.schemas.xml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.ProcessingInstruction;

/** Writes exclusive canonical XML 1.0 without comments, by the names' namespaces rather than by what was declared. */
final class CanonicalWriter {

    private static final Comparator<Attr> BY_NAMESPACE_AND_NAME =
            Comparator.comparing((Attr a) -> orEmpty(a.getNamespaceURI())).thenComparing(CanonicalWriter::localName);

    private final StringBuilder out = new StringBuilder(2048);

    byte[] write(Element element) {
        write(element, Map.of("", "", "xml", XMLConstants.XML_NS_URI));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(Element element, Map<String, String> inScope) {
        List<Attr> attributes = attributes(element);
        Map<String, String> declared = new TreeMap<>();
        declare(declared, inScope, prefix(element), orEmpty(element.getNamespaceURI()));
        for (Attr attribute : attributes) {
            if (attribute.getNamespaceURI() != null) {
                declare(declared, inScope, prefix(attribute), attribute.getNamespaceURI());
            }
        }
        String name = element.getTagName();
        out.append('<').append(name);
        declared.forEach((prefix, namespace) -> {
            out.append(prefix.isEmpty() ? " xmlns" : " xmlns:").append(prefix).append("=\"");
            XmlText.append(out, namespace, true);
            out.append('"');
        });
        for (Attr attribute : attributes) {
            out.append(' ').append(attribute.getName()).append("=\"");
            XmlText.append(out, attribute.getValue(), true);
            out.append('"');
        }
        out.append('>');
        writeChildren(element, declared.isEmpty() ? inScope : merged(inScope, declared));
        out.append("</").append(name).append('>');
    }

    private void writeChildren(Element element, Map<String, String> inScope) {
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            switch (child.getNodeType()) {
                case Node.ELEMENT_NODE -> write((Element) child, inScope);
                case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> XmlText.append(out, child.getNodeValue(), false);
                case Node.PROCESSING_INSTRUCTION_NODE -> write((ProcessingInstruction) child);
                case Node.COMMENT_NODE -> {
                    // canonical XML without comments
                }
                default ->
                    throw new IllegalArgumentException("a node of type " + child.getNodeType()
                            + " cannot be written: only elements, attributes and text");
            }
        }
    }

    private void write(ProcessingInstruction instruction) {
        out.append("<?").append(instruction.getTarget());
        String data = orEmpty(instruction.getData());
        if (!data.isEmpty()) {
            out.append(' ').append(data);
        }
        out.append("?>");
    }

    private static void declare(
            Map<String, String> declared, Map<String, String> inScope, String prefix, String namespace) {
        if (prefix.equals("xml")) {
            return;
        }
        if (!prefix.isEmpty() && namespace.isEmpty()) {
            throw new IllegalArgumentException("the prefix " + prefix + " stands for no namespace");
        }
        String already = declared.get(prefix);
        if (already != null && !already.equals(namespace)) {
            throw new IllegalArgumentException("the prefix " + prefix + " stands for two namespaces in one element");
        }
        if (!namespace.equals(inScope.get(prefix))) {
            declared.put(prefix, namespace);
        }
    }

    private static List<Attr> attributes(Element element) {
        NamedNodeMap map = element.getAttributes();
        List<Attr> attributes = new ArrayList<>(map.getLength());
        for (int i = 0; i < map.getLength(); i++) {
            Attr attribute = (Attr) map.item(i);
            if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
                attributes.add(attribute);
            }
        }
        attributes.sort(BY_NAMESPACE_AND_NAME);
        return attributes;
    }

    private static Map<String, String> merged(Map<String, String> inScope, Map<String, String> declared) {
        Map<String, String> merged = new HashMap<>(inScope);
        merged.putAll(declared);
        return merged;
    }

    private static String prefix(Node node) {
        return orEmpty(node.getPrefix());
    }

    private static String localName(Attr attribute) {
        String local = attribute.getLocalName();
        return local == null ? attribute.getName() : local;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
