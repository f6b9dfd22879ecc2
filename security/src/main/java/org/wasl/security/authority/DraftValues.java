package org.wasl.security.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.registry.RegistryXml;

/**
 * Puts what an order says into an element: attributes by their names, {@code ar} and {@code en} for its names,
 * {@code pem} for the file of a certificate or key, and elements below it as {@code NAME=VALUE,ATTRIBUTE=VALUE}.
 */
final class DraftValues {

    /** The fewest digits by which a certificate or key is known. */
    static final int LEAST_DIGITS = 8;

    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Set<String> INSTANTS = Set.of("validFrom", "validTo", "compromisedFrom", "withdrawn");
    private static final Set<String> LANGUAGES = Set.of("ar", "en");
    private static final Set<String> QUOTAS = Set.of("perMinute", "perDay");
    private static final Pattern ARMOUR =
            Pattern.compile("-----BEGIN (CERTIFICATE|PUBLIC KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final Pattern COMMA = Pattern.compile(",");
    private static final int MAX_PEM_OCTETS = 64 * 1024;

    private final Instant now;

    DraftValues(Instant now) {
        this.now = now;
    }

    /** Lets the element say this; a name with an empty value is unsaid. */
    void say(Element element, DraftKind kind, Map<String, List<String>> values) {
        Map<String, List<String>> ordered = new LinkedHashMap<>(values);
        // The certificate first: its own dates stand unless others are given.
        @Nullable List<String> pem = ordered.remove("pem");
        if (pem != null) {
            binary(element, kind, last(pem));
        }
        ordered.forEach((name, given) -> say(element, kind, name, given));
    }

    private void say(Element element, DraftKind kind, String name, List<String> given) {
        if (LANGUAGES.contains(name) && kind.order().contains("name")) {
            label(element, kind, name, last(given));
        } else if (QUOTAS.contains(name) && kind == DraftKind.AGREEMENT) {
            attribute(only(element, "quota", kind.order()), name, last(given));
        } else if (name.equals("open") && kind == DraftKind.AGREEMENT) {
            replace(only(element, "hours", kind.order()), "open", "days", given, List.of("open"));
        } else if (kind.children().containsKey(name)) {
            replace(element, name, kind.children().get(name), given, kind.order());
        } else if (kind == DraftKind.IDENTITY_ISSUER) {
            attribute(only(element, "key", kind.order()), name, last(given));
        } else {
            attribute(element, name, last(given));
        }
    }

    private static String last(List<String> given) {
        return given.get(given.size() - 1);
    }

    private void attribute(Element element, String name, String value) {
        if (value.isEmpty()) {
            element.removeAttribute(name);
        } else {
            element.setAttribute(name, INSTANTS.contains(name) ? instant(name, value) : value);
        }
    }

    /** A day, an instant or {@code now} in the registry's own form. */
    private String instant(String name, String value) {
        try {
            Instant instant = value.equals("now")
                    ? now
                    : value.contains("T")
                            ? Instant.parse(value)
                            : LocalDate.parse(value)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant();
            return INSTANT.format(instant.truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    name + " is a day such as 2027-01-31, an instant such as 2027-01-31T08:00:00Z, or now", e);
        }
    }

    private static void label(Element element, DraftKind kind, String language, String text) {
        Element name = DraftEdit.children(element, "name").stream()
                .filter(found -> found.getAttribute("lang").equals(language))
                .findFirst()
                .orElseGet(() -> {
                    Element added = create(element, "name");
                    added.setAttribute("lang", language);
                    insert(element, added, kind.order());
                    return added;
                });
        name.setTextContent(text);
    }

    private static Element only(Element parent, String name, List<String> order) {
        return DraftEdit.children(parent, name).stream().findFirst().orElseGet(() -> {
            Element added = create(parent, name);
            insert(parent, added, order);
            return added;
        });
    }

    private void replace(Element parent, String name, String main, List<String> given, List<String> order) {
        DraftEdit.children(parent, name).forEach(parent::removeChild);
        for (String value : given) {
            if (value.isEmpty()) {
                continue;
            }
            Element added = create(parent, name);
            for (String part : COMMA.split(value)) {
                int equals = part.indexOf('=');
                attribute(
                        added,
                        equals < 0 ? main : part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
            insert(parent, added, order);
        }
    }

    private void binary(Element element, DraftKind kind, String file) {
        byte[] der = read(Path.of(file));
        switch (kind) {
            case IDENTITY_ISSUER -> only(element, "key", kind.order()).setTextContent(base64(der));
            case FEDERATION -> only(element, "authority", kind.order()).setTextContent(base64(der));
            case CERTIFICATE -> {
                element.setTextContent(base64(der));
                X509Certificate certificate = certificate(der, file);
                attribute(
                        element,
                        "validFrom",
                        certificate.getNotBefore().toInstant().toString());
                attribute(
                        element,
                        "validTo",
                        certificate.getNotAfter().toInstant().toString());
            }
            case WITNESS -> element.setTextContent(base64(der));
            default -> {
                if (!kind.binary()) {
                    throw new IllegalArgumentException("a " + kind.wireName() + " has neither certificate nor key");
                }
                element.setTextContent(base64(der));
            }
        }
    }

    private static byte[] read(Path file) {
        String text;
        try {
            text = new String(AtomicFile.read(file, MAX_PEM_OCTETS), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        }
        Matcher armour = ARMOUR.matcher(text);
        if (!armour.find()) {
            throw new IllegalArgumentException(file + " holds no certificate and no public key as PEM");
        }
        return Base64.getMimeDecoder().decode(armour.group(2));
    }

    private static X509Certificate certificate(byte[] der, String file) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(file + " holds no certificate", e);
        }
    }

    private static String base64(byte[] der) {
        return Base64.getEncoder().encodeToString(der);
    }

    /** The name of the certificate or key that an element holds: the beginning of its SHA-256. */
    static String fingerprint(Element element) {
        return CryptoProvider.chosen().sha256Hex(Base64.getMimeDecoder().decode(element.getTextContent()));
    }

    private static Element create(Element parent, String name) {
        return parent.getOwnerDocument().createElementNS(RegistryXml.NAMESPACE, name);
    }

    /** Puts it behind its like, and before what the schema wants after it. */
    static void insert(Element parent, Element added, List<String> order) {
        int rank = order.indexOf(added.getLocalName());
        @Nullable Node before = null;
        for (Node node = parent.getFirstChild(); node != null && before == null; node = node.getNextSibling()) {
            if (node instanceof Element sibling && order.indexOf(sibling.getLocalName()) > rank) {
                before = node;
            }
        }
        parent.insertBefore(added, before);
    }
}
