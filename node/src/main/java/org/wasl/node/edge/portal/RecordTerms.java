package org.wasl.node.edge.portal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaEntry;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/**
 * What the fields of records and their coded values are called, read from the schemas themselves: so a page can show any
 * agency's record to people, also that of an agency which joined after the page was made.
 */
final class RecordTerms {

    private static final String XML = "http://www.w3.org/XML/1998/namespace";
    private static final String VALUE = "value";

    private final Map<String, String> records = new LinkedHashMap<>();
    private final Map<String, Type> types = new LinkedHashMap<>();
    private final Map<String, String> prefixes = new LinkedHashMap<>();

    /**
     * A type of the schemas.
     *
     * @param fields the names of its fields, and of which types they are; null when it has none
     * @param values the names of its coded values; null when it is not a code
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Type(
            @Nullable Map<String, Field> fields, @Nullable Map<String, Map<String, String>> values) {}

    /**
     * A field.
     *
     * @param type its type, for example {@code common:Money}; those of XML Schema itself begin with {@code xs:}
     */
    record Field(Map<String, String> name, String type) {}

    /**
     * Reads these schemas: newer minors of one come later, and stand for the older.
     */
    RecordTerms(SchemaCatalogue schemas) {
        Map<SchemaEntry, Element> documents = new LinkedHashMap<>();
        for (SchemaEntry entry : schemas.entries()) {
            prefixes.put(entry.namespace(), entry.prefix());
            if (HardenedXml.parse(entry.octets(), XmlRules.FOREIGN) instanceof XmlVerdict.Parsed parsed) {
                documents.put(entry, parsed.document().getDocumentElement());
            }
        }
        documents.forEach(this::readRecords); // first, since any schema may refer to any record
        documents.forEach(this::readTypes);
    }

    /** The records' names, as they stand in answers, each with its type. */
    Map<String, String> records() {
        return Map.copyOf(records);
    }

    /** The types by their names. */
    Map<String, Type> types() {
        return Map.copyOf(types);
    }

    private void readRecords(SchemaEntry entry, Element schema) {
        for (Element part : children(schema)) {
            if (part.getLocalName().equals("element")) {
                String name = part.getAttribute("name");
                String type =
                        part.hasAttribute("type") ? type(part, part.getAttribute("type")) : entry.prefix() + ":" + name;
                records.put(entry.prefix() + ":" + name, type);
            }
        }
    }

    private void readTypes(SchemaEntry entry, Element schema) {
        for (Element part : children(schema)) {
            String name = part.getAttribute("name");
            switch (part.getLocalName()) {
                case "element" -> {
                    if (!part.hasAttribute("type")) {
                        anonymous(entry, part, name);
                    }
                }
                case "complexType", "simpleType" -> types.put(entry.prefix() + ":" + name, shape(entry, part, name));
                default -> {
                    // annotations and imports name nothing
                }
            }
        }
    }

    /** The type of an element that has none of its own name, named after where it stands. */
    private String anonymous(SchemaEntry entry, Element element, String path) {
        for (Element part : children(element)) {
            if (part.getLocalName().endsWith("Type")) {
                String name = entry.prefix() + ":" + path;
                types.put(name, shape(entry, part, path));
                return name;
            }
        }
        return "xs:string";
    }

    private Type shape(SchemaEntry entry, Element definition, String path) {
        Map<String, Field> fields = new LinkedHashMap<>();
        Map<String, Map<String, String>> values = new LinkedHashMap<>();
        fill(entry, definition, path, fields, values);
        return new Type(fields.isEmpty() ? null : fields, values.isEmpty() ? null : values);
    }

    private void fill(
            SchemaEntry entry,
            Element definition,
            String path,
            Map<String, Field> fields,
            Map<String, Map<String, String>> values) {
        for (Element part : children(definition)) {
            String name = part.getAttribute("name");
            switch (part.getLocalName()) {
                case "restriction", "extension" -> {
                    if (part.hasAttribute("base")) {
                        inherit(type(part, part.getAttribute("base")), fields, values);
                    }
                    fill(entry, part, path, fields, values);
                }
                case "sequence", "choice", "all", "simpleContent", "complexContent" ->
                    fill(entry, part, path, fields, values);
                case "enumeration" -> values.put(part.getAttribute(VALUE), named(part, part.getAttribute(VALUE), true));
                case "element", "attribute" -> field(entry, part, path + "/" + name, fields);
                default -> {
                    // facets, annotations, wildcards: a wildcard's record is found by its own name
                }
            }
        }
    }

    private void field(SchemaEntry entry, Element part, String path, Map<String, Field> fields) {
        if (part.hasAttribute("ref")) {
            String reference = type(part, part.getAttribute("ref"));
            String local = reference.substring(reference.indexOf(':') + 1);
            fields.put(local, new Field(named(part, local, false), records.getOrDefault(reference, reference)));
            return;
        }
        String name = part.getAttribute("name");
        String type = part.hasAttribute("type") ? type(part, part.getAttribute("type")) : anonymous(entry, part, path);
        // Of a question that is answered by yes or no, the sentence is the name.
        fields.put(name, new Field(named(part, name, "xs:boolean".equals(type)), type));
    }

    /** What a type has of the one it is derived from, or of whose values it is; schemas name types before they use them. */
    private void inherit(String base, Map<String, Field> fields, Map<String, Map<String, String>> values) {
        Type known = types.get(base);
        if (known != null && known.fields() != null) {
            fields.putAll(known.fields());
        }
        if (known != null && known.values() != null) {
            values.putAll(known.values());
        }
    }

    private String type(Element context, String qualifiedName) {
        int colon = qualifiedName.indexOf(':');
        String namespace = context.lookupNamespaceURI(colon < 0 ? null : qualifiedName.substring(0, colon));
        return (namespace == null ? "xs" : prefixes.getOrDefault(namespace, "xs"))
                + ":"
                + qualifiedName.substring(colon + 1);
    }

    /**
     * The names in the schema's documentation. A field's English documentation is a sentence about it, so its English name
     * is made of its name; a coded value's is its name.
     *
     * @param told whether the English documentation is the name
     */
    private static Map<String, String> named(Element part, String name, boolean told) {
        String arabic = name;
        String english = name.equals(name.toUpperCase(Locale.ROOT)) ? name : spaced(name);
        for (Element annotation : children(part)) {
            if (annotation.getLocalName().equals("annotation")) {
                for (Element documentation : children(annotation)) {
                    String text = documentation.getTextContent().strip();
                    String language = documentation.getAttributeNS(XML, "lang");
                    if ("ar".equals(language)) {
                        arabic = text;
                    } else if (told && "en".equals(language)) {
                        english = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
                    }
                }
            }
        }
        return Map.of("ar", arabic, "en", english);
    }

    /** {@code openCount} as {@code Open count}. */
    private static String spaced(String name) {
        String words = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }
}
