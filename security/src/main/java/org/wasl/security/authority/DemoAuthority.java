package org.wasl.security.authority;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.keys.KeyCustody;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.keys.Pkcs12Custody;
import org.wasl.security.keys.Pkcs12File;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.NoteKey;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryRefusedException;
import org.wasl.security.registry.RegistrySource;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.TrustAnchor;
import org.wasl.security.registry.Trusted;

/**
 * The authority of the demonstration: everything that in production belongs to an organisation of its own, made in the
 * data directory at first start. What it makes is real: roots, certificates, revocation lists and a signed registry, by
 * the same code as elsewhere; only that one process holds all keys is not.
 */
public final class DemoAuthority {

    /** Where certificates say that revocation lists are published, unless told otherwise; a name reserved for examples. */
    public static final URI EXAMPLE_PUBLICATION = URI.create("http://pki.wasl.example/");

    private static final Duration MEMBER_VALIDITY = Duration.ofDays(730);
    private static final Duration LIST_VALIDITY = Duration.ofDays(30);
    private static final List<String> LOCAL_HOSTS = List.of("localhost", "127.0.0.1", "::1");
    private static final String MESSAGE_ROOT = "message-ca";
    private static final String TLS_ROOT = "tls-ca";
    private static final String ENCRYPTION_ROOT = "encryption-ca";
    private static final String TIMESTAMP_ROOT = Pki.issuing(CertificateUse.TIMESTAMP);

    private final TrustFiles files;
    private final RegistryXml xml;
    private final URI publication;
    private final DemoServices services;
    private final Clock clock;
    private final StoredKeys keys;
    private final KeyCustody custody;

    private record Authorities(
            CertificateAuthority message, CertificateAuthority tls, CertificateAuthority encryption) {}

    /**
     * @param files where everything goes
     * @param xml reads registries
     * @param publication where certificates say that revocation lists are published; ends with {@code /}
     */
    public DemoAuthority(TrustFiles files, RegistryXml xml, URI publication, Clock clock) {
        this(files, xml, publication, DemoServices.NONE, new Pkcs12Custody(files.keys(), files.secrets()), clock);
    }

    /**
     * @param files where everything goes that is no member's key
     * @param xml reads registries
     * @param publication where certificates say that revocation lists are published; ends with {@code /}
     * @param services what serves the demonstration beside its nodes
     * @param custody where members' keys are made and kept
     */
    public DemoAuthority(
            TrustFiles files,
            RegistryXml xml,
            URI publication,
            DemoServices services,
            KeyCustody custody,
            Clock clock) {
        this.files = files;
        this.xml = xml;
        this.publication = publication;
        this.services = services;
        this.clock = clock;
        this.keys = new StoredKeys(files.secrets(), clock);
        this.custody = custody;
    }

    /**
     * Makes what is missing, renews what is about to end, and publishes the registry if it would differ from the
     * published one. Called at each start, and daily in a node that stays up; calling it again changes nothing.
     *
     * @param draft the registry without certificates, for example {@link DemoRegistry#draft()}
     * @return the published registry
     * @throws RegistryRefusedException when the draft is not a registry that could be published
     * @throws IOException when a file cannot be read or written
     * @throws GeneralSecurityException when a key or certificate cannot be made
     */
    public Registry establish(byte[] draft) throws IOException, GeneralSecurityException {
        Registry drafted = read(draft);
        checkDirectoryNames(drafted);
        AtomicFile.directory(files.authority(), Readers.EVERYBODY);
        KeyEntry signer = root("registry-authority", drafted.instance());
        CertificateAuthority message = authority(MESSAGE_ROOT, drafted.instance());
        CertificateAuthority tls = authority(TLS_ROOT, drafted.instance());
        CertificateAuthority encryption = authority(ENCRYPTION_ROOT, drafted.instance());
        Authorities authorities = new Authorities(message, tls, encryption);
        RegistryIssue issue = new RegistryIssue(files, xml, signer, clock);
        CustodyKeys memberKeys = new CustodyKeys(custody, StoredKeys.RENEW_BEFORE_END, clock);
        List<Member> members = new ArrayList<>();
        for (Member member : drafted.members()) {
            members.add(certified(member, issue.published(), memberKeys, authorities));
        }
        server(tls, drafted.instance());
        publishList(MESSAGE_ROOT, message);
        publishList(TLS_ROOT, tls);
        publishList(ENCRYPTION_ROOT, encryption);
        List<TrustAnchor> anchors = new ArrayList<>(drafted.anchors());
        anchors.add(anchor(CertificateUse.MESSAGE, MESSAGE_ROOT, message));
        anchors.add(anchor(CertificateUse.TLS, TLS_ROOT, tls));
        anchors.add(anchor(CertificateUse.ENCRYPTION, ENCRYPTION_ROOT, encryption));
        if (services.status() != null) {
            CertificateAuthority time = authority(TIMESTAMP_ROOT, drafted.instance());
            publishList(TIMESTAMP_ROOT, time);
            anchors.add(anchor(CertificateUse.TIMESTAMP, TIMESTAMP_ROOT, time));
        }
        enterInBooks(anchors, members);
        Trusted declared = drafted.trusted();
        Trusted trusted = new Trusted(anchors, declared.intermediates(), declared.issuers(), declared.federations());
        return issue.publish(
                drafted, trusted, DemoEvidence.policy(drafted.evidence(), services, members.size()), members);
    }

    private Registry read(byte[] draft) throws RegistryRefusedException {
        RegistryReading reading = xml.readDraft(draft);
        if (reading instanceof RegistryReading.Refused refused) {
            throw new RegistryRefusedException(refused.fault());
        }
        return ((RegistryReading.Readable) reading).registry();
    }

    /** Keys are filed by member code, so two members of a demonstration cannot share one. */
    private static void checkDirectoryNames(Registry drafted) throws RegistryRefusedException {
        Set<String> codes =
                drafted.members().stream().map(member -> member.id().member()).collect(Collectors.toSet());
        if (codes.size() != drafted.members().size()) {
            throw new RegistryRefusedException(new Fault(
                    FaultCode.REGISTRY_INVALID, Stage.BUILD, "registry", "two members have the same member code"));
        }
    }

    private Member certified(
            Member member, Optional<Registry> published, CustodyKeys memberKeys, Authorities authorities)
            throws IOException, GeneralSecurityException {
        MemberId id = member.id();
        X509Certificate messages = memberKeys.certificate(
                id,
                authorities.message(),
                terms(CertificateProfile.MESSAGE, id.toString(), id.member() + " messages", List.of()));
        X509Certificate encryption = memberKeys.certificate(
                id,
                authorities.encryption(),
                terms(CertificateProfile.ENCRYPTION, id.toString(), id.member() + " encryption", List.of()));
        KeyEntry client = keys.renew(
                files.client(id).resolve("client.p12"),
                "client-" + id.dotted(),
                authorities.tls(),
                terms(CertificateProfile.TLS_CLIENT, id.toString(), id.member() + " client", List.of()));
        Path directory = files.client(id);
        write(directory.resolve("key.pem"), Pem.privateKey(client.key()), Readers.OWNER);
        pem(directory.resolve("cert.pem"), client.certificate());
        pem(directory.resolve("ca.pem"), authorities.tls().certificate());

        // Earlier certificates stay: what they signed must still verify.
        Set<RegisteredCertificate> certificates = new LinkedHashSet<>();
        published.flatMap(registry -> registry.member(id)).ifPresent(old -> certificates.addAll(old.certificates()));
        certificates.addAll(member.certificates());
        certificates.add(registered(CertificateUse.MESSAGE, messages));
        certificates.add(registered(CertificateUse.TLS, client.certificate()));
        certificates.add(registered(CertificateUse.ENCRYPTION, encryption));
        return new Member(
                id,
                member.name(),
                member.nodes(),
                List.copyOf(certificates),
                noteKeys(member, published, memberKeys),
                member.subsystems());
    }

    /** Each key once. What the draft says of one goes before, for there its authority may say that it is compromised. */
    private List<NoteKey> noteKeys(Member member, Optional<Registry> published, CustodyKeys memberKeys)
            throws IOException, GeneralSecurityException {
        MemberId id = member.id();
        Map<PublicKey, NoteKey> noteKeys = new LinkedHashMap<>();
        published.flatMap(registry -> registry.member(id)).ifPresent(old -> old.noteKeys()
                .forEach(key -> noteKeys.put(key.key(), key)));
        NoteKey checkpoint = memberKeys.checkpointKey(id);
        noteKeys.put(checkpoint.key(), checkpoint);
        URI witness = services.witness(id);
        if (witness != null) {
            NoteKey key = memberKeys.witnessKey(id, witness);
            noteKeys.put(key.key(), key);
        }
        member.noteKeys().forEach(key -> noteKeys.put(key.key(), key));
        return List.copyOf(noteKeys.values());
    }

    private void server(CertificateAuthority tls, String organisation) throws IOException, GeneralSecurityException {
        keys.renew(
                files.server(),
                TrustFiles.SERVER_SECRET,
                tls,
                terms(CertificateProfile.TLS_NODE, organisation, "localhost", LOCAL_HOSTS));
        if (!Files.exists(files.trusted())) {
            String secret = files.secrets().obtain(TrustFiles.TRUSTED_SECRET);
            Pkcs12File.writeTrust(files.trusted(), List.of(tls.certificate()), secret);
        }
    }

    private CertificateAuthority authority(String name, String organisation)
            throws IOException, GeneralSecurityException {
        return new CertificateAuthority(root(name, organisation), publication.resolve(name), clock);
    }

    private KeyEntry root(String name, String organisation) throws IOException, GeneralSecurityException {
        boolean signsRegistry = name.equals("registry-authority");
        KeyEntry root = keys.keep(files.authority().resolve(name + ".p12"), "authority-" + name, () -> {
            String commonName = organisation + " " + name.replace('-', ' ');
            return signsRegistry
                    ? CertificateAuthority.createSigner(organisation, commonName, clock)
                    : CertificateAuthority.createRoot(organisation, commonName, clock);
        });
        pem(files.authority().resolve(name + ".pem"), root.certificate());
        return root;
    }

    private void publishList(String name, CertificateAuthority authority) throws IOException, GeneralSecurityException {
        Path directory = files.registry().resolve(RegistrySource.REVOCATION_LISTS);
        AtomicFile.directory(directory, Readers.EVERYBODY);
        Path file = directory.resolve(name + ".crl");
        Optional<X509CRL> previous = CertificateAuthority.readList(file, authority.certificate());
        X509CRL list = authority.revoke(previous, List.of(), LIST_VALIDITY);
        AtomicFile.write(file, list.getEncoded(), Readers.EVERYBODY);
    }

    private TrustAnchor anchor(CertificateUse use, String name, CertificateAuthority authority) {
        URI list = URI.create(RegistrySource.REVOCATION_LISTS + "/" + name + ".crl");
        return new TrustAnchor(use, authority.certificate(), list, services.responder(name));
    }

    /** Before the registry is published: whoever sees a certificate there may ask for its status at once. */
    private void enterInBooks(List<TrustAnchor> anchors, List<Member> members)
            throws IOException, GeneralSecurityException {
        Pki pki = new Pki(files, publication, clock);
        KeyEntry server = Pkcs12File.readKey(files.server(), files.secrets().read(TrustFiles.SERVER_SECRET));
        for (TrustAnchor anchor : anchors) {
            List<X509Certificate> issued = new ArrayList<>(List.of(server.certificate()));
            members.forEach(member -> member.certificates().forEach(entry -> issued.add(entry.certificate())));
            issued.removeIf(certificate -> !certificate
                    .getIssuerX500Principal()
                    .equals(anchor.certificate().getSubjectX500Principal()));
            pki.book(Pki.issuing(anchor.use())).enter(issued);
        }
    }

    private static RegisteredCertificate registered(CertificateUse use, X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant().truncatedTo(ChronoUnit.MILLIS);
        return new RegisteredCertificate(
                use, certificate, from, certificate.getNotAfter().toInstant(), null);
    }

    private static CertificateOrder.Terms terms(
            CertificateProfile profile, String organisation, String commonName, List<String> hosts) {
        return new CertificateOrder.Terms(profile, organisation, commonName, hosts, MEMBER_VALIDITY);
    }

    private static void pem(Path file, X509Certificate certificate) throws IOException, GeneralSecurityException {
        write(file, Pem.certificates(List.of(certificate)), Readers.EVERYBODY);
    }

    /** What is there already is not synced to disk again at every start. */
    private static void write(Path file, byte[] octets, Readers readers) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), octets)) {
            AtomicFile.write(file, octets, readers);
        }
    }
}
