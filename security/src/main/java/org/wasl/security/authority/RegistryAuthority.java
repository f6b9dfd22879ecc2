package org.wasl.security.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.w3c.dom.Element;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.xml.HardenedXml;
import org.wasl.schemas.xml.XmlText;
import org.wasl.schemas.xml.XmlVerdict;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.keys.Pkcs12File;
import org.wasl.security.registry.DraftExamination;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryProblem;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistrySignature;
import org.wasl.security.registry.RegistrySource;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;

/**
 * The registry's authority at its own desk: a directory with its key, the draft, and what it signed last. No node needs
 * any of it but the certificate.
 */
public final class RegistryAuthority {

    /** The name under which people see the certificate. */
    private static final String COMMON_NAME = " registry authority";

    private static final String ALIAS = "wasl";
    private static final int MAX_PEM_OCTETS = 64 * 1024;
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path directory;
    private final VersionCounter versions;

    /** @param directory where everything of it is */
    public RegistryAuthority(Path directory) {
        this.directory = directory;
        this.versions = new VersionCounter(directory.resolve("registry-version"));
    }

    /** Its key, PKCS#12. */
    public Path keyFile() {
        return directory.resolve("registry-authority.p12");
    }

    /** Its certificate, PEM: what nodes pin. */
    public Path certificateFile() {
        return directory.resolve("registry-authority.pem");
    }

    /** The registry as its operator edits it. */
    public Path draftFile() {
        return directory.resolve("draft.xml");
    }

    /** Where the registry is that it signed last, with its signature. */
    public Path signedDirectory() {
        return directory.resolve("signed");
    }

    /** A draft of a registry without members. */
    public static byte[] emptyDraft(String instance) {
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<registry xmlns=\"" + RegistryXml.NAMESPACE
                        + "\" instance=\"" + XmlText.attribute(instance)
                        + "\" version=\"1\" issued=\"2026-01-01T00:00:00.000Z\" expires=\"2026-01-02T00:00:00.000Z\">\n"
                        + "</registry>\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Makes key, certificate and draft.
     *
     * @param instance the instance that it speaks for
     * @param password opens the key from now on
     * @param draft the first draft; a draft that is there already stays
     * @throws FileAlreadyExistsException when there is a key already: nothing ever replaces it
     */
    public void create(String instance, String password, byte[] draft, Clock clock)
            throws IOException, GeneralSecurityException {
        AtomicFile.directory(directory, Readers.OWNER);
        if (Files.exists(keyFile())) {
            throw new FileAlreadyExistsException(keyFile().toString());
        }
        KeyEntry key = CertificateAuthority.createSigner(instance, instance + COMMON_NAME, clock);
        Pkcs12File.writeKey(keyFile(), ALIAS, key, password);
        AtomicFile.write(certificateFile(), Pem.certificates(List.of(key.certificate())), Readers.EVERYBODY);
        if (!Files.exists(draftFile())) {
            writeDraft(draft);
        }
    }

    public byte[] readDraft() throws IOException {
        return AtomicFile.read(draftFile(), RegistryXml.MAX_OCTETS);
    }

    /** Keeps a draft; whoever calls has examined it. */
    public void writeDraft(byte[] draft) throws IOException {
        AtomicFile.write(draftFile(), draft, Readers.EVERYBODY);
    }

    /** Reads the certificate. */
    public X509Certificate certificate() throws IOException, GeneralSecurityException {
        return readCertificate(certificateFile());
    }

    /** Reads a certificate, PEM or DER. */
    public static X509Certificate readCertificate(Path file) throws IOException, GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(AtomicFile.read(file, MAX_PEM_OCTETS)));
    }

    /** The last version that was signed here; 0 when none was. */
    public long lastVersion() throws IOException {
        return versions.last();
    }

    /** What was signed last; empty when nothing was. */
    public Optional<SignedRegistry> signed() throws IOException {
        return Files.exists(signedDirectory().resolve(RegistrySource.REGISTRY))
                ? Optional.of(SignedRegistry.read(signedDirectory()))
                : Optional.empty();
    }

    /**
     * Signs the draft as the next version. What a node would refuse is not signed.
     *
     * @param password opens the key
     * @throws IOException when a file cannot be read or written, or the password is wrong
     * @throws GeneralSecurityException when the key cannot sign
     */
    public SigningOutcome sign(RegistryXml xml, SigningTerms terms, String password, Instant now)
            throws IOException, GeneralSecurityException {
        long last = versions.last();
        long version = terms.version().orElse(last + 1);
        if (version <= last) {
            return refused("version " + version + " is not higher than version " + last + ", which was signed before");
        }
        byte[] draft = readDraft();
        DraftExamination examined = xml.examineDraft(draft);
        if (examined.registry().isEmpty()) {
            return new SigningOutcome.Refused(examined.problems());
        }
        Instant issued = now.truncatedTo(ChronoUnit.MILLIS);
        byte[] octets = dated(draft, xml, terms, version, issued);
        // Read back as a node will: the authority publishes nothing that a node would refuse.
        RegistryReading reading = xml.read(octets);
        if (reading instanceof RegistryReading.Refused unreadable) {
            return refused(unreadable.fault().detail());
        }
        KeyEntry key = Pkcs12File.readKey(keyFile(), password);
        SignedRegistry signed =
                new SignedRegistry(octets, RegistrySignature.sign(octets, key.key(), key.certificate()));
        Optional<Fault> unsigned = RegistrySignature.refusal(octets, signed.signature(), certificate(), issued);
        if (unsigned.isPresent()) {
            return refused(unsigned.get().detail());
        }
        versions.give(version);
        signed.write(signedDirectory());
        return new SigningOutcome.Signed(((RegistryReading.Readable) reading).registry());
    }

    private static SigningOutcome refused(String message) {
        return new SigningOutcome.Refused(List.of(new RegistryProblem(message, -1, -1)));
    }

    /** The draft with version and dates, in the form in which registries are published. */
    private static byte[] dated(byte[] draft, RegistryXml xml, SigningTerms terms, long version, Instant issued)
            throws GeneralSecurityException {
        XmlVerdict verdict = HardenedXml.parse(draft, RegistryXml.DRAFT);
        Element root = ((XmlVerdict.Parsed) verdict).document().getDocumentElement();
        root.setAttribute("version", Long.toString(version));
        root.setAttribute("issued", INSTANT.format(issued));
        root.setAttribute("expires", INSTANT.format(issued.plus(terms.validity())));
        terms.grace()
                .map(grace -> Duration.ofSeconds(grace.toSeconds()).toString())
                .ifPresent(grace -> root.setAttribute("grace", grace));
        DraftExamination examined = xml.examineDraft(HardenedXml.serialise(root));
        Registry registry = examined.registry()
                .orElseThrow(
                        () -> new IllegalStateException("a draft became wrong by its dates: " + examined.problems()));
        return RegistryXml.write(registry);
    }
}
