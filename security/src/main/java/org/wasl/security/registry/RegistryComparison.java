package org.wasl.security.registry;

import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlVerdict;
import org.wasl.security.crypto.CryptoProvider;

/**
 * What differs between two registries, in the schema's own words. It compares their written form, element by element,
 * each found by what identifies it among its like: whatever the schema gains, nothing goes unnoticed.
 */
public final class RegistryComparison {

    /** How many hexadecimal digits of a certificate's or key's SHA-256 name it. */
    public static final int FINGERPRINT_DIGITS = 16;

    private static final Set<String> TERMS = Set.of("version", "issued", "expires");

    /** By which attributes an element is known; of any other element by all of them. */
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("member", List.of("id")),
            Map.entry("agreement", List.of("id")),
            Map.entry("node", List.of("id")),
            Map.entry("subsystem", List.of("code")),
            Map.entry("service", List.of("code", "version")),
            Map.entry("parameter", List.of("name")),
            Map.entry("name", List.of("lang")),
            Map.entry("actor", List.of("kind", "subject")),
            Map.entry("release", List.of("path")),
            Map.entry("purpose", List.of("code", "legalBasis")),
            Map.entry("quota", List.of()),
            Map.entry("hours", List.of()),
            Map.entry("identityIssuer", List.of("uri")),
            Map.entry("federation", List.of("instance")),
            Map.entry("evidence", List.of()),
            Map.entry("witnessing", List.of()),
            Map.entry("timeStamping", List.of()),
            Map.entry("witness", List.of("name")),
            Map.entry("noteKey", List.of("use", "name")),
            Map.entry("key", List.of("kid")),
            Map.entry("certificate", List.of("use")),
            Map.entry("certificateAuthority", List.of("use")),
            Map.entry("intermediateAuthority", List.of("use")));

    private final List<RegistryChange> changes = new ArrayList<>();

    private RegistryComparison() {}

    /**
     * Every difference, in the order of the schema.
     *
     * @param terms whether version, issue and expiry count: those of a draft mean nothing
     * @throws CertificateEncodingException when a certificate in one of them cannot be encoded
     */
    public static List<RegistryChange> changes(Registry before, Registry after, boolean terms)
            throws CertificateEncodingException {
        RegistryComparison comparison = new RegistryComparison();
        Element old = root(before);
        Element now = root(after);
        if (!terms) {
            TERMS.forEach(old::removeAttribute);
            TERMS.forEach(now::removeAttribute);
        }
        comparison.compare(old, now, "", "");
        return List.copyOf(comparison.changes);
    }

    /** The name of a certificate or key, by its DER. */
    public static String fingerprint(byte[] der) {
        return HexFormat.of().formatHex(CryptoProvider.chosen().sha256(der)).substring(0, FINGERPRINT_DIGITS);
    }

    private static Element root(Registry registry) throws CertificateEncodingException {
        XmlVerdict verdict = HardenedXml.parse(RegistryXml.write(registry), RegistryXml.PUBLISHED);
        if (verdict instanceof XmlVerdict.Parsed parsed) {
            return parsed.document().getDocumentElement();
        }
        throw new IllegalStateException("what was written cannot be read");
    }

    private void compare(Element before, Element after, String id, String within) {
        String element = after.getLocalName();
        Map<String, String> old = attributes(before);
        Map<String, String> now = attributes(after);
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            String was = old.getOrDefault(name, "");
            String is = now.getOrDefault(name, "");
            if (!was.equals(is)) {
                changes.add(new RegistryChange(RegistryChange.Kind.CHANGED, element, id, within, name, was, is));
            }
        }
        if (!text(before).equals(text(after))) {
            changes.add(new RegistryChange(
                    RegistryChange.Kind.CHANGED, element, id, within, "text", text(before), text(after)));
        }
        String inner = id.isEmpty() ? within : id;
        Map<String, Element> oldChildren = children(before, inner);
        Map<String, Element> newChildren = children(after, inner);
        oldChildren.forEach((key, child) -> {
            @Nullable Element counterpart = newChildren.get(key);
            if (counterpart == null) {
                changes.add(new RegistryChange(
                        RegistryChange.Kind.REMOVED,
                        child.getLocalName(),
                        id(child, inner),
                        inner,
                        "",
                        says(child),
                        ""));
            } else {
                compare(child, counterpart, id(child, inner), inner);
            }
        });
        newChildren.forEach((key, child) -> {
            if (!oldChildren.containsKey(key)) {
                changes.add(new RegistryChange(
                        RegistryChange.Kind.ADDED, child.getLocalName(), id(child, inner), inner, "", "", says(child)));
            }
        });
    }

    /** The children by what identifies them; of several alike, each after the first has its number too. */
    private static Map<String, Element> children(Element parent, String within) {
        Map<String, Element> found = new LinkedHashMap<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                String key = child.getLocalName() + " " + id(child, within);
                String unique = key;
                for (int i = 2; found.containsKey(unique); i++) {
                    unique = key + " " + i;
                }
                found.put(unique, child);
            }
        }
        return found;
    }

    private static String id(Element element, String within) {
        String own = key(element);
        return switch (element.getLocalName()) {
            case "subsystem" -> within + "/" + own;
            case "service" -> within + "/" + element.getAttribute("code") + "/v" + element.getAttribute("version");
            default -> own;
        };
    }

    private static String key(Element element) {
        List<String> parts = new ArrayList<>();
        @Nullable List<String> names = KEYS.get(element.getLocalName());
        if (names == null) {
            attributesOf(element).forEach((name, value) -> parts.add(name + "=" + value));
        } else {
            names.stream()
                    .map(element::getAttribute)
                    .filter(value -> !value.isEmpty())
                    .forEach(parts::add);
        }
        if (isBinary(element)) {
            parts.add(fingerprint(Base64.getMimeDecoder().decode(text(element))));
        }
        return String.join(" ", parts);
    }

    /** Certificates and keys stand as text, and are known by it. */
    private static boolean isBinary(Element element) {
        return !element.getLocalName().equals("name") && !text(element).isEmpty();
    }

    private static Map<String, String> attributes(Element element) {
        Map<String, String> attributes = attributesOf(element);
        @Nullable List<String> names = KEYS.get(element.getLocalName());
        if (names == null && element.getParentNode() instanceof Element) {
            return Map.of();
        }
        if (names != null) {
            names.forEach(attributes::remove);
        }
        return attributes;
    }

    private static Map<String, String> attributesOf(Element element) {
        Map<String, String> attributes = new TreeMap<>();
        NamedNodeMap all = element.getAttributes();
        for (int i = 0; i < all.getLength(); i++) {
            Attr attribute = (Attr) all.item(i);
            if (!attribute.getName().startsWith("xmlns")) {
                attributes.put(attribute.getName(), attribute.getValue());
            }
        }
        return attributes;
    }

    /** What an element says beyond its identifier: its attributes, and what it holds. */
    private static String says(Element element) {
        List<String> parts = new ArrayList<>();
        attributes(element).forEach((name, value) -> parts.add(name + " " + value));
        Map<String, List<String>> held = new LinkedHashMap<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                String own = child.getLocalName().equals("name") ? text(child) : key(child);
                held.computeIfAbsent(child.getLocalName(), name -> new ArrayList<>())
                        .add(own);
            }
        }
        held.forEach((name, ids) -> parts.add(name + " " + String.join(", ", ids)));
        return parts.stream().collect(Collectors.joining("; "));
    }

    private static String text(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element) {
                return "";
            }
            text.append(node.getNodeValue());
        }
        return text.toString().strip();
    }
}
