package org.wasl.security.registry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaEntry;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/**
 * The fields that a record's schema knows. An agreement that releases a misspelt path would silently release nothing
 * there, so whoever writes agreements is told. Services whose schema the catalogue does not hold are left alone.
 */
final class RecordFields {

    private static final String XSD = "http://www.w3.org/2001/XMLSchema";

    private final SchemaCatalogue catalogue;
    private final Map<String, String> namespaces = new HashMap<>();
    private final Map<SchemaEntry, Element> documents = new HashMap<>();

    RecordFields(SchemaCatalogue catalogue) {
        this.catalogue = catalogue;
        catalogue.entries().forEach(entry -> namespaces.put(entry.prefix(), entry.namespace()));
    }

    /** What the agreements release that no record can have, each as a sentence. */
    List<String> problems(Registry registry) {
        List<String> problems = new ArrayList<>();
        registry.members().stream()
                .flatMap(member -> member.subsystems().stream())
                .flatMap(subsystem -> subsystem.services().stream())
                .forEach(service -> ownerProblem(service).ifPresent(problems::add));
        for (Agreement agreement : registry.agreements()) {
            Optional<Service> of = registry.service(agreement.service());
            if (of.filter(RecordFields::isAboutNobody).isPresent()
                    && agreement.actors().stream().anyMatch(RecordFields::isAboutSomebody)) {
                problems.add(
                        "agreement " + agreement.id() + " is about the person who asks, but neither a parameter nor"
                                + " a record of " + agreement.service() + " says whom it is about");
            }
            Optional<SchemaEntry> schema =
                    of.flatMap(service -> catalogue.find(service.namespace(), service.schemaVersion()));
            if (schema.isPresent()) {
                for (String path : agreement.released()) {
                    if (!exists(schema.get(), path)) {
                        problems.add("agreement " + agreement.id() + " releases " + path + ", which "
                                + schema.get().fileName() + " does not know");
                    }
                }
            }
        }
        return problems;
    }

    private Optional<String> ownerProblem(Service service) {
        String owner = service.ownerField();
        return catalogue
                .find(service.namespace(), service.schemaVersion())
                .filter(schema -> owner != null && !exists(schema, owner))
                .map(schema -> "service " + service.id() + " has its owner at " + owner + ", which " + schema.fileName()
                        + " does not know");
    }

    private static boolean isAboutNobody(Service service) {
        return service.ownerField() == null && service.parameters().stream().noneMatch(Parameter::subject);
    }

    private static boolean isAboutSomebody(ActorRule rule) {
        return rule.subject() == SubjectScope.OWN || rule.subject() == SubjectScope.MANDATE;
    }

    private boolean exists(SchemaEntry schema, String path) {
        return find(schema, path).known();
    }

    /** What the schema calls the field at this path in that language; empty when it does not say. */
    Optional<String> label(SchemaEntry schema, String path, String language) {
        Element declaration = find(schema, path).declaration();
        if (declaration == null) {
            return Optional.empty();
        }
        return documentation(declaration, language).or(() -> {
            Element type = resolve("complexType", declaration.getAttribute("type"));
            return type == null ? Optional.empty() : documentation(type, language);
        });
    }

    private static Optional<String> documentation(Element declaration, String language) {
        for (Element annotation : elementsIn(declaration)) {
            if (!"annotation".equals(annotation.getLocalName())) {
                continue;
            }
            for (Element documentation : elementsIn(annotation)) {
                if (language.equals(documentation.getAttributeNS(XMLConstants.XML_NS_URI, "lang"))) {
                    return Optional.of(documentation.getTextContent().strip());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * What a path leads to.
     *
     * @param declaration the element's declaration; null when there is none
     * @param known whether a record may have it: where a schema lets anything stand, there need be no declaration
     */
    private record Found(@Nullable Element declaration, boolean known) {}

    private Found find(SchemaEntry schema, String path) {
        String[] names = path.split("/", -1);
        Element declaration = global(schema, "element", names[0]);
        for (int i = 1; i < names.length && declaration != null; i++) {
            Content content = content(declaration);
            declaration = content.elements.get(names[i]);
            if (declaration == null && content.open) {
                return new Found(null, true);
            }
        }
        return new Found(declaration, declaration != null);
    }

    /** What may stand in an element. */
    private static final class Content {
        private final Map<String, Element> elements = new HashMap<>();
        private boolean open;
    }

    private Content content(Element declaration) {
        Content content = new Content();
        Deque<Element> pending = new ArrayDeque<>();
        pending.add(declaration);
        while (!pending.isEmpty()) {
            Element node = pending.remove();
            for (String attribute : List.of("type", "base")) {
                Element type = resolve("complexType", node.getAttribute(attribute));
                if (type != null) {
                    pending.add(type);
                }
            }
            for (Element child : elementsIn(node)) {
                switch (child.getLocalName()) {
                    case "element" -> addElement(content, child);
                    case "any" -> content.open = true;
                    case "complexType", "complexContent", "extension", "restriction", "sequence", "choice", "all" ->
                        pending.add(child);
                    default -> {
                        // attributes, documentation and identity constraints have no elements in them
                    }
                }
            }
        }
        return content;
    }

    private void addElement(Content content, Element particle) {
        if (particle.hasAttribute("ref")) {
            Element global = resolve("element", particle.getAttribute("ref"));
            if (global != null) {
                content.elements.put(global.getAttribute("name"), global);
            }
            return;
        }
        content.elements.put(particle.getAttribute("name"), particle);
    }

    /** The global component of that prefixed name; null when it is none of the catalogue's, such as {@code xs:string}. */
    private @Nullable Element resolve(String kind, String qualifiedName) {
        int colon = qualifiedName.indexOf(':');
        String namespace = colon < 0 ? null : namespaces.get(qualifiedName.substring(0, colon));
        if (namespace == null) {
            return null;
        }
        return catalogue
                .newest(namespace)
                .map(schema -> global(schema, kind, qualifiedName.substring(colon + 1)))
                .orElse(null);
    }

    private @Nullable Element global(SchemaEntry schema, String kind, String name) {
        for (Element component : elementsIn(documents.computeIfAbsent(schema, RecordFields::parse))) {
            if (kind.equals(component.getLocalName()) && name.equals(component.getAttribute("name"))) {
                return component;
            }
        }
        return null;
    }

    private static Element parse(SchemaEntry schema) {
        if (HardenedXml.parse(schema.octets(), XmlRules.FOREIGN) instanceof XmlVerdict.Parsed parsed) {
            return parsed.document().getDocumentElement();
        }
        throw new IllegalStateException("the catalogue's own schema " + schema.fileName() + " cannot be parsed");
    }

    private static List<Element> elementsIn(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && XSD.equals(element.getNamespaceURI())) {
                elements.add(element);
            }
        }
        return elements;
    }
}
