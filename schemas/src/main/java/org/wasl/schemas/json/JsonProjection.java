package org.wasl.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaEntry;

/**
 * JSON derived from a document that is valid against a shared schema. Safe for any number of threads; make one and share
 * it. The rules, the same for every schema, so that a member's form never depends on what a document happens to hold:
 *
 * <ul>
 *   <li>An element is an object; its attributes and children are members by their local names, in the document's order.
 *   <li>A child that the schema lets repeat is an array, also when there is one; when there is none the member is absent.
 *   <li>An element of text alone is that value. One whose type has attributes too is an object whose text is the member
 *       {@code value}: {@code {"currency":"JOD","value":"50.000"}}.
 *   <li>{@code xs:boolean} is a JSON boolean; whole numbers are JSON numbers. All else is a string: a decimal keeps its
 *       digits, since programs read a JSON number as binary floating point and money must not become that.
 *   <li>A record inside another document (a wildcard) is a member by the record's own local name:
 *       {@code "record":{"fines":{…}}}.
 * </ul>
 */
public final class JsonProjection {

    /** The member that holds an element's own text beside its attributes. */
    public static final String VALUE = "value";

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private final Shapes shapes;

    /** Reads the newest minor of every schema; older documents are valid on it. */
    public JsonProjection(SchemaCatalogue catalogue) {
        shapes = new Shapes(catalogue.entries().stream()
                .map(SchemaEntry::namespace)
                .distinct()
                .flatMap(namespace -> catalogue.newest(namespace).stream())
                .toList());
    }

    /**
     * The root as an object, without a wrapper that names it.
     *
     * @param root a root of a shared schema, valid
     * @throws IllegalArgumentException when no schema declares the root, or it holds what the schema does not
     */
    public ObjectNode project(Element root) {
        JsonNode node = node(root, shape(root));
        if (node instanceof ObjectNode object) {
            return object;
        }
        return JSON.objectNode().set(VALUE, node);
    }

    private JsonNode node(Element element, Shape shape) {
        Scalar value = shape.value();
        if (value != null && shape.isScalar()) {
            return value.node(element.getTextContent());
        }
        ObjectNode object = JSON.objectNode();
        putAttributes(object, element, shape);
        if (value != null) {
            return object.set(VALUE, value.node(element.getTextContent()));
        }
        children(element).forEach(child -> putChild(object, child, shape));
        return object;
    }

    private static void putAttributes(ObjectNode object, Element element, Shape shape) {
        for (Map.Entry<String, Scalar> attribute : shape.attributes().entrySet()) {
            if (element.hasAttribute(attribute.getKey())) {
                object.set(attribute.getKey(), attribute.getValue().node(element.getAttribute(attribute.getKey())));
            }
        }
    }

    private void putChild(ObjectNode object, Element element, Shape parent) {
        String name = element.getLocalName();
        Shape.@Nullable Child child = parent.children().get(name);
        if (child == null) {
            object.set(name, node(element, shape(element)));
        } else if (child.repeats()) {
            JsonNode array = object.get(name);
            ArrayNode items = array instanceof ArrayNode present ? present : object.putArray(name);
            items.add(node(element, child.shape()));
        } else {
            object.set(name, node(element, child.shape()));
        }
    }

    private Shape shape(Element element) {
        return shapes.element(element.getNamespaceURI(), element.getLocalName())
                .orElseThrow(() -> new IllegalArgumentException(
                        "no schema of the catalogue declares the element " + element.getLocalName()));
    }

    private static Stream<Element> children(Element element) {
        Stream.Builder<Element> children = Stream.builder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children.build();
    }
}
