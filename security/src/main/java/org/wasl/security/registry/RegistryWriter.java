package org.wasl.security.registry;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.wasl.schemas.xml.XmlText;

/** Writes a registry as XML: one element a line, so that two versions can be compared by eye. */
final class RegistryWriter {

    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder(64 * 1024);

    byte[] write(Registry registry) throws CertificateEncodingException {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<registry xmlns=\"urn:wasl:registry:1\"");
        attribute("instance", registry.instance());
        attribute("version", Long.toString(registry.version()));
        attribute("issued", INSTANT.format(registry.issued()));
        attribute("expires", INSTANT.format(registry.expires()));
        out.append(">\n");
        for (TrustAnchor anchor : registry.anchors()) {
            open("  ", "certificateAuthority");
            attribute("use", anchor.use().name());
            if (anchor.crl() != null) {
                attribute("crl", anchor.crl().toString());
            }
            certificate(anchor.certificate(), "certificateAuthority");
        }
        for (Member member : registry.members()) {
            write(member);
        }
        registry.agreements().forEach(this::write);
        out.append("</registry>\n");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(Member member) throws CertificateEncodingException {
        open("  ", "member");
        attribute("id", member.id().toString());
        out.append(">\n");
        names("    ", member.name());
        for (String node : member.nodes()) {
            open("    ", "node");
            attribute("id", node);
            out.append("/>\n");
        }
        for (RegisteredCertificate registered : member.certificates()) {
            open("    ", "certificate");
            attribute("use", registered.use().name());
            attribute("validFrom", INSTANT.format(registered.validFrom()));
            attribute("validTo", INSTANT.format(registered.validTo()));
            Instant compromised = registered.compromisedFrom();
            if (compromised != null) {
                attribute("compromisedFrom", INSTANT.format(compromised));
            }
            certificate(registered.certificate(), "certificate");
        }
        member.subsystems().forEach(this::write);
        out.append("  </member>\n");
    }

    private void write(Subsystem subsystem) {
        open("    ", "subsystem");
        attribute("code", subsystem.id().code());
        out.append(">\n");
        names("      ", subsystem.name());
        subsystem.services().forEach(this::write);
        out.append("    </subsystem>\n");
    }

    private void write(Service service) {
        open("      ", "service");
        attribute("code", service.id().code());
        attribute("version", Integer.toString(service.id().version()));
        attribute("namespace", service.namespace());
        attribute("schemaVersion", service.schemaVersion());
        attribute("methods", String.join(" ", new TreeSet<>(service.methods())));
        out.append(">\n");
        names("        ", service.name());
        for (Parameter parameter : service.parameters()) {
            open("        ", "parameter");
            attribute("name", parameter.name());
            attribute("required", Boolean.toString(parameter.required()));
            if (parameter.pattern() != null) {
                attribute("pattern", parameter.pattern().pattern());
            }
            attribute("subject", Boolean.toString(parameter.subject()));
            out.append("/>\n");
        }
        out.append("      </service>\n");
    }

    private void write(Agreement agreement) {
        open("  ", "agreement");
        attribute("id", agreement.id());
        attribute("consumer", agreement.consumer().toString());
        attribute("service", agreement.service().toString());
        attribute("validFrom", INSTANT.format(agreement.validFrom()));
        attribute("validTo", INSTANT.format(agreement.validTo()));
        out.append(">\n");
        new TreeMap<>(agreement.purposes()).forEach(this::purpose);
        agreement.actors().stream().sorted().forEach(kind -> single("actor", "kind", kind.name()));
        agreement.released().forEach(path -> single("release", "path", path));
        agreement.perMinute().ifPresent(limit -> single("quota", "perMinute", Integer.toString(limit)));
        out.append("  </agreement>\n");
    }

    private void purpose(String code, Set<String> legalBases) {
        for (String legalBasis : new TreeSet<>(legalBases)) {
            open("    ", "purpose");
            attribute("code", code);
            attribute("legalBasis", legalBasis);
            out.append("/>\n");
        }
    }

    private void single(String element, String name, String value) {
        open("    ", element);
        attribute(name, value);
        out.append("/>\n");
    }

    private void names(String indent, Label label) {
        name(indent, "ar", label.arabic());
        name(indent, "en", label.english());
    }

    private void name(String indent, String lang, String text) {
        open(indent, "name");
        attribute("lang", lang);
        out.append('>').append(XmlText.text(text)).append("</name>\n");
    }

    private void open(String indent, String element) {
        out.append(indent).append('<').append(element);
    }

    private void attribute(String name, String value) {
        out.append(' ')
                .append(name)
                .append("=\"")
                .append(XmlText.attribute(value))
                .append('"');
    }

    private void certificate(X509Certificate certificate, String element) throws CertificateEncodingException {
        out.append('>')
                .append(Base64.getEncoder().encodeToString(certificate.getEncoded()))
                .append("</")
                .append(element)
                .append(">\n");
    }
}
