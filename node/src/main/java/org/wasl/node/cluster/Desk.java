package org.wasl.node.cluster;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.DemoServices;
import org.wasl.security.authority.Pem;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.RegistryAuthority;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;
import org.wasl.security.keys.HeldKey;
import org.wasl.security.keys.KeyCustody;
import org.wasl.security.keys.KeyEntry;
import org.wasl.security.keys.Pkcs12Custody;
import org.wasl.security.keys.Pkcs12File;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryPublication;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistrySource;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;

/**
 * The authority of a cluster, at a desk of its own: no node has its keys, and it has no member's. It certifies, signs the
 * registry, and brings it to every part that needs it.
 */
public final class Desk {

    private static final Duration VALIDITY = Duration.ofDays(730);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int MOST_FILE_OCTETS = 1024 * 1024;
    private static final String ALIAS = "wasl";

    private final ClusterDirectory directory;
    private final Topology topology;
    private final TrustFiles files;
    private final Clock clock = Clock.systemUTC();

    Desk(ClusterDirectory directory, Topology topology) {
        this.directory = directory;
        this.topology = topology;
        this.files = new TrustFiles(directory.desk());
    }

    /** The registry as its operator edits it; {@code wasl registry edit --authority} takes the folder that it is in. */
    public Path draftFile() {
        return files.authority().resolve("draft.xml");
    }

    /** The registry as it was published last, with its revocation lists. */
    public Path published() {
        return files.registry();
    }

    /** Makes keys, certificates and the first registry, and gives every part what is its own; what is there stays. */
    void found() throws ClusterException {
        RegistryXml xml = new RegistryXml(SchemaCatalogue.load());
        Founding founding = new Founding(directory, topology, clock);
        try (PartCustody custody = new PartCustody(founding::home)) {
            AtomicFile.directory(files.authority(), Readers.OWNER);
            if (!Files.exists(draftFile())) {
                Registry fitted = founding.fitted(read(xml, DemoRegistry.draft()), custody);
                AtomicFile.write(draftFile(), RegistryXml.write(fitted), Readers.OWNER);
            }
            Registry registry = establish(xml, custody);
            Pki pki = new Pki(files, DemoAuthority.EXAMPLE_PUBLICATION, clock);
            for (Part part : topology.parts()) {
                if (part.role() == Role.NODE) {
                    equip(part, registry, pki);
                } else if (part.role() == Role.BROKER || part.role() == Role.DATABASE) {
                    server(part, new TrustFiles(directory.part(part.name())), pki);
                }
            }
            bring(registry);
        } catch (IOException | GeneralSecurityException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    /**
     * Changes the draft, signs and publishes it, and brings it to every part.
     *
     * @param change makes another draft of the draft
     * @return the version that is published now
     * @throws ClusterException when the change is not one that could be published
     */
    public long change(UnaryOperator<byte[]> change) throws ClusterException {
        try {
            byte[] before = AtomicFile.read(draftFile(), RegistryXml.MAX_OCTETS);
            AtomicFile.write(draftFile(), change.apply(before), Readers.OWNER);
            return publish();
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    /**
     * Signs and publishes the draft as it is, and brings it to every part.
     *
     * @return the version that is published now
     */
    public long publish() throws ClusterException {
        RegistryXml xml = new RegistryXml(SchemaCatalogue.load());
        Founding founding = new Founding(directory, topology, clock);
        try (PartCustody custody = new PartCustody(founding::home)) {
            Registry registry = establish(xml, custody);
            bring(registry);
            return registry.version();
        } catch (IOException | GeneralSecurityException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    /**
     * Gives a node, a broker or a database server another key for TLS, certified anew; it takes it up at its next start.
     *
     * @throws IllegalArgumentException when the part has none
     */
    public void rotateTls(Part part) throws ClusterException {
        TrustFiles own = new TrustFiles(directory.part(part.name()));
        if (!Files.exists(own.server())) {
            throw new IllegalArgumentException(part.name() + " has no key for TLS");
        }
        try {
            Files.delete(own.server());
            server(part, own, new Pki(files, DemoAuthority.EXAMPLE_PUBLICATION, clock));
        } catch (IOException | GeneralSecurityException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    /**
     * Gives a member another key for its messages, certified, on all its nodes, and publishes the registry that lists it
     * beside the old one. Nodes sign with it once that registry has been in force for a while.
     *
     * @param code the member's
     * @return the version of the registry
     */
    public long rotateMessageKey(String code) throws ClusterException {
        List<Part> nodes = topology.nodes(code);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("the cluster has no node of " + code);
        }
        Founding founding = new Founding(directory, topology, clock);
        try (PartCustody custody = new PartCustody(founding::home)) {
            Registry registry =
                    read(new RegistryXml(SchemaCatalogue.load()), AtomicFile.read(draftFile(), RegistryXml.MAX_OCTETS));
            MemberId member = member(registry, code);
            Pki pki = new Pki(files, DemoAuthority.EXAMPLE_PUBLICATION, clock);
            String issuer = Pki.issuing(CertificateUse.MESSAGE);
            HeldKey key = custody.generate(member, CertificateUse.MESSAGE);
            X509Certificate certificate = pki.issue(
                    issuer,
                    new CertificateOrder(
                            CertificateProfile.MESSAGE,
                            member.toString(),
                            code + " messages",
                            key.certificate().getPublicKey(),
                            List.of(),
                            VALIDITY));
            custody.certify(key, List.of(certificate, pki.certificate(issuer)));
            TrustFiles home = founding.home(member);
            for (Part node : nodes.subList(1, nodes.size())) {
                copyAll(
                        home.keys().resolve(code),
                        new TrustFiles(directory.part(node.name())).keys().resolve(code),
                        CertificateUse.MESSAGE.fileName());
            }
        } catch (IOException | GeneralSecurityException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
        return publish();
    }

    /**
     * Begins a new epoch of a node's log, when its witnesses hold more of it than it does, as after a restored backup: a new
     * key of a new name signs what it goes on with, and the old one's time ends. What was cosigned under the old name stays.
     *
     * @return the name under which the log goes on
     */
    public String newEpoch(Part node) throws ClusterException {
        RegistryXml xml = new RegistryXml(SchemaCatalogue.load());
        TrustFiles own = new TrustFiles(directory.part(node.name()));
        try (KeyCustody custody = new Pkcs12Custody(own.keys(), own.secrets())) {
            Registry draft = read(xml, AtomicFile.read(draftFile(), RegistryXml.MAX_OCTETS));
            SignedRegistry published = SignedRegistry.read(files.registry());
            Registry inForce = read(xml, published.octets());
            MemberId member = member(draft, node.member().orElseThrow());
            Epoch epoch = Epoch.after(inForce, member, custody, clock.instant());
            Registry changed = epoch.in(draft);
            AtomicFile.write(draftFile(), RegistryXml.write(changed), Readers.OWNER);
            publish();
            return epoch.name();
        } catch (IOException | GeneralSecurityException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    private static MemberId member(Registry registry, String code) throws IOException {
        return registry.members().stream()
                .map(org.wasl.security.registry.Member::id)
                .filter(id -> id.member().equals(code))
                .findFirst()
                .orElseThrow(() -> new IOException("the registry lacks " + code));
    }

    private Registry establish(RegistryXml xml, PartCustody custody) throws IOException, GeneralSecurityException {
        DemoAuthority authority =
                new DemoAuthority(files, xml, DemoAuthority.EXAMPLE_PUBLICATION, DemoServices.NONE, custody, clock);
        return authority.establish(AtomicFile.read(draftFile(), RegistryXml.MAX_OCTETS));
    }

    private static Registry read(RegistryXml xml, byte[] draft) throws IOException {
        RegistryReading reading = xml.readDraft(draft);
        if (reading instanceof RegistryReading.Readable readable) {
            return readable.registry();
        }
        Fault fault = ((RegistryReading.Refused) reading).fault();
        throw new IOException("the samples' registry cannot be read: " + fault.detail());
    }

    /** What a node needs of the authority, and of its member's first node. */
    private void equip(Part part, Registry registry, Pki pki) throws IOException, GeneralSecurityException {
        TrustFiles own = new TrustFiles(directory.part(part.name()));
        String code = part.member().orElseThrow();
        MemberId member = member(registry, code);
        Part first = topology.nodes(code).get(0);
        if (!first.equals(part)) {
            TrustFiles home = new TrustFiles(directory.part(first.name()));
            // A member's nodes speak with the same keys; what signs notes each has for its own log.
            for (CertificateUse use : CertificateUse.values()) {
                if (!use.signsNotes()) {
                    copyAll(home.keys().resolve(code), own.keys().resolve(code), use.fileName());
                    copySecret(home, own, Pkcs12Custody.secretName(member, use));
                }
            }
        }
        copyAll(files.client(member), own.client(member));
        copySecret(files, own, "client-" + member.dotted());
        // With the same certificate the node is known to the broker.
        copy(own.client(member).resolve("client.p12"), own.brokerClient(), Readers.OWNER);
        copy(
                files.data().resolve("secrets").resolve("client-" + member.dotted()),
                own.data().resolve("secrets").resolve(TrustFiles.CLIENT_SECRET),
                Readers.OWNER);
        server(part, own, pki);
    }

    /** The part's own key for TLS, certified for its addresses. */
    private void server(Part part, TrustFiles own, Pki pki) throws IOException, GeneralSecurityException {
        X509Certificate authority = pki.certificate(Pki.issuing(CertificateUse.TLS));
        AtomicFile.directory(own.data().resolve("tls"), Readers.OWNER);
        if (!Files.exists(own.server())) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            Set<String> hosts = new LinkedHashSet<>(List.of(part.name(), "localhost", "127.0.0.1"));
            hosts.addAll(part.addresses().values());
            X509Certificate certificate = pki.issue(
                    Pki.issuing(CertificateUse.TLS),
                    new CertificateOrder(
                            CertificateProfile.TLS_NODE,
                            part.member().orElse("Wasl operator"),
                            part.name(),
                            pair.getPublic(),
                            List.copyOf(hosts),
                            VALIDITY));
            Pkcs12File.writeKey(
                    own.server(),
                    ALIAS,
                    new KeyEntry(pair.getPrivate(), List.of(certificate, authority)),
                    own.secrets().obtain(TrustFiles.SERVER_SECRET));
            AtomicFile.write(
                    own.server().resolveSibling("server.pem"),
                    Pem.certificates(List.of(certificate, authority)),
                    Readers.EVERYBODY);
            AtomicFile.write(
                    own.server().resolveSibling("server-key.pem"), Pem.privateKey(pair.getPrivate()), Readers.OWNER);
            AtomicFile.write(
                    own.server().resolveSibling("ca.pem"), Pem.certificates(List.of(authority)), Readers.EVERYBODY);
        }
        if (!Files.exists(own.trusted())) {
            Pkcs12File.writeTrust(
                    own.trusted(), List.of(authority), own.secrets().obtain(TrustFiles.TRUSTED_SECRET));
        }
    }

    /** Brings the published registry to every part: to nodes only what they would take. */
    private void bring(Registry registry) throws IOException, GeneralSecurityException {
        RegistryXml xml = new RegistryXml(SchemaCatalogue.load());
        SignedRegistry signed = SignedRegistry.read(files.registry());
        X509Certificate authority = RegistryAuthority.readCertificate(files.authorityCertificate());
        for (Part part : topology.parts()) {
            if (part.role() != Role.NODE && part.role() != Role.WITNESS && part.role() != Role.BROKER) {
                continue;
            }
            TrustFiles own = new TrustFiles(directory.part(part.name()));
            AtomicFile.directory(own.data(), Readers.OWNER);
            copy(files.authorityCertificate(), own.authorityCertificate(), Readers.EVERYBODY);
            Path lists = own.registry().resolve(RegistrySource.REVOCATION_LISTS);
            copyAll(files.registry().resolve(RegistrySource.REVOCATION_LISTS), lists);
            if (!Files.exists(own.registry().resolve(RegistrySource.REGISTRY))) {
                signed.write(own.registry());
                continue;
            }
            RegistryPublication publication = new RegistryPublication(own.registrySource(LOOK), authority, xml);
            Optional<Fault> refusal = publication.publish(signed, Instant.now());
            if (refusal.isPresent()) {
                throw new IOException(part.name() + " would not take the registry: "
                        + refusal.get().detail());
            }
        }
        BrokerPrograms brokers = new BrokerPrograms(directory);
        for (Part part : topology.parts(Role.BROKER)) {
            brokers.configure(part, topology, registry, clock);
        }
    }

    private static void copySecret(TrustFiles from, TrustFiles to, String name) throws IOException {
        Path secret = from.data().resolve("secrets").resolve(name);
        if (Files.exists(secret)) {
            copy(secret, to.data().resolve("secrets").resolve(name), Readers.OWNER);
        }
    }

    private static void copyAll(Path from, Path to) throws IOException {
        copyAll(from, to, "");
    }

    private static void copyAll(Path from, Path to, String beginning) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(from, beginning + "*")) {
            for (Path file : found) {
                String name = String.valueOf(file.getFileName());
                boolean open = name.endsWith(".pem") && !name.startsWith("key") || name.endsWith(".crl");
                copy(file, to.resolve(name), open ? Readers.EVERYBODY : Readers.OWNER);
            }
        }
    }

    private static void copy(Path from, Path to, Readers readers) throws IOException {
        Path parent = to.getParent();
        if (parent != null) {
            AtomicFile.directory(parent, readers);
        }
        AtomicFile.write(to, AtomicFile.read(from, MOST_FILE_OCTETS), readers);
    }
}
