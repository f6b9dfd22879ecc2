package org.wasl.schemas.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.SchemaEntry;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/** Reads the shapes of all elements out of the schema documents, once; afterwards only read. */
final class Shapes {

    private final Map<String, Element> globalTypes = new HashMap<>();
    private final Map<String, Element> globalElements = new HashMap<>();
    private final Map<String, Shape> typeShapes = new HashMap<>();
    private final Map<String, Shape> elementShapes = new HashMap<>();

    Shapes(Collection<SchemaEntry> entries) {
        entries.forEach(this::gather);
        globalElements.forEach((name, element) -> elementShapes.put(name, ofDeclaration(element)));
        globalElements.clear();
        globalTypes.clear();
    }

    /** The shape of a global element; empty when no schema declares it. */
    Optional<Shape> element(@Nullable String namespace, String localName) {
        return Optional.ofNullable(elementShapes.get(key(namespace == null ? "" : namespace, localName)));
    }

    private void gather(SchemaEntry entry) {
        if (!(HardenedXml.parse(entry.octets(), XmlRules.FOREIGN) instanceof XmlVerdict.Parsed parsed)) {
            throw new IllegalStateException(entry + " cannot be parsed");
        }
        for (Element child : children(parsed.document().getDocumentElement())) {
            String key = key(entry.namespace(), child.getAttribute("name"));
            switch (child.getLocalName()) {
                case "element" -> globalElements.put(key, child);
                case "simpleType", "complexType" -> globalTypes.put(key, child);
                default -> {
                    // annotations and imports have no shape
                }
            }
        }
    }

    private Shape ofDeclaration(Element declaration) {
        if (declaration.hasAttribute("type")) {
            return ofType(declaration, declaration.getAttribute("type"));
        }
        Shape shape = new Shape();
        for (Element child : children(declaration)) {
            if (child.getLocalName().endsWith("Type")) {
                fill(shape, child);
            }
        }
        return shape;
    }

    private Shape ofType(Element context, String qualifiedName) {
        String key = resolve(context, qualifiedName);
        Shape known = typeShapes.get(key);
        if (known != null) {
            return known;
        }
        Shape shape = new Shape();
        typeShapes.put(key, shape);
        Element type = globalTypes.get(key);
        if (type != null) {
            fill(shape, type);
        } else if (key.startsWith(key(XMLConstants.W3C_XML_SCHEMA_NS_URI, ""))) {
            shape.setValue(Scalar.ofBuiltIn(qualifiedName.substring(qualifiedName.indexOf(':') + 1)));
        } else {
            throw new IllegalStateException("no schema defines the type " + key);
        }
        return shape;
    }

    /** Walks a type's definition, whatever it is made of. */
    private void fill(Shape shape, Element definition) {
        for (Element part : children(definition)) {
            switch (part.getLocalName()) {
                case "restriction", "extension" -> {
                    if (part.hasAttribute("base")) {
                        shape.extend(ofType(part, part.getAttribute("base")));
                    }
                    fill(shape, part);
                }
                case "sequence", "choice", "all", "simpleContent", "complexContent" -> fill(shape, part);
                case "union", "list" -> shape.setValue(Scalar.TOKEN);
                case "element" -> addChild(shape, part);
                case "attribute" -> shape.attributes().put(part.getAttribute("name"), attribute(part));
                default -> {
                    // facets, annotations, wildcards: a wildcard's element is looked up by its own name
                }
            }
        }
    }

    private void addChild(Shape shape, Element particle) {
        boolean repeats = !particle.getAttribute("maxOccurs").isEmpty()
                && !particle.getAttribute("maxOccurs").equals("1")
                && !particle.getAttribute("maxOccurs").equals("0");
        if (particle.hasAttribute("ref")) {
            String key = resolve(particle, particle.getAttribute("ref"));
            Element declaration = globalElements.get(key);
            if (declaration == null) {
                throw new IllegalStateException("no schema declares the element " + key);
            }
            shape.children()
                    .put(declaration.getAttribute("name"), new Shape.Child(ofDeclaration(declaration), repeats));
        } else {
            shape.children().put(particle.getAttribute("name"), new Shape.Child(ofDeclaration(particle), repeats));
        }
    }

    private Scalar attribute(Element attribute) {
        Scalar scalar = ofDeclaration(attribute).value();
        return scalar == null ? Scalar.TOKEN : scalar;
    }

    private static Iterable<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    private static String resolve(Element context, String qualifiedName) {
        int colon = qualifiedName.indexOf(':');
        String namespace = context.lookupNamespaceURI(colon < 0 ? null : qualifiedName.substring(0, colon));
        return key(namespace == null ? "" : namespace, qualifiedName.substring(colon + 1));
    }

    private static String key(String namespace, String localName) {
        return "{" + namespace + "}" + localName;
    }
}
