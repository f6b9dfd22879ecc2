package org.wasl.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;

/** Reads the schema documents that come with the program. */
final class SchemaDocuments {

    private static final String FOLDER = "xsd/";
    private static final String LIST = FOLDER + "catalogue.txt";
    private static final Pattern FILE = Pattern.compile("([a-z]+)-([0-9]+\\.[0-9]+)\\.xsd");

    /** Prefixes that differ from the schema's name. */
    private static final Map<String, String> PREFIXES = Map.of("envelope", "env", "registry", "reg");

    private SchemaDocuments() {}

    static List<SchemaEntry> load() {
        return new String(read(LIST), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(fileName -> entry(fileName, read(FOLDER + fileName)))
                .toList();
    }

    /**
     * One document, checked against its name.
     *
     * @throws IllegalStateException when it is not what its name says
     */
    static SchemaEntry entry(String fileName, byte[] octets) {
        Matcher file = FILE.matcher(fileName);
        if (!file.matches()) {
            throw new IllegalStateException(fileName + " is not named NAME-MAJOR.MINOR.xsd");
        }
        Element schema = schema(fileName, octets);
        String name = file.group(1);
        SchemaVersion version = SchemaVersion.parse(file.group(2));
        String namespace = schema.getAttribute("targetNamespace");
        if (!namespace.equals("urn:wasl:" + name + ":" + version.major())
                || !schema.getAttribute("version").equals(version.toString())) {
            throw new IllegalStateException(fileName + " carries another namespace or version than its name says");
        }
        Map<String, String> titles = titles(schema);
        return new SchemaEntry(
                namespace,
                name,
                version,
                PREFIXES.getOrDefault(name, name),
                titles.getOrDefault("ar", ""),
                titles.getOrDefault("en", ""),
                imports(schema),
                octets);
    }

    private static Element schema(String fileName, byte[] octets) {
        XmlVerdict verdict = HardenedXml.parse(octets, XmlRules.FOREIGN);
        if (verdict instanceof XmlVerdict.Parsed parsed) {
            return parsed.document().getDocumentElement();
        }
        throw new IllegalStateException(fileName + " cannot be parsed: " + verdict);
    }

    private static Set<String> imports(Element schema) {
        Set<String> imports = new HashSet<>();
        for (Node child = schema.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (isSchemaElement(child, "import")) {
                imports.add(((Element) child).getAttribute("namespace"));
            }
        }
        return imports;
    }

    /** The schema's own documentation, by language. */
    private static Map<String, String> titles(Element schema) {
        Map<String, String> titles = new HashMap<>();
        for (Node child = schema.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (!isSchemaElement(child, "annotation")) {
                continue;
            }
            for (Node text = child.getFirstChild(); text != null; text = text.getNextSibling()) {
                if (isSchemaElement(text, "documentation")) {
                    String language = ((Element) text).getAttributeNS(XMLConstants.XML_NS_URI, "lang");
                    titles.putIfAbsent(language, text.getTextContent().strip());
                }
            }
        }
        return titles;
    }

    private static boolean isSchemaElement(Node node, String localName) {
        return node instanceof Element element
                && XMLConstants.W3C_XML_SCHEMA_NS_URI.equals(element.getNamespaceURI())
                && localName.equals(element.getLocalName());
    }

    private static byte[] read(String resource) {
        try (InputStream in = SchemaDocuments.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("the program's resource cannot be read: " + resource, e);
        }
    }
}
