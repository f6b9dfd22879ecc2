package org.wasl.node.audit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.checkpoint.Cosignature;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.leaf.PreparedEntry;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.note.NoteSignature;
import org.wasl.messagelog.note.NoteSigner;
import org.wasl.messagelog.note.SignatureType;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.messagelog.store.IndexedEntry;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.store.TreeHead;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.DemoServices;
import org.wasl.security.authority.DraftEdit;
import org.wasl.security.authority.DraftKind;
import org.wasl.security.authority.DraftOrder;
import org.wasl.security.authority.Pem;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.StatusServer;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.certificate.OnlineRevocation;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.certificate.RevocationFiles;
import org.wasl.security.certificate.RevocationSettings;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerLimits;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.Coverage;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.container.RegistryReference;
import org.wasl.security.crypto.CryptoProvider;
import org.wasl.security.keys.CheckpointKey;
import org.wasl.security.keys.HeldKey;
import org.wasl.security.keys.KeyTerms;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.Pkcs12Custody;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.keys.ShortTermMemberKeys;
import org.wasl.security.keys.ShortTermTerms;
import org.wasl.security.keys.StoredMemberKeys;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.NoteKey;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistrySource;
import org.wasl.security.registry.RegistryXml;

/** Members with keys, a registry, a log of theirs, witnesses and a time-stamping authority, without a node. */
final class EvidenceWorld implements AutoCloseable {

    static final MemberId COURT = MemberId.parse("JO/GOV/MOJ");
    static final MemberId CIVIL = MemberId.parse("JO/GOV/CSPD");

    private static final MemberId OPERATOR = MemberId.parse("JO/GOV/PORTAL");
    private static final SubsystemId ASKING = SubsystemId.parse("JO/GOV/MOJ/case-system");
    private static final SubsystemId ASKED = SubsystemId.parse("JO/GOV/CSPD/registry");
    private static final IndexKey INDEX_KEY = IndexKey.of(new byte[32]);

    private final TrustFiles files;
    private final Registry registry;
    private final MemberKeys keys;
    private final Clock clock;
    private final Path database;
    private final StatusServer server;
    private final CompactRange tree = CompactRange.empty();
    private UUID last = new UUID(0, 0);

    private EvidenceWorld(
            TrustFiles files, Registry registry, MemberKeys keys, Path database, StatusServer server, Clock clock) {
        this.server = server;
        this.files = files;
        this.registry = registry;
        this.keys = keys;
        this.database = database;
        this.clock = clock;
    }

    static EvidenceWorld make(Path directory, RegistryXml xml) throws Exception {
        TrustFiles files = new TrustFiles(directory);
        Clock clock = Clock.systemUTC();
        StatusServer server = StatusServer.start(pki(files, clock), 0, Duration.ofHours(1));
        Registry registry = establish(files, xml, server, DemoRegistry.draft(), clock);
        return new EvidenceWorld(
                files,
                registry,
                Pkcs12MemberKeys.load(files.keys(), files.secrets(), members(registry)),
                directory.resolve("wasl.db"),
                server,
                clock);
    }

    /**
     * The same, where both members sign by short-term keys that their own keys issue.
     *
     * @param clock when all of it happens
     */
    static EvidenceWorld shortTerm(Path directory, RegistryXml xml, Duration life, Clock clock) throws Exception {
        TrustFiles files = new TrustFiles(directory);
        Pki pki = pki(files, clock);
        StatusServer server = StatusServer.start(pki, 0, Duration.ofHours(1));
        String authority = pki.init(CertificateUse.MESSAGE_ISSUER, "JO");
        Pkcs12Custody custody = new Pkcs12Custody(files.keys(), files.secrets());
        byte[] draft = added(
                DemoRegistry.draft(),
                DraftKind.TRUST_ANCHOR,
                CertificateUse.MESSAGE_ISSUER.name(),
                pki.certificate(authority),
                Map.of(
                        "ocsp",
                        List.of(server.address().resolve("ocsp/" + authority).toString())),
                clock);
        for (MemberId member : List.of(COURT, CIVIL)) {
            HeldKey held =
                    custody.generate(member, CertificateUse.MESSAGE_ISSUER, key -> issued(pki, authority, member, key));
            draft = added(
                    draft,
                    DraftKind.CERTIFICATE,
                    member.toString(),
                    held.certificate(),
                    Map.of("use", List.of("MESSAGE_ISSUER"), "longestLife", List.of("PT4H")),
                    clock);
        }
        Registry registry = establish(files, xml, server, draft, clock);
        StoredMemberKeys stored = StoredMemberKeys.open(
                custody,
                members(registry),
                () -> registry,
                new KeyTerms(false, List.of(), Duration.ofDays(1), Duration.ZERO),
                clock);
        return new EvidenceWorld(
                files,
                registry,
                ShortTermMemberKeys.open(
                        stored,
                        () -> registry,
                        new ShortTermTerms(Set.of(COURT, CIVIL), life, Duration.ofDays(1)),
                        clock),
                directory.resolve("wasl.db"),
                server,
                clock);
    }

    private static List<X509Certificate> issued(Pki pki, String authority, MemberId member, PublicKey key)
            throws GeneralSecurityException {
        try {
            return List.of(pki.issue(
                    authority,
                    new CertificateOrder(
                            CertificateProfile.MESSAGE_ISSUER,
                            member.toString(),
                            member.member() + " issues",
                            key,
                            List.of(),
                            Duration.ofDays(365))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] added(
            byte[] draft,
            DraftKind kind,
            String id,
            X509Certificate certificate,
            Map<String, List<String>> values,
            Clock clock)
            throws Exception {
        Map<String, List<String>> said = new LinkedHashMap<>(values);
        Path pem = Files.createTempFile("added", ".pem");
        Files.write(pem, Pem.certificates(List.of(certificate)));
        said.put("pem", List.of(pem.toString()));
        DraftEdit.Outcome outcome =
                DraftEdit.apply(draft, new DraftOrder(DraftOrder.Action.ADD, kind, id, said), clock.instant());
        Files.delete(pem);
        return ((DraftEdit.Outcome.Edited) outcome).octets();
    }

    private static Pki pki(TrustFiles files, Clock clock) {
        return new Pki(files, DemoAuthority.EXAMPLE_PUBLICATION, clock);
    }

    private static Registry establish(TrustFiles files, RegistryXml xml, StatusServer server, byte[] draft, Clock clock)
            throws Exception {
        return new DemoAuthority(
                        files,
                        xml,
                        DemoAuthority.EXAMPLE_PUBLICATION,
                        new DemoServices(server.address(), URI.create("http://127.0.0.1:9/")),
                        new Pkcs12Custody(files.keys(), files.secrets()),
                        clock)
                .establish(draft);
    }

    private static Set<MemberId> members(Registry registry) {
        return registry.members().stream().map(Member::id).collect(Collectors.toSet());
    }

    MemberKeys keys() {
        return keys;
    }

    /** The same members with another log. */
    EvidenceWorld beside(Path directory) {
        return new EvidenceWorld(files, registry, keys, directory.resolve("wasl.db"), server, clock);
    }

    RevocationFiles lists() {
        RevocationFiles lists = new RevocationFiles(files.registry().resolve(RegistrySource.REVOCATION_LISTS));
        lists.reload();
        return lists;
    }

    X509Certificate authority() throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(files.authorityCertificate())));
    }

    StoredRegistries registries() throws Exception {
        return StoredRegistries.open(files, authority(), SchemaCatalogue.load());
    }

    LogSource open() throws LogStoreException {
        return SqliteLogStore.openReadOnly(database);
    }

    UUID lastId() {
        return last;
    }

    Container request() {
        Map<String, String> question = Map.of("nationalNumber", "9990045842");
        return sign(header(UUID.randomUUID(), UUID.randomUUID().toString(), null), PayloadXml.query(question), COURT);
    }

    Container reply(Container request) {
        byte[] record =
                "<civil:lifeStatus xmlns:civil=\"urn:wasl:civil:1\"><civil:status>ALIVE</civil:status></civil:lifeStatus>"
                        .getBytes(StandardCharsets.UTF_8);
        Header header = header(UUID.randomUUID(), request.header().correlationId(), request.asInReplyTo());
        return sign(header, PayloadXml.record(record, now(), Coverage.COMPLETE), CIVIL);
    }

    private Container sign(Header header, byte[] payload, MemberId signer) {
        return new AsicContainerSigner(ContainerLimits.standard())
                .sign(header, payload, keys.messageKey(signer).orElseThrow());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Header header(UUID id, String correlation, @Nullable InReplyTo inReplyTo) {
        return new Header(
                id,
                correlation,
                inReplyTo == null ? MessageKind.REQUEST : MessageKind.REPLY,
                inReplyTo == null ? ASKING : ASKED,
                ASKING,
                ASKED,
                new ServiceId(ASKED, "person-record", 1),
                "1.0",
                "application/xml",
                null,
                new Actor(ActorKind.OFFICER, AssuranceLevel.SUBSTANTIAL, "judge-1", null),
                null,
                "case-2026-1",
                "COURT_CASE",
                "JO-LAW-9-2001",
                "SYSTEM",
                "ar",
                Priority.NORMAL,
                now(),
                now().plusSeconds(60),
                null,
                RegistryReference.to(registry, now()).orElseThrow(),
                inReplyTo);
    }

    /** Logs a message as its node would, with the answers by which its certificate was good. */
    void log(Container message, MemberId member, Direction direction) throws LogStoreException {
        Header header = message.header();
        InReplyTo named = header.inReplyTo();
        last = header.messageId();
        LogEntry entry = new LogEntry(
                member,
                direction,
                now(),
                header.messageId(),
                header.correlationId(),
                header.kind(),
                header.sender(),
                header.consumer(),
                header.provider(),
                header.service(),
                header.purpose(),
                header.actor().id(),
                named == null ? null : named.messageId(),
                header.expires(),
                "9990045842",
                null,
                message.octets(),
                direction == Direction.RECEIVED ? status(message) : List.of());
        PreparedEntry prepared = PreparedEntry.prepare(entry, INDEX_KEY);
        try (LogStore store = SqliteLogStore.open(database)) {
            long index = tree.size();
            byte[] hash = prepared.leaf().hash(index);
            tree.append(hash);
            store.append(List.of(new IndexedEntry(index, prepared, hash)), TreeHead.of(tree));
        }
    }

    /** What a receiver keeps of the status that it asked for. */
    private List<RevocationEvidence> status(Container message) {
        try (OnlineRevocation online = new OnlineRevocation(RevocationSettings.standard(), lists(), clock)) {
            ContainerVerdict verdict = new AsicContainerVerifier(SchemaCatalogue.load(), new CertificatePath(online))
                    .verify(message.octets(), registry, now());
            return ((ContainerVerdict.Genuine) verdict).evidence();
        }
    }

    @Override
    public void close() {
        server.close();
    }

    void erase(long index) throws LogStoreException {
        try (LogStore store = SqliteLogStore.open(database)) {
            store.erase(List.of(index), now());
        }
    }

    /** Signs a checkpoint of the log, has it cosigned by all others and stamped. */
    void publish() throws Exception {
        Pkcs12Custody custody = new Pkcs12Custody(files.keys(), files.secrets());
        Set<MemberId> members = registry.members().stream().map(Member::id).collect(Collectors.toSet());
        List<NoteSigner> witnesses = new ArrayList<>();
        NoteSigner log = null;
        for (HeldKey held : custody.keys(members)) {
            if (held.use() != CertificateUse.CHECKPOINT && !held.use().name().equals("WITNESS")) {
                continue;
            }
            CheckpointKey key = custody.checkpointKey(held);
            for (NoteKey note : registry.member(held.member()).orElseThrow().noteKeys()) {
                boolean own = held.member().equals(OPERATOR);
                if (note.key().equals(key.publicKey()) && own && note.use() == NoteKey.Use.CHECKPOINT) {
                    log = signer(new VerifierKey(note.name(), SignatureType.ED25519, note.key()), key);
                } else if (note.key().equals(key.publicKey()) && !own && note.use() == NoteKey.Use.WITNESS) {
                    witnesses.add(signer(new VerifierKey(note.name(), SignatureType.COSIGNATURE_V1, note.key()), key));
                }
            }
        }
        if (log == null) {
            throw new IllegalStateException("the operator has no key for checkpoints");
        }
        String origin = log.verifierKey().name();
        String text = Checkpoint.of(origin, tree.size(), tree.root()).text();
        List<NoteSignature> cosignatures = new ArrayList<>();
        for (NoteSigner witness : witnesses) {
            cosignatures.add(Cosignature.sign(text, Instant.now(), witness));
        }
        SignedNote note = SignedNote.sign(text, log).with(cosignatures);
        try (LogStore store = SqliteLogStore.open(database)) {
            store.saveCheckpoint(tree.size(), origin, now(), note.octets());
            store.saveTimeStamp(tree.size(), origin, token(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private byte[] token(byte[] octets) throws Exception {
        TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
        requests.setCertReq(true);
        byte[] request = requests.generate(
                        NISTObjectIdentifiers.id_sha256, CryptoProvider.chosen().sha256(octets), BigInteger.TEN)
                .getEncoded();
        return new TimeStampResponse(pki(files, clock).timeStamps().answer(request))
                .getTimeStampToken()
                .getEncoded("DER");
    }

    private static NoteSigner signer(VerifierKey verifier, CheckpointKey key) {
        return new NoteSigner() {
            @Override
            public VerifierKey verifierKey() {
                return verifier;
            }

            @Override
            public byte[] sign(byte[] octets) {
                return key.sign(octets);
            }
        };
    }
}
