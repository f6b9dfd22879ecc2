package org.wasl.node.edge.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/** The values of an XML document, each with the place where it stands, so that two documents can be laid side by side. */
final class XmlFields {

    /** How many values are told of one document. */
    static final int MOST = 2_000;

    private static final String NAMESPACES = "http://www.w3.org/2000/xmlns/";

    private XmlFields() {}

    /**
     * One value.
     *
     * @param path the elements' names below the root, one that is there again with its number from 2, an attribute with @
     */
    record Field(String path, String value) {}

    /**
     * The values in the document's order, at most {@link #MOST}.
     *
     * @return empty when it is no XML
     */
    static Optional<List<Field>> of(byte[] octets) {
        if (!(HardenedXml.parse(octets, XmlRules.WIRE) instanceof XmlVerdict.Parsed parsed)) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        walk(parsed.document().getDocumentElement(), "", fields);
        return Optional.of(fields);
    }

    private static void walk(Element element, String path, List<Field> fields) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            if (!NAMESPACES.equals(attribute.getNamespaceURI())) {
                add(fields, join(path, "@" + attribute.getLocalName()), attribute.getNodeValue());
            }
        }
        Map<String, Integer> seen = new HashMap<>();
        boolean leaf = true;
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element below && fields.size() < MOST) {
                leaf = false;
                String name = String.valueOf(below.getLocalName());
                int times = seen.merge(name, 1, Integer::sum);
                walk(below, join(path, times == 1 ? name : name + "[" + times + "]"), fields);
            }
        }
        if (leaf && !element.getTextContent().isBlank()) {
            add(fields, path, element.getTextContent().strip());
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    private static void add(List<Field> fields, String path, String value) {
        if (fields.size() < MOST) {
            fields.add(new Field(path, value));
        }
    }
}
