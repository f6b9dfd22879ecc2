package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.EmbeddedBroker;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.authority.CertificateAuthority;
import org.wasl.security.authority.CertificateOrder;
import org.wasl.security.authority.CertificateProfile;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.container.Spool;
import org.wasl.security.file.SecretFiles;
import org.wasl.security.keys.HeldKey;
import org.wasl.security.keys.KeyTerms;
import org.wasl.security.keys.Pkcs12Custody;
import org.wasl.security.keys.ShortTermMemberKeys;
import org.wasl.security.keys.ShortTermTerms;
import org.wasl.security.keys.StoredMemberKeys;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.CertificateUse;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.RegisteredCertificate;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.TrustAnchor;
import org.wasl.security.registry.Trusted;

/** Two nodes, each with a log of its own, whose members sign by short-term keys alone: the registry lists no others. */
class ShortTermExchangeTest {

    private static final SchemaCatalogue SCHEMAS = SchemaCatalogue.load();
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final int WAVE = 60;

    @TempDir
    private Path directory;

    private final TestFederation federation = new TestFederation();
    private final SettableClock clock = new SettableClock();
    private final Map<MemberId, RegisteredCertificate> rights = new HashMap<>();
    private volatile Registry registry = federation.registry();
    private EmbeddedBroker broker;
    private Node portal;
    private Node civil;

    /** The keys' clock: what they do hours apart takes no time here. */
    private static final class SettableClock extends Clock {

        private volatile Duration behind = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().minus(behind);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("instants only");
        }
    }

    /** One member's node. */
    private final class Node implements AutoCloseable {

        private final StoredMemberKeys stored;
        private final ShortTermMemberKeys keys;
        private final LogStore store;
        private final MessageLog log;
        private final CamelContext camel = new DefaultCamelContext();
        private final ExchangeNode exchange;

        Node(MemberId member, Pkcs12Custody custody) throws Exception {
            Path own = Files.createDirectories(directory.resolve(member.member()));
            stored = StoredMemberKeys.open(
                    custody,
                    Set.of(member),
                    () -> registry,
                    new KeyTerms(false, List.of(), NEVER, Duration.ZERO),
                    clock);
            keys = ShortTermMemberKeys.open(
                    stored, () -> registry, new ShortTermTerms(Set.of(member), LIFE, NEVER), clock);
            store = SqliteLogStore.open(own.resolve("wasl.db"));
            log = GroupCommitMessageLog.open(store, IndexKey.of(new byte[32]), LogSettings.defaults(), cause -> {});
            exchange = ExchangeNode.addTo(camel, parts(member, own));
            camel.getShutdownStrategy().setTimeout(5);
            camel.start();
            exchange.recover();
        }

        private ExchangeParts parts(MemberId member, Path own) throws IOException {
            CertificatePath path = new CertificatePath(RevocationLists.NONE);
            return new ExchangeParts(
                    () -> registry,
                    keys,
                    new PayloadSealer(path),
                    new AsicContainerSigner(),
                    new AsicContainerVerifier(SCHEMAS, path),
                    new RegistryAccessPolicy(Clock.systemUTC()),
                    new AssertionVerifier(ClaimNames.DEFAULT),
                    SCHEMAS,
                    log,
                    EvidenceGate.OPEN,
                    new CountingConnector(),
                    broker.connections(member),
                    service -> false,
                    Clock.systemUTC(),
                    ExchangeSettings.of(TestFederation.NODE),
                    Spool.open(own.resolve("spool"), 64L << 20));
        }

        List<String> refusals() throws LogStoreException {
            List<String> faults = new ArrayList<>();
            store.scan(0, 1_000_000, row -> {
                if ("REFUSED".equals(row.leaf().direction())) {
                    faults.add(row.leaf().fault());
                }
            });
            return faults;
        }

        @Override
        public void close() {
            camel.stop();
            exchange.close();
            log.close();
            keys.close();
            stored.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        // The keys that are made first have lived for three quarters of their life already.
        clock.behind = LIFE.multipliedBy(3).dividedBy(4);
        Clock yesterday = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1));
        CertificateAuthority authority = new CertificateAuthority(
                CertificateAuthority.createRoot("JO", "Issuers of messages", 1, yesterday),
                URI.create("http://pki.wasl.example/message-issuer-ca"),
                yesterday);
        Pkcs12Custody custody =
                new Pkcs12Custody(directory.resolve("keys"), new SecretFiles(directory.resolve("secrets")));
        for (MemberId member : List.of(TestFederation.PORTAL, TestFederation.CSPD)) {
            HeldKey held = custody.generate(
                    member,
                    CertificateUse.MESSAGE_ISSUER,
                    key -> List.of(authority.issue(new CertificateOrder(
                            CertificateProfile.MESSAGE_ISSUER,
                            member.toString(),
                            member.member() + " issues",
                            key,
                            List.of(),
                            Duration.ofDays(30)))));
            rights.put(member, right(held.certificate(), null));
        }
        registry = granted(authority.certificate());
        broker = new EmbeddedBroker(
                BrokerSettings.at(directory.resolve("broker")),
                () -> registry,
                Set.of(TestFederation.CSPD),
                federation::certified,
                Clock.systemUTC());
        broker.start();
        civil = new Node(TestFederation.CSPD, custody);
        portal = new Node(TestFederation.PORTAL, custody);
    }

    private static RegisteredCertificate right(X509Certificate certificate, @Nullable Instant compromised) {
        return new RegisteredCertificate(
                CertificateUse.MESSAGE_ISSUER,
                certificate,
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                compromised,
                LIFE);
    }

    /** The federation's registry with the rights, and with no message certificate of those who have them. */
    private Registry granted(X509Certificate authority) {
        Registry now = federation.registry();
        List<TrustAnchor> anchors = new ArrayList<>(now.anchors());
        anchors.add(new TrustAnchor(CertificateUse.MESSAGE_ISSUER, authority, null));
        Trusted old = now.trusted();
        return with(new Trusted(anchors, old.intermediates(), old.issuers(), old.federations()));
    }

    private Registry with(Trusted trusted) {
        Registry now = registry;
        List<Member> members = new ArrayList<>();
        for (Member member : now.members()) {
            RegisteredCertificate right = rights.get(member.id());
            List<RegisteredCertificate> certificates = new ArrayList<>(member.certificates());
            if (right != null) {
                certificates.removeIf(
                        of -> of.use() == CertificateUse.MESSAGE || of.use() == CertificateUse.MESSAGE_ISSUER);
                certificates.add(right);
            }
            members.add(new Member(member.id(), member.name(), member.nodes(), certificates, member.subsystems()));
        }
        return new Registry(
                now.instance(),
                now.version() + 1,
                now.issued(),
                now.expires(),
                Duration.ZERO,
                trusted,
                members,
                now.agreements());
    }

    @AfterEach
    void close() {
        portal.close();
        civil.close();
        broker.close();
    }

    @Test
    void ask_whileBothNodesRenewTheirCertificates_isAlwaysAnswered() throws Exception {
        List<ExchangeResult> results = new ArrayList<>(join(wave()));

        List<CompletableFuture<ExchangeResult>> meanwhile = wave();
        clock.behind = Duration.ZERO;
        civil.keys.look();
        meanwhile.addAll(wave());
        portal.keys.look();
        results.addAll(join(meanwhile));
        results.addAll(join(wave()));

        assertThat(results).hasSize(4 * WAVE).allSatisfy(result -> assertThat(result)
                .isInstanceOf(ExchangeResult.Answered.class));
        assertThat(certificates(results, true)).as("of requests").hasSize(2);
        assertThat(certificates(results, false)).as("of replies").hasSize(2);
        assertThat(portal.keys.states()).singleElement().satisfies(state -> assertThat(state.issued())
                .isEqualTo(2));
        assertThat(portal.refusals()).isEmpty();
        assertThat(civil.refusals()).isEmpty();
    }

    @Test
    void ask_whenTheConsumersIssuingKeyIsCompromised_isRefusedWithTheNextRegistry() {
        assertThat(join(wave())).allSatisfy(result -> assertThat(result).isInstanceOf(ExchangeResult.Answered.class));

        RegisteredCertificate right = rights.get(TestFederation.PORTAL);
        rights.put(
                TestFederation.PORTAL, right(right.certificate(), Instant.now().minusSeconds(3_600)));
        registry = with(registry.trusted());

        assertThat(join(wave())).allSatisfy(result -> assertThat(result)
                .isInstanceOfSatisfying(
                        ExchangeResult.Faulted.class,
                        faulted -> assertThat(faulted.fault().code()).isEqualTo(FaultCode.CERTIFICATE_REVOKED)));
    }

    private List<CompletableFuture<ExchangeResult>> wave() {
        List<CompletableFuture<ExchangeResult>> asked = new ArrayList<>();
        for (int i = 0; i < WAVE; i++) {
            asked.add(portal.exchange.client().submit(TestNode.request()).toCompletableFuture());
        }
        return asked;
    }

    private static List<ExchangeResult> join(List<CompletableFuture<ExchangeResult>> asked) {
        return asked.stream()
                .map(one -> one.orTimeout(60, TimeUnit.SECONDS).join())
                .toList();
    }

    private Set<X509Certificate> certificates(List<ExchangeResult> results, boolean ofRequests) {
        AsicContainerVerifier verifier = new AsicContainerVerifier(SCHEMAS, new CertificatePath(RevocationLists.NONE));
        Set<X509Certificate> found = new HashSet<>();
        for (ExchangeResult result : results) {
            ExchangeResult.Answered answered = (ExchangeResult.Answered) result;
            Container container = ofRequests ? answered.request() : answered.reply();
            ContainerVerdict verdict = verifier.verify(
                    container.octets(), registry, container.header().issued());
            assertThat(verdict).isInstanceOf(ContainerVerdict.Genuine.class);
            found.add(((ContainerVerdict.Genuine) verdict).certificate());
        }
        return found;
    }
}
