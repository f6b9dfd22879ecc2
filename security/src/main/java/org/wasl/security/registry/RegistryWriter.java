package org.wasl.security.registry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
        if (!registry.grace().isZero()) {
            attribute("grace", registry.grace().toString());
        }
        out.append(">\n");
        write(registry.trusted());
        registry.evidence().ifPresent(this::write);
        for (Member member : registry.members()) {
            write(member);
        }
        registry.agreements().forEach(this::write);
        out.append("</registry>\n");
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(Trusted trusted) throws CertificateEncodingException {
        for (TrustAnchor anchor : trusted.anchors()) {
            write("certificateAuthority", anchor);
        }
        for (TrustAnchor intermediate : trusted.intermediates()) {
            write("intermediateAuthority", intermediate);
        }
        trusted.issuers().forEach(this::write);
        for (Federation federation : trusted.federations()) {
            open("  ", "federation");
            attribute("instance", federation.instance());
            out.append(">\n");
            open("    ", "authority");
            certificate(federation.authority(), "authority");
            new TreeSet<>(federation.members()).forEach(member -> single("member", "id", member.toString()));
            out.append("  </federation>\n");
        }
    }

    private void write(String element, TrustAnchor authority) throws CertificateEncodingException {
        open("  ", element);
        attribute("use", authority.use().name());
        if (authority.crl() != null) {
            attribute("crl", authority.crl().toString());
        }
        if (authority.ocsp() != null) {
            attribute("ocsp", authority.ocsp().toString());
        }
        certificate(authority.certificate(), element);
    }

    private void write(IdentityIssuer issuer) {
        open("  ", "identityIssuer");
        attribute("uri", issuer.uri().toString());
        out.append(">\n");
        for (IdentityIssuer.Key key : issuer.keys()) {
            open("    ", "key");
            attribute("kid", key.id());
            attribute("validFrom", INSTANT.format(key.validFrom()));
            attribute("validTo", INSTANT.format(key.validTo()));
            octets(key.key().getEncoded(), "key");
        }
        out.append("  </identityIssuer>\n");
    }

    private void write(EvidencePolicy evidence) {
        open("  ", "evidence");
        out.append(">\n");
        evidence.witnessing().ifPresent(witnessing -> {
            open("    ", "witnessing");
            attribute("quorum", Integer.toString(witnessing.quorum()));
            attribute("alarmAfter", witnessing.alarmAfter().toString());
            attribute("refuseAfter", witnessing.refuseAfter().toString());
            out.append("/>\n");
        });
        evidence.timeStamping().ifPresent(timeStamping -> {
            open("    ", "timeStamping");
            attribute("address", timeStamping.address().toString());
            attribute("every", timeStamping.every().toString());
            attribute("alarmAfter", timeStamping.alarmAfter().toString());
            attribute("refuseAfter", timeStamping.refuseAfter().toString());
            out.append("/>\n");
        });
        for (EvidencePolicy.Witness witness : evidence.witnesses()) {
            open("    ", "witness");
            attribute("name", witness.name());
            attribute("address", witness.address().toString());
            validity(witness.validFrom(), witness.validTo(), witness.compromisedFrom());
            octets(witness.key().getEncoded(), "witness");
        }
        out.append("  </evidence>\n");
    }

    private void validity(Instant from, Instant to, @Nullable Instant compromised) {
        attribute("validFrom", INSTANT.format(from));
        attribute("validTo", INSTANT.format(to));
        if (compromised != null) {
            attribute("compromisedFrom", INSTANT.format(compromised));
        }
    }

    private void write(NoteKey key) {
        open("    ", "noteKey");
        attribute("use", key.use().name());
        attribute("name", key.name());
        validity(key.validFrom(), key.validTo(), key.compromisedFrom());
        URI address = key.address();
        if (address != null) {
            attribute("address", address.toString());
        }
        octets(key.key().getEncoded(), "noteKey");
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
            validity(registered.validFrom(), registered.validTo(), registered.compromisedFrom());
            period("longestLife", registered.longestLife());
            certificate(registered.certificate(), "certificate");
        }
        member.noteKeys().forEach(this::write);
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
        if (service.isEvent()) {
            attribute("kind", service.kind().name());
        }
        attribute("version", Integer.toString(service.id().version()));
        attribute("namespace", service.namespace());
        attribute("schemaVersion", service.schemaVersion());
        if (service.confidential()) {
            attribute("confidential", "true");
        }
        String ownerField = service.ownerField();
        if (ownerField != null) {
            attribute("ownerField", ownerField);
        }
        period("retention", service.retention());
        period("serviceLevel", service.serviceLevel());
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
        if (agreement.confidential()) {
            attribute("confidential", "true");
        }
        period("embargo", agreement.embargo());
        Instant withdrawn = agreement.withdrawn();
        if (withdrawn != null) {
            attribute("withdrawn", INSTANT.format(withdrawn));
        }
        out.append(">\n");
        new TreeMap<>(agreement.purposes()).forEach(this::purpose);
        agreement.actors().forEach(this::write);
        agreement.released().forEach(path -> single("release", "path", path));
        write(agreement.quota());
        OpeningHours hours = agreement.hours();
        if (hours != null) {
            write(hours);
        }
        out.append("  </agreement>\n");
    }

    private void write(ActorRule rule) {
        open("    ", "actor");
        attribute("kind", rule.kind().name());
        attribute("subject", rule.subject().name());
        attribute("assertion", rule.assertionRequired() ? "REQUIRED" : "NONE");
        attribute("assurance", rule.assurance().name());
        out.append("/>\n");
    }

    private void write(Quota quota) {
        if (quota.perMinute().isEmpty() && quota.perDay().isEmpty()) {
            return;
        }
        open("    ", "quota");
        quota.perMinute().ifPresent(limit -> attribute("perMinute", Integer.toString(limit)));
        quota.perDay().ifPresent(limit -> attribute("perDay", Integer.toString(limit)));
        out.append("/>\n");
    }

    private void write(OpeningHours hours) {
        open("    ", "hours");
        attribute("zone", hours.zone().getId());
        out.append(">\n");
        for (OpeningHours.Open open : hours.open()) {
            open("      ", "open");
            attribute("days", open.days().stream().sorted().map(DayOfWeek::name).collect(Collectors.joining(" ")));
            attribute("from", open.from().toString());
            attribute("to", open.to().toString());
            out.append("/>\n");
        }
        out.append("    </hours>\n");
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

    private void period(String name, @Nullable Duration period) {
        if (period != null) {
            attribute(name, period.toString());
        }
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
        octets(certificate.getEncoded(), element);
    }

    private void octets(byte[] octets, String element) {
        out.append('>')
                .append(Base64.getEncoder().encodeToString(octets))
                .append("</")
                .append(element)
                .append(">\n");
    }
}
