package org.wasl.node.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaEntry;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/**
 * The JSON form of a record, derived from its XML: elements and attributes become members; what the schema lets occur
 * more than once is always an array; booleans and whole numbers of the schema are JSON's own; amounts stay texts, since
 * their fraction digits mean something. The signed form is the XML.
 */
public final class RecordJson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String XSD = "http://www.w3.org/2001/XMLSchema";
    private static final String XMLNS = "http://www.w3.org/2000/xmlns/";
    private static final Set<String> WHOLE_NUMBERS =
            Set.of("integer", "nonNegativeInteger", "positiveInteger", "int", "long", "short");

    private final Map<String, String> prefixes = new HashMap<>();
    private final Set<String> repeated = new HashSet<>();
    private final Set<String> booleans = new HashSet<>();
    private final Set<String> numbers = new HashSet<>();
    private final Set<String> numberTypes = new HashSet<>();

    /** Learns from these schemas. */
    public RecordJson(SchemaCatalogue schemas) {
        for (SchemaEntry schema : schemas.entries()) {
            prefixes.put(schema.namespace(), schema.prefix());
            if (HardenedXml.parse(schema.octets(), XmlRules.FOREIGN) instanceof XmlVerdict.Parsed parsed) {
                learn(schema.namespace(), parsed.document().getDocumentElement());
            }
        }
    }

    private void learn(String namespace, Element element) {
        if (XSD.equals(element.getNamespaceURI()) && "restriction".equals(element.getLocalName())) {
            learnType(namespace, element);
        }
        if (XSD.equals(element.getNamespaceURI())
                && ("element".equals(element.getLocalName()) || "attribute".equals(element.getLocalName()))) {
            String name = element.hasAttribute("name") ? element.getAttribute("name") : element.getAttribute("ref");
            String key = key(namespace, name.substring(name.indexOf(':') + 1));
            String occurs = element.getAttribute("maxOccurs");
            if (!occurs.isEmpty() && !"1".equals(occurs)) {
                repeated.add(key);
            }
            String type = element.getAttribute("type");
            String local = type.substring(type.indexOf(':') + 1);
            if ("boolean".equals(local)) {
                booleans.add(key);
            } else if (WHOLE_NUMBERS.contains(local) || numberTypes.contains(key(namespace, local))) {
                numbers.add(key);
            }
        }
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                learn(namespace, child);
            }
        }
    }

    /** A simple type of the schema's own that restricts whole numbers; schemas name types before they use them. */
    private void learnType(String namespace, Element restriction) {
        String base = restriction.getAttribute("base");
        if (WHOLE_NUMBERS.contains(base.substring(base.indexOf(':') + 1))
                && restriction.getParentNode() instanceof Element type
                && type.hasAttribute("name")) {
            numberTypes.add(key(namespace, type.getAttribute("name")));
        }
    }

    /** The record as one JSON object, UTF-8. */
    public byte[] write(Element root) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("@type", prefixes.getOrDefault(root.getNamespaceURI(), "") + ":" + root.getLocalName());
        fill(document, root);
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree can be written", impossible);
        }
    }

    private void fill(ObjectNode object, Element element) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            if (!XMLNS.equals(attribute.getNamespaceURI())) {
                object.set(attribute.getLocalName(), leaf(element, attribute.getLocalName(), attribute.getNodeValue()));
            }
        }
        boolean structured = false;
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                structured = true;
                add(object, child, value(child));
            }
        }
        if (!structured && !element.getTextContent().isBlank()) {
            object.set("value", leaf(element, element.getLocalName(), element.getTextContent()));
        }
    }

    private JsonNode value(Element element) {
        boolean plain = element.getFirstChild() == null || !hasElements(element);
        if (plain && !hasAttributes(element)) {
            return leaf(element, element.getLocalName(), element.getTextContent());
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        fill(object, element);
        return object;
    }

    private void add(ObjectNode object, Element child, JsonNode value) {
        String name = child.getLocalName();
        if (repeated.contains(key(child.getNamespaceURI(), name))
                || object.path(name).isArray()) {
            object.withArray(name).add(value);
        } else if (object.has(name)) {
            JsonNode first = object.get(name);
            object.putArray(name).add(first).add(value);
        } else {
            object.set(name, value);
        }
    }

    private JsonNode leaf(Element owner, String name, String text) {
        String key = key(owner.getNamespaceURI(), name);
        String plain = text.strip();
        if (booleans.contains(key) && !plain.isEmpty()) {
            return JsonNodeFactory.instance.booleanNode("true".equals(plain) || "1".equals(plain));
        }
        if (numbers.contains(key) && plain.matches("-?[0-9]{1,18}")) {
            return JsonNodeFactory.instance.numberNode(Long.parseLong(plain));
        }
        return JsonNodeFactory.instance.textNode(text);
    }

    private static boolean hasElements(Element element) {
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasAttributes(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            if (!XMLNS.equals(attributes.item(i).getNamespaceURI())) {
                return true;
            }
        }
        return false;
    }

    private static String key(String namespace, String name) {
        return namespace + " " + name;
    }
}
