package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.routes.broker.ArtemisProcess;
import org.wasl.routes.broker.BrokerAddress;
import org.wasl.routes.broker.BrokerFiles;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.BrokerSite;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.broker.StandaloneBroker;
import org.wasl.routes.broker.StandaloneSettings;
import org.wasl.routes.broker.TlsClients;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.container.Spool;
import org.wasl.security.keys.DecryptionKey;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.CertificatePath;

/**
 * Two members' nodes over a pair of brokers of their own: Artemis from its distribution, configured from the registry, with
 * no code of ours in it.
 */
class StandaloneExchangeTest {

    private static final SchemaCatalogue SCHEMAS = SchemaCatalogue.load();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET = "a-secret-of-the-pair";
    private static final String STRANGER = "stranger";
    private static final String REQUESTS = Queues.request(TestFederation.REGISTRY);
    private static final int WAVE = 40;

    @TempDir
    private static Path directory;

    private static final TestFederation FEDERATION = new TestFederation();
    private static final List<BrokerAddress> ADDRESSES = new ArrayList<>();
    private static final List<BrokerFiles> FILES = new ArrayList<>();
    private static final Map<Integer, ArtemisProcess> PROCESSES = new HashMap<>();
    private static TlsClients clients;
    private static Node portal;
    private static Node civil;

    /** The keys of one member alone. */
    private record OwnKeys(MemberId member) implements MemberKeys {

        @Override
        public Optional<SigningKey> messageKey(MemberId asked) {
            return asked.equals(member) ? FEDERATION.messageKey(asked) : Optional.empty();
        }

        @Override
        public Optional<DecryptionKey> decryptionKey(String certificateDigest) {
            return FEDERATION.decryptionKey(certificateDigest);
        }

        @Override
        public Set<MemberId> members() {
            return Set.of(member);
        }
    }

    /** One member's node. */
    private static final class Node implements AutoCloseable {

        private final CountingConnector connector = new CountingConnector();
        private final StandaloneBroker broker;
        private final MessageLog log;
        private final CamelContext camel = new DefaultCamelContext();
        private final ExchangeNode exchange;

        Node(MemberId member) throws Exception {
            Path own = Files.createDirectories(directory.resolve(member.member()));
            CertificatePath path = new CertificatePath(RevocationLists.NONE);
            broker = new StandaloneBroker(settings(member.dotted()), member, FEDERATION::registry);
            broker.start();
            log = GroupCommitMessageLog.open(
                    SqliteLogStore.open(own.resolve("wasl.db")),
                    IndexKey.of(new byte[32]),
                    LogSettings.defaults(),
                    cause -> {});
            exchange = ExchangeNode.addTo(
                    camel,
                    new ExchangeParts(
                            FEDERATION::registry,
                            new OwnKeys(member),
                            new PayloadSealer(path),
                            new AsicContainerSigner(),
                            new AsicContainerVerifier(SCHEMAS, path),
                            new RegistryAccessPolicy(Clock.systemUTC()),
                            new AssertionVerifier(ClaimNames.DEFAULT),
                            SCHEMAS,
                            log,
                            EvidenceGate.OPEN,
                            connector,
                            broker.connections(),
                            service -> false,
                            Clock.systemUTC(),
                            ExchangeSettings.of(TestFederation.NODE),
                            Spool.open(own.resolve("spool"), 64L << 20)));
            camel.getShutdownStrategy().setTimeout(5);
            camel.start();
            exchange.recover();
        }

        CompletableFuture<ExchangeResult> ask(Duration timeout) {
            return exchange.client()
                    .submit(TestNode.request(UUID.randomUUID(), TestFederation.LIFE_STATUS, TestNode.NUMBER, timeout));
        }

        @Override
        public void close() {
            camel.stop();
            exchange.close();
            broker.close();
            log.close();
        }
    }

    private static StandaloneSettings settings(String name) {
        return new StandaloneSettings(
                ADDRESSES,
                clients.keyStore(name),
                TlsClients.PASSWORD,
                clients.trustStore(),
                TlsClients.PASSWORD,
                2,
                Duration.ofSeconds(5),
                Duration.ofSeconds(6));
    }

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(ArtemisProcess.home().isPresent(), "skipped: Artemis' distribution is absent");
        clients = new TlsClients(directory, FEDERATION);
        for (MemberId member : List.of(TestFederation.PORTAL, TestFederation.CSPD)) {
            clients.register(member);
        }
        KeyPair stranger = TestAuthority.generate();
        clients.store(STRANGER, stranger, FEDERATION.authority().issueTls(STRANGER, stranger.getPublic()));
        List<X509Certificate> certificates = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ADDRESSES.add(new BrokerAddress("localhost", freePort()));
            KeyPair pair = TestAuthority.generate();
            certificates.add(FEDERATION.authority().issueTls("localhost", pair.getPublic()));
            clients.store("broker-" + i, pair, certificates.get(i));
        }
        for (int i = 0; i < 2; i++) {
            FILES.add(files(i, certificates.get(1 - i)));
            FILES.get(i).write(FEDERATION.registry(), Instant.now());
        }
        run(0);
        await("the first broker serves").atMost(PATIENCE).until(() -> serves(0));
        run(1);
        await("the second one follows").atMost(PATIENCE).until(StandaloneExchangeTest::inStep);
        civil = new Node(TestFederation.CSPD);
        portal = new Node(TestFederation.PORTAL);
        await("both are at it").atMost(PATIENCE).until(() -> civil.broker.running() && portal.broker.running());
    }

    private static BrokerFiles files(int index, X509Certificate peer) {
        BrokerSite site = new BrokerSite(
                "broker-" + index,
                ADDRESSES.get(index),
                "127.0.0.1",
                clients.keyStore("broker-" + index),
                TlsClients.PASSWORD,
                Optional.of(new BrokerSite.Pair(ADDRESSES.get(1 - index), peer, directory.resolve("locks"), SECRET)));
        BrokerSettings bounds = BrokerSettings.at(instance(index)).withRedelivery(3, Duration.ofMillis(50));
        return new BrokerFiles(instance(index), site, bounds, FEDERATION::certified);
    }

    private static Path instance(int index) {
        return directory.resolve("broker-" + index);
    }

    private static void run(int index) throws IOException {
        Files.createDirectories(directory.resolve("locks"));
        PROCESSES.put(index, ArtemisProcess.start(instance(index)));
    }

    private static boolean serves(int index) throws IOException {
        if (!PROCESSES.get(index).runs()) {
            throw new IllegalStateException(
                    "broker " + index + " ended: " + PROCESSES.get(index).said());
        }
        return ArtemisProcess.listens(ADDRESSES.get(index).port());
    }

    /** Whether one of the two has everything of the other one. */
    private static boolean inStep() throws IOException {
        for (ArtemisProcess process : PROCESSES.values()) {
            if (process.said().contains("AMQ221024")) {
                return true;
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (portal != null) {
            portal.close();
        }
        if (civil != null) {
            civil.close();
        }
        for (ArtemisProcess process : PROCESSES.values()) {
            process.close();
        }
    }

    @Test
    void exchange_whenNodesShareABrokerOfItsOwn_isAnswered() {
        assertThat(portal.ask(Duration.ofSeconds(20)).join()).isInstanceOf(ExchangeResult.Answered.class);

        await("what waits is known").atMost(PATIENCE).untilAsserted(() -> assertThat(civil.broker.depths())
                .containsEntry(REQUESTS, 0L)
                .containsKey(Queues.deadLetter(TestFederation.CSPD))
                .doesNotContainKey(Queues.reply(TestFederation.PORTAL, TestFederation.NODE)));
    }

    @Test
    void stranger_whenItsAuthorityIsTrustedButItIsNoMember_isNotLetIn() {
        StandaloneBroker knocking =
                new StandaloneBroker(settings(STRANGER), TestFederation.PORTAL, FEDERATION::registry);

        assertThatThrownBy(() -> send(knocking.connections().listeners(), REQUESTS))
                .isInstanceOf(JMSException.class);
        knocking.close();
    }

    @Test
    void member_whenAQueueIsNotItsOwn_neitherReadsNorSends() throws Exception {
        ConnectionFactory ways = portal.broker.connections().listeners();

        for (String foreign : List.of(
                REQUESTS,
                Queues.reply(TestFederation.CSPD, TestFederation.NODE),
                Queues.deadLetter(TestFederation.CSPD))) {
            assertThatThrownBy(() -> read(ways, foreign)).as(foreign).isInstanceOf(JMSException.class);
        }
        for (String foreign : List.of(
                Queues.reply(TestFederation.CSPD, TestFederation.NODE),
                Queues.request(TestFederation.DVLD.subsystem("vehicles")),
                Queues.expired(TestFederation.CSPD),
                Queues.DEAD_LETTER,
                "activemq.management",
                "wasl.request.JO.GOV.NOBODY.web")) {
            assertThatThrownBy(() -> send(ways, foreign)).as(foreign).isInstanceOf(JMSException.class);
        }
    }

    @Test
    void poison_whenAMemberSendsIt_endsInTheProvidersLogWithAnAlarm() throws Exception {
        long before = civil.exchange.deadLetters();

        send(portal.broker.connections().listeners(), REQUESTS);

        await("read as a dead letter")
                .atMost(PATIENCE)
                .until(() -> civil.exchange.deadLetters() > before && civil.exchange.deadLetterAlarms() > 0);
        assertThat(portal.exchange.deadLetters()).isZero();
    }

    @Test
    void registry_whenAMemberJoinsItAndLeaves_isFollowedByTheRunningBroker() throws Exception {
        clients.register(TestFederation.DVLD);
        rewrite();
        StandaloneBroker joined =
                new StandaloneBroker(settings("JO.GOV.DVLD"), TestFederation.DVLD, FEDERATION::registry);
        await("let in").atMost(PATIENCE).ignoreExceptions().until(() -> {
            read(joined.connections().listeners(), Queues.reply(TestFederation.DVLD, TestFederation.NODE));
            return true;
        });

        FEDERATION.withdrawTls(TestFederation.DVLD);
        rewrite();

        await("let in no more").atMost(PATIENCE).untilAsserted(() -> assertThatThrownBy(() ->
                        read(joined.connections().listeners(), Queues.reply(TestFederation.DVLD, TestFederation.NODE)))
                .isInstanceOf(JMSException.class));
        joined.close();
    }

    @Test
    void broker_whenItIsKilledWithRequestsUnderWay_losesNoneAndDoublesNone() throws Exception {
        int active = serves(0) ? 0 : 1;
        int reads = civil.connector.reads();
        List<CompletableFuture<ExchangeResult>> asked = new ArrayList<>();
        for (int i = 0; i < WAVE; i++) {
            asked.add(portal.ask(Duration.ofSeconds(55)));
            if (i == WAVE / 2) {
                PROCESSES.get(active).kill();
            }
        }

        for (CompletableFuture<ExchangeResult> one : asked) {
            assertThat(one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(ExchangeResult.Answered.class);
        }
        assertThat(civil.connector.reads() - reads).isEqualTo(WAVE);
        assertThat(serves(1 - active)).isTrue();
        // The one that fell comes back as the other one's standby, for whoever falls next.
        run(active);
        await("in step again").atMost(PATIENCE).until(StandaloneExchangeTest::inStep);
    }

    private static void rewrite() throws Exception {
        for (BrokerFiles files : FILES) {
            assertThat(files.write(FEDERATION.registry(), Instant.now())).contains("broker.xml", "trusted.p12");
            assertThat(files.write(FEDERATION.registry(), Instant.now())).isEmpty();
        }
    }

    private static void send(ConnectionFactory ways, String queue) throws JMSException {
        try (Connection connection = ways.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            session.createProducer(session.createQueue(queue)).send(session.createTextMessage("poison"));
        }
    }

    private static void read(ConnectionFactory ways, String queue) throws JMSException {
        try (Connection connection = ways.createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            session.createConsumer(session.createQueue(queue)).close();
        }
    }
}
