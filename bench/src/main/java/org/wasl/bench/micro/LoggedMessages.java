package org.wasl.bench.micro;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.verify.SignatureCheck;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.DemoServices;
import org.wasl.security.authority.Pki;
import org.wasl.security.authority.StatusServer;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.certificate.OnlineRevocation;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.certificate.RevocationSettings;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.keys.Pkcs12Custody;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.registry.RegistryListener;
import org.wasl.security.registry.RegistryXml;

/**
 * A log as a busy node's: signed containers of two members in group commits, every one verified when it was received,
 * with the OCSP responses of then as evidence.
 */
final class LoggedMessages {

    private static final MemberId PORTAL = MemberId.parse("JO/GOV/PORTAL");
    private static final SubsystemId COMPOSER = PORTAL.subsystem("composer");
    private static final ServiceId LIFE_STATUS = ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1");
    private static final int AT_ONCE = 64;
    private static final int PADDING = 100;

    private final AsicContainerSigner signer = new AsicContainerSigner();
    private final byte[] payload =
            PayloadXml.query(Map.of("nationalNumber", "9990045842", "padding", "x".repeat(PADDING)));
    private final SchemaCatalogue schemas = SchemaCatalogue.load();
    private final Path directory;
    private final Registry registry;
    private final List<SigningKey> keys;
    private final AsicContainerVerifier receiving;

    /** The containers' octets, all told, over their number. */
    private long octets;

    private LoggedMessages(Path directory, Registry registry, List<SigningKey> keys, CertificatePath path) {
        this.directory = directory;
        this.registry = registry;
        this.keys = keys;
        this.receiving = new AsicContainerVerifier(schemas, path);
    }

    /** Fills a log of so many leaves in a directory of its own. */
    static LoggedMessages fill(int leaves) throws IOException, GeneralSecurityException, LogStoreException {
        Path directory = Files.createTempDirectory("wasl-bench");
        RegistryXml xml = new RegistryXml(SchemaCatalogue.load());
        TrustFiles trust = new TrustFiles(directory);
        int port = freePort();
        DemoServices services = new DemoServices(URI.create("http://127.0.0.1:" + port + "/"), null);
        new DemoAuthority(
                        trust,
                        xml,
                        DemoAuthority.EXAMPLE_PUBLICATION,
                        services,
                        new Pkcs12Custody(trust.keys(), trust.secrets()),
                        Clock.systemUTC())
                .establish(DemoRegistry.draft());
        Pki pki = new Pki(trust, DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC());
        try (StatusServer status = StatusServer.start(pki, port, Duration.ofMinutes(10));
                RegistryFiles files = RegistryFiles.open(
                        trust.registrySource(Duration.ofHours(1)),
                        authority(trust.authorityCertificate()),
                        xml,
                        Clock.systemUTC(),
                        RegistryListener.NONE);
                OnlineRevocation online = new OnlineRevocation(
                        RevocationSettings.standard(), files.revocationLists(), Clock.systemUTC())) {
            if (!status.address().equals(services.status())) {
                throw new IOException("the responder is at " + status.address());
            }
            Pkcs12MemberKeys held =
                    Pkcs12MemberKeys.load(trust.keys(), trust.secrets(), Set.of(PORTAL, LIFE_STATUS.member()));
            List<SigningKey> keys = List.of(
                    held.messageKey(PORTAL).orElseThrow(),
                    held.messageKey(LIFE_STATUS.member()).orElseThrow());
            LoggedMessages log = new LoggedMessages(directory, files.get(), keys, new CertificatePath(online));
            log.append(leaves);
            return log;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static X509Certificate authority(Path pem) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    Path file() {
        return directory.resolve("wasl.db");
    }

    /** A check of every signature by the evidence that was recorded, asking nobody. */
    SignatureCheck check() {
        return new SignatureCheck(new AsicContainerVerifier(schemas, new CertificatePath(() -> List.of())), registry);
    }

    long octetsEach(int leaves) {
        return octets / leaves;
    }

    private void append(int leaves) throws LogStoreException {
        try (GroupCommitMessageLog log = GroupCommitMessageLog.open(
                SqliteLogStore.open(file()), IndexKey.of(new byte[32]), LogSettings.defaults(), cause -> {})) {
            for (int from = 0; from < leaves; from += AT_ONCE) {
                List<CompletableFuture<AppendResult>> results = new ArrayList<>();
                for (int i = from; i < Math.min(leaves, from + AT_ONCE); i++) {
                    results.add(log.append(received(keys.get(i % keys.size()))));
                }
                results.forEach(CompletableFuture::join);
            }
        }
    }

    private LogEntry received(SigningKey key) {
        Header header = header(key.member().equals(PORTAL) ? COMPOSER : LIFE_STATUS.subsystem());
        Container container = signer.sign(header, payload, key);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        ContainerVerdict verdict = receiving.verify(container.octets(), registry, now);
        if (!(verdict instanceof ContainerVerdict.Genuine genuine)) {
            throw new IllegalStateException(verdict.toString());
        }
        octets += container.octets().length;
        return entry(header, now, container.octets(), genuine.evidence());
    }

    private static LogEntry entry(Header header, Instant at, byte[] container, List<RevocationEvidence> evidence) {
        if (evidence.isEmpty()) {
            throw new IllegalStateException("there is no evidence");
        }
        return new LogEntry(
                PORTAL,
                Direction.RECEIVED,
                at,
                header.messageId(),
                header.correlationId(),
                header.kind(),
                header.sender(),
                header.consumer(),
                header.provider(),
                header.service(),
                header.purpose(),
                "bench",
                null,
                header.expires(),
                "9990045842",
                null,
                container,
                evidence);
    }

    private static Header header(SubsystemId sender) {
        UUID id = UUID.randomUUID();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Header(
                id,
                id.toString(),
                MessageKind.REQUEST,
                sender,
                sender,
                LIFE_STATUS.subsystem(),
                LIFE_STATUS,
                "1.0",
                "application/xml",
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "bench", null),
                null,
                "GENERAL_CLEARANCE",
                "JO-BYLAW-CLEARANCE",
                "WEB",
                "ar",
                Priority.NORMAL,
                now,
                now.plusSeconds(60),
                null,
                null);
    }
}
