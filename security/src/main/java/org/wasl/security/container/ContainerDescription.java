package org.wasl.security.container;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlRules;
import org.wasl.schemas.xml.XmlVerdict;
import org.wasl.security.crypto.CryptoProvider;

/**
 * What is in a container, for people and scripts. It describes what the container claims; only a verdict says whether
 * that is true. It never shows the payload.
 *
 * @param entries the entries in order
 * @param header the header
 * @param headerDigest SHA-256 of {@code header.xml}, lower-case hexadecimal
 * @param payloadDigest SHA-256 of the payload, lower-case hexadecimal
 * @param signature the signature
 * @param certificate the certificate that the signature carries
 */
public record ContainerDescription(
        List<Entry> entries,
        Header header,
        String headerDigest,
        String payloadDigest,
        Signature signature,
        Certificate certificate) {

    /**
     * One entry.
     *
     * @param name its name
     * @param octets how many octets it has
     * @param digest SHA-256 of them, lower-case hexadecimal
     */
    public record Entry(String name, int octets, String digest) {}

    /**
     * The signature.
     *
     * @param algorithm the signature algorithm's URI
     * @param signingTime when it claims to have been made
     * @param references what it covers
     */
    public record Signature(String algorithm, Instant signingTime, List<String> references) {
        public Signature {
            references = List.copyOf(references);
        }
    }

    /**
     * A certificate.
     *
     * @param subject whose it is
     * @param issuer who issued it
     * @param serial its serial number, hexadecimal
     * @param notBefore from when it is valid
     * @param notAfter until when it is valid
     * @param digest SHA-256 of its octets, lower-case hexadecimal
     */
    public record Certificate(
            String subject, String issuer, String serial, Instant notBefore, Instant notAfter, String digest) {}

    public ContainerDescription {
        entries = List.copyOf(entries);
    }

    /**
     * Describes a container that was opened.
     *
     * @throws IllegalArgumentException when its octets are not those of an opened container, or its certificate cannot
     *     be parsed
     */
    public static ContainerDescription of(Container container) {
        try {
            return describe(container);
        } catch (Refusal | CertificateException e) {
            throw new IllegalArgumentException("the container cannot be described: " + e.getMessage(), e);
        }
    }

    private static ContainerDescription describe(Container container) throws Refusal, CertificateException {
        CryptoProvider crypto = CryptoProvider.chosen();
        List<StrictZip.Entry> read = StrictZip.read(container.octets(), ContainerLimits.standard());
        StrictZip.Entry payload = read.get(3);
        byte[] signatures = read.get(4).octets();
        if (!(HardenedXml.parse(signatures, XmlRules.WIRE) instanceof XmlVerdict.Parsed parsed)) {
            throw new IllegalArgumentException("the container's signature is not well-formed");
        }
        SignatureStructure.Read signature = SignatureStructure.read(
                parsed.document(),
                signatures,
                payload.name(),
                container.header().payloadMediaType());
        X509Certificate x509 = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(signature.certificate()));
        return new ContainerDescription(
                read.stream()
                        .map(e -> new Entry(e.name(), e.octets().length, crypto.sha256Hex(e.octets())))
                        .toList(),
                container.header(),
                container.headerDigest(),
                container.payloadDigest(),
                new Signature(
                        signature.method().uri(),
                        Instant.parse(signature.variables().signingTime()),
                        List.of(EntryNames.HEADER, payload.name(), "#" + SignatureXml.PROPERTIES_ID)),
                new Certificate(
                        x509.getSubjectX500Principal().getName(),
                        x509.getIssuerX500Principal().getName(),
                        x509.getSerialNumber().toString(16),
                        x509.getNotBefore().toInstant(),
                        x509.getNotAfter().toInstant(),
                        crypto.sha256Hex(signature.certificate())));
    }

    /** The description as nested maps and lists of strings and numbers, in a stable order: for JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        List<Object> files = new ArrayList<>();
        for (Entry entry : entries) {
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("name", entry.name());
            file.put("octets", entry.octets());
            file.put("sha256", entry.digest());
            files.add(file);
        }
        map.put("entries", files);
        map.put("header", headerFields());
        Map<String, Object> signed = new LinkedHashMap<>();
        signed.put("profile", "ASiC-E, XAdES baseline B");
        signed.put("algorithm", signature.algorithm());
        signed.put("signingTime", signature.signingTime().toString());
        signed.put("references", signature.references());
        map.put("signature", signed);
        Map<String, Object> by = new LinkedHashMap<>();
        by.put("subject", certificate.subject());
        by.put("issuer", certificate.issuer());
        by.put("serial", certificate.serial());
        by.put("notBefore", certificate.notBefore().toString());
        by.put("notAfter", certificate.notAfter().toString());
        by.put("sha256", certificate.digest());
        map.put("certificate", by);
        return map;
    }

    /** The header's fields by their element names, absent ones left out. */
    private Map<String, Object> headerFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("messageId", header.messageId().toString());
        fields.put("correlationId", header.correlationId());
        fields.put("kind", header.kind().name());
        fields.put("sender", header.sender().toString());
        fields.put("consumer", header.consumer().toString());
        fields.put("provider", header.provider().toString());
        fields.put("service", header.service().toString());
        fields.put("schemaVersion", header.schemaVersion());
        fields.put("payloadMediaType", header.payloadMediaType());
        present(fields, "plainPayloadDigest", header.plainPayloadDigest());
        fields.put("actorKind", header.actor().kind().name());
        fields.put("actorAssurance", header.actor().assurance().name());
        fields.put("actorId", header.actor().id());
        present(fields, "actorAssertionDigest", header.actor().assertionDigest());
        present(fields, "representedParty", header.representedParty());
        fields.put("purpose", header.purpose());
        fields.put("legalBasis", header.legalBasis());
        fields.put("channel", header.channel());
        fields.put("locale", header.locale());
        fields.put("priority", header.priority().name());
        fields.put("issued", header.issued().toString());
        fields.put("expires", header.expires().toString());
        present(fields, "idempotencyKey", header.idempotencyKey());
        InReplyTo request = header.inReplyTo();
        if (request != null) {
            fields.put("inReplyTo", request.messageId().toString());
            fields.put("inReplyToHeaderDigest", request.headerDigest());
            fields.put("inReplyToPayloadDigest", request.payloadDigest());
        }
        return fields;
    }

    private static void present(Map<String, Object> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /** The description as lines of text for a terminal. */
    public List<String> toLines() {
        List<String> lines = new ArrayList<>();
        lines.add("Entries");
        entries.forEach(e -> lines.add(String.format("  %-24s %8d  %s", e.name(), e.octets(), e.digest())));
        lines.add("Header");
        headerFields().forEach((name, value) -> lines.add(line(name, value)));
        lines.add("Signature");
        lines.add(line("algorithm", signature.algorithm()));
        lines.add(line("signingTime", signature.signingTime()));
        lines.add(line("references", String.join(", ", signature.references())));
        lines.add("Certificate");
        lines.add(line("subject", certificate.subject()));
        lines.add(line("issuer", certificate.issuer()));
        lines.add(line("serial", certificate.serial()));
        lines.add(line("valid", certificate.notBefore() + " to " + certificate.notAfter()));
        lines.add(line("sha256", certificate.digest()));
        return lines;
    }

    private static String line(String name, Object value) {
        return String.format("  %-24s %s", name, value);
    }
}
