package org.wasl.routes.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.api.core.management.ManagementHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.routes.exchange.TestAuthority;
import org.wasl.routes.exchange.TestFederation;
import org.wasl.schemas.identifier.MemberId;

/** Every member's certificate against every queue, in every way, over real TLS: only what is granted works. */
class BrokerAccessTest {

    private static final String CLUSTER_USER = "ACTIVEMQ.CLUSTER.ADMIN.USER";
    private static final String CLUSTER_PASSWORD = "CHANGE ME!!";
    private static final List<MemberId> MEMBERS =
            List.of(TestFederation.CSPD, TestFederation.DVLD, TestFederation.PORTAL);
    private static final String CSPD_REQUESTS = Queues.request(TestFederation.REGISTRY);
    private static final String DVLD_REQUESTS = Queues.request(TestFederation.DVLD.subsystem("vehicles"));
    private static final String LICENSING_EVENTS = Queues.event(TestFederation.LICENSING);
    private static final String PORTAL_EVENTS = Queues.event(TestFederation.WEB);
    private static final List<String> QUEUES = List.of(
            CSPD_REQUESTS,
            DVLD_REQUESTS,
            reply(TestFederation.CSPD),
            reply(TestFederation.DVLD),
            reply(TestFederation.PORTAL),
            LICENSING_EVENTS,
            PORTAL_EVENTS,
            Queues.DEAD_LETTER,
            Queues.EXPIRED,
            "activemq.management",
            "activemq.notifications",
            "wasl.request.JO.GOV.NOBODY.web");

    /** The registry has two agreements: the portal asks the civil register, and licensing hears of deaths from it. */
    private static final Set<String> GRANTED = Set.of(
            "JO.GOV.PORTAL SEND " + CSPD_REQUESTS,
            "JO.GOV.CSPD SEND " + reply(TestFederation.PORTAL),
            "JO.GOV.CSPD SEND " + LICENSING_EVENTS,
            // Licensing may ask what it missed.
            "JO.GOV.DVLD SEND " + CSPD_REQUESTS,
            "JO.GOV.CSPD SEND " + reply(TestFederation.DVLD),
            "JO.GOV.DVLD CONSUME " + LICENSING_EVENTS,
            "JO.GOV.DVLD BROWSE " + LICENSING_EVENTS,
            "JO.GOV.CSPD CONSUME " + CSPD_REQUESTS,
            "JO.GOV.CSPD BROWSE " + CSPD_REQUESTS,
            "JO.GOV.DVLD CONSUME " + DVLD_REQUESTS,
            "JO.GOV.DVLD BROWSE " + DVLD_REQUESTS,
            "JO.GOV.CSPD CONSUME " + reply(TestFederation.CSPD),
            "JO.GOV.CSPD BROWSE " + reply(TestFederation.CSPD),
            "JO.GOV.DVLD CONSUME " + reply(TestFederation.DVLD),
            "JO.GOV.DVLD BROWSE " + reply(TestFederation.DVLD),
            "JO.GOV.PORTAL CONSUME " + reply(TestFederation.PORTAL),
            "JO.GOV.PORTAL BROWSE " + reply(TestFederation.PORTAL));

    @TempDir
    Path directory;

    private final TestFederation federation = new TestFederation();
    private final Map<MemberId, X509Certificate> certificates = new HashMap<>();
    private TlsClients clients;
    private EmbeddedBroker broker;

    private enum Way {
        SEND,
        CONSUME,
        CONSUME_THROUGH_OWN,
        BROWSE,
        CREATE_QUEUE,
        CREATE_ADDRESS,
        CREATE_TEMPORARY,
        CREATE_SHARED,
        DELETE_QUEUE,
        PURGE
    }

    @BeforeEach
    void start() throws Exception {
        clients = new TlsClients(directory, federation);
        federation.hearsOfDeaths(TestFederation.LICENSING);
        for (MemberId member : MEMBERS) {
            certificates.put(member, clients.register(member));
        }
        broker = new EmbeddedBroker(
                BrokerSettings.at(directory.resolve("broker")).withTls(clients.acceptor()),
                federation::registry,
                federation.members(),
                federation::certified,
                Clock.systemUTC());
        broker.start();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void everyMember_whenItTriesEveryQueueInEveryWay_getsOnlyWhatIsGranted() throws Exception {
        Set<String> worked = new TreeSet<>();
        for (MemberId member : MEMBERS) {
            try (ServerLocator locator =
                            ActiveMQClient.createServerLocatorWithoutHA(clients.transport(member.dotted(), "TLSv1.3"));
                    ClientSessionFactory factory = locator.createSessionFactory()) {
                for (String queue : QUEUES) {
                    for (Way way : Way.values()) {
                        boolean own = GRANTED.contains(member.dotted() + " CONSUME " + queue);
                        boolean nothingGained = way == Way.CONSUME_THROUGH_OWN && own;
                        if (!nothingGained && works(factory, member, queue, way)) {
                            worked.add(member.dotted() + " " + way + " " + queue);
                        }
                    }
                }
            }
        }

        assertThat(worked).isEqualTo(new TreeSet<>(GRANTED));
        for (String queue : QUEUES.subList(0, 9)) {
            assertThat(broker.depth(queue))
                    .as(queue)
                    .isEqualTo(worked.stream()
                            .filter(grant -> grant.endsWith(" SEND " + queue))
                            .count());
        }
    }

    private static boolean works(ClientSessionFactory factory, MemberId member, String queue, Way way)
            throws ActiveMQException {
        // Acknowledged sends, so that a refusal is heard; nothing that is consumed is acknowledged.
        try (ClientSession session = factory.createSession(null, null, false, true, true, false, 0)) {
            session.start();
            attempt(session, member, queue, way);
            return true;
        } catch (ActiveMQSecurityException refused) {
            return false;
        } catch (ActiveMQException refused) {
            // What does not exist is not there for anybody.
            return false;
        }
    }

    private static void attempt(ClientSession session, MemberId member, String queue, Way way)
            throws ActiveMQException {
        QueueConfiguration wanted = QueueConfiguration.of("taken." + member.dotted())
                .setAddress(queue)
                .setRoutingType(RoutingType.ANYCAST);
        switch (way) {
            case SEND -> session.createProducer(queue).send(session.createMessage(true));
            case CONSUME -> session.createConsumer(queue).close();
            case CONSUME_THROUGH_OWN ->
                session.createConsumer(reply(member) + "::" + queue).close();
            case BROWSE -> session.createConsumer(queue, true).close();
            case CREATE_QUEUE -> session.createQueue(wanted.setDurable(true));
            case CREATE_ADDRESS ->
                session.createAddress(SimpleString.of(queue + "." + member.dotted()), RoutingType.ANYCAST, false);
            case CREATE_TEMPORARY ->
                session.createQueue(wanted.setDurable(false).setTemporary(true));
            case CREATE_SHARED -> session.createSharedQueue(wanted.setRoutingType(RoutingType.MULTICAST));
            case DELETE_QUEUE -> session.deleteQueue(queue);
            case PURGE -> purge(session, queue);
        }
    }

    private static void purge(ClientSession session, String queue) throws ActiveMQException {
        ClientMessage order = session.createMessage(true);
        try {
            ManagementHelper.putOperationInvocation(order, "queue." + queue, "removeAllMessages");
        } catch (Exception e) { // the client declares nothing narrower
            throw new AssertionError(e);
        }
        session.createProducer("activemq.management").send(order);
    }

    private static String reply(MemberId member) {
        return Queues.reply(member, TestFederation.NODE);
    }

    @Test
    void agreements_whenTheyChange_changeWhoMaySend() throws Exception {
        try (Connection portal = clients.connect(TestFederation.PORTAL)) {
            send(portal, CSPD_REQUESTS);
            federation.withoutAgreements();
            broker.declare(federation.registry());

            assertThatThrownBy(() -> send(portal, CSPD_REQUESTS)).isInstanceOf(JMSException.class);
        }
        assertThat(broker.depth(CSPD_REQUESTS)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "self-signed", "other-authority", "unregistered", "message-key", "nobody"})
    void connect_whenCertificateIsNotAMembersTlsCertificate_refused(String name) throws Exception {
        KeyPair pair = TestAuthority.generate();
        Instant longAgo = Instant.now().minus(Duration.ofDays(40));
        switch (name) {
            case "expired" -> {
                X509Certificate old = federation.authority().issueTls("JO.GOV.PORTAL", pair.getPublic(), longAgo);
                federation.tls(TestFederation.PORTAL, old);
                clients.store(name, pair, old);
            }
            case "self-signed" -> {
                TestAuthority own = new TestAuthority();
                clients.store(name, own.pair(), own.certificate());
            }
            case "other-authority" -> {
                // Of the same name as the trusted one, and even in the registry: the chain does not hold.
                X509Certificate foreign = new TestAuthority().issueTls("JO.GOV.PORTAL", pair.getPublic());
                federation.tls(TestFederation.PORTAL, foreign);
                clients.store(name, pair, foreign);
            }
            case "unregistered" ->
                clients.store(name, pair, federation.authority().issueTls("JO.GOV.PORTAL", pair.getPublic()));
            case "message-key" ->
                clients.store(
                        name,
                        federation.messagePair(TestFederation.PORTAL),
                        federation.messageCertificate(TestFederation.PORTAL));
            default -> assertThat(name).isEqualTo("nobody");
        }

        assertThatThrownBy(() -> clients.connect(name, "TLSv1.3")).isInstanceOf(JMSException.class);
    }

    @Test
    void connect_whenTls12_refused() throws Exception {
        assertThatThrownBy(() -> clients.connect(TestFederation.PORTAL.dotted(), "TLSv1.2"))
                .isInstanceOf(JMSException.class);
        clients.connect(TestFederation.PORTAL.dotted(), "TLSv1.3").close();
    }

    @Test
    void connect_whenClusterUserWithItsUsualPassword_refused() {
        for (String name : List.of(TestFederation.PORTAL.dotted(), "nobody")) {
            assertThatThrownBy(() -> {
                        try (Connection connection = clients.factory(name, "TLSv1.3")
                                        .createConnection(CLUSTER_USER, CLUSTER_PASSWORD);
                                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
                            session.createConsumer(session.createQueue(CSPD_REQUESTS))
                                    .close();
                        }
                    })
                    .as(name)
                    .isInstanceOf(JMSException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connection_whenCertificateIsWithdrawnOrRevoked_isClosedAndNotTakenAgain(boolean revoked) throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        try (Connection portal = clients.connect(TestFederation.PORTAL);
                Session session = portal.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
            portal.setExceptionListener(failure -> closed.set(true));
            session.createConsumer(session.createQueue(reply(TestFederation.PORTAL)));
            portal.start();
            long begun = System.nanoTime();
            if (revoked) {
                federation.revoke(certificates.get(TestFederation.PORTAL));
            } else {
                federation.withdrawTls(TestFederation.PORTAL);
            }

            await().atMost(Duration.ofSeconds(10)).untilTrue(closed);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        }
        assertThatThrownBy(() -> clients.connect(TestFederation.PORTAL)).isInstanceOf(JMSException.class);
    }

    @Test
    void message_whenSenderClaimsToBeAnother_carriesWhomTheBrokerAuthenticated() throws Exception {
        try (ServerLocator locator =
                        ActiveMQClient.createServerLocatorWithoutHA(clients.transport("JO.GOV.PORTAL", "TLSv1.3"));
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession()) {
            ClientMessage lie = session.createMessage(true);
            lie.setValidatedUserID(RegistrySecurity.NODE_USER);
            session.createProducer(CSPD_REQUESTS).send(lie);
        }
        try (Connection cspd = clients.connect(TestFederation.CSPD);
                Session session = cspd.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(session.createQueue(CSPD_REQUESTS))) {
            cspd.start();
            assertThat(consumer.receive(10_000).getStringProperty("JMSXUserID")).isEqualTo("JO.GOV.PORTAL");
        }
    }

    @Test
    void member_whenBeyondItsQuotas_isRefusedAndNothingIsLost() throws Exception {
        broker.close();
        try (EmbeddedBroker small = new EmbeddedBroker(
                BrokerSettings.at(directory.resolve("small"))
                        .withTls(clients.acceptor())
                        .withQuotas(new BrokerSettings.Quotas(8, 4, 20), 1024 * 1024),
                federation::registry,
                federation.members(),
                federation::certified,
                Clock.systemUTC())) {
            small.start();
            assertThat(acceptedOf(200)).isBetween(20, 120).isEqualTo((int) small.depth(CSPD_REQUESTS));
            assertSessionsAreBounded();
            assertOversizedEndsTheConnection(small);
        }
    }

    private int acceptedOf(int messages) throws JMSException {
        int accepted = 0;
        try (Connection portal = clients.connect(TestFederation.PORTAL)) {
            for (int i = 0; i < messages; i++) {
                try {
                    send(portal, CSPD_REQUESTS);
                    accepted++;
                } catch (JMSException beyondQuota) {
                    assertThat(beyondQuota).hasMessageContaining("messages of this second");
                }
            }
        }
        return accepted;
    }

    private void assertSessionsAreBounded() throws JMSException {
        List<Session> open = new ArrayList<>();
        try (Connection portal = clients.connect(TestFederation.PORTAL)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 8; i++) {
                            open.add(portal.createSession(false, Session.AUTO_ACKNOWLEDGE));
                        }
                    })
                    .isInstanceOf(JMSException.class);
        }
        assertThat(open).hasSizeLessThanOrEqualTo(4);
    }

    private void assertOversizedEndsTheConnection(EmbeddedBroker small) throws JMSException {
        long before = small.depth(CSPD_REQUESTS);
        assertThatThrownBy(() -> {
                    try (Connection portal = clients.connect(TestFederation.PORTAL);
                            Session session = portal.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
                        jakarta.jms.BytesMessage huge = session.createBytesMessage();
                        huge.writeBytes(new byte[3 * 1024 * 1024]);
                        session.createProducer(session.createQueue(CSPD_REQUESTS))
                                .send(huge);
                    }
                })
                .isInstanceOf(JMSException.class);
        assertThat(small.depth(CSPD_REQUESTS)).isEqualTo(before);
    }

    @Test
    void queue_whenFullInMemoryAndOnDisk_refusesAndLosesNothing() throws Exception {
        broker.close();
        try (EmbeddedBroker small = new EmbeddedBroker(
                BrokerSettings.at(directory.resolve("paging")).withAddressBounds(256 * 1024, 2 * 1024 * 1024),
                federation::registry,
                federation.members(),
                federation::certified,
                Clock.systemUTC())) {
            small.start();
            Set<Integer> accepted = new TreeSet<>();
            try (Connection node = small.connections().senders().createConnection();
                    Session session = node.createSession(false, Session.AUTO_ACKNOWLEDGE);
                    var producer = session.createProducer(session.createQueue(CSPD_REQUESTS))) {
                for (int i = 0; i < 5_000; i++) {
                    var message = session.createBytesMessage();
                    message.setIntProperty("number", i);
                    message.writeBytes(new byte[8 * 1024]);
                    try {
                        producer.send(message);
                        accepted.add(i);
                    } catch (JMSException full) {
                        assertThat(full).hasMessageContaining("is full");
                        break;
                    }
                }
            }
            assertThat(accepted).hasSizeBetween(100, 1_000);
            assertThat(drained(small, accepted.size())).isEqualTo(accepted);
            try (Connection node = small.connections().senders().createConnection()) {
                send(node, CSPD_REQUESTS);
            }
        }
    }

    private static Set<Integer> drained(EmbeddedBroker from, int messages) throws JMSException {
        Set<Integer> numbers = new TreeSet<>();
        try (Connection node = from.connections().listeners().createConnection();
                Session session = node.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageConsumer consumer = session.createConsumer(session.createQueue(CSPD_REQUESTS))) {
            node.start();
            for (int i = 0; i < messages; i++) {
                numbers.add(consumer.receive(10_000).getIntProperty("number"));
            }
        }
        return numbers;
    }

    @Test
    void browse_whenOwnQueue_showsWhatWaits() throws Exception {
        try (Connection portal = clients.connect(TestFederation.PORTAL)) {
            send(portal, CSPD_REQUESTS);
        }
        try (Connection cspd = clients.connect(TestFederation.CSPD);
                Session session = cspd.createSession(false, Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue(CSPD_REQUESTS))) {
            cspd.start();
            assertThat(Collections.list(browser.getEnumeration())).hasSize(1);
        }
    }

    private static void send(Connection connection, String queue) throws JMSException {
        try (Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                var producer = session.createProducer(session.createQueue(queue))) {
            producer.send(session.createBytesMessage());
        }
    }
}
