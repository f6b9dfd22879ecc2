package org.wasl.routes.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.broker.TlsClients;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.container.Container;

/** Messages that a member of bad will, or a broken program of it, puts into a queue that it may send to. */
class HostileMessageTest {

    private static final String REQUESTS = Queues.request(TestFederation.REGISTRY);
    private static final int POISON = 10_000;
    private static final int BATCH = 250;

    @TempDir
    Path directory;

    private final TestFederation federation = new TestFederation();
    private TlsClients clients;
    private TestNode node;

    @BeforeEach
    void start() throws Exception {
        clients = new TlsClients(directory, federation);
        clients.register(TestFederation.PORTAL);
        clients.register(TestFederation.CSPD);
        BrokerSettings settings = BrokerSettings.at(directory.resolve("broker"))
                .withRedelivery(3, Duration.ofMillis(50))
                .withQuotas(new BrokerSettings.Quotas(16, 16, 100_000), 11L * 1024 * 1024)
                .withTls(clients.acceptor());
        node = new TestNode(directory, ExchangeSettings.of(TestFederation.NODE), settings, federation);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void request_whenHeadersNameCamelsOwn_decidesNothing() throws Exception {
        Path bait = directory.resolve("bait");
        Map<String, String> headers = new HashMap<>();
        for (String name : List.of(
                "ExecCommandExecutable",
                "ExecCommandArgs",
                "BeanMethodName",
                "FileName",
                "FileNameProduced",
                "HttpUri",
                "HttpPath",
                "HttpMethod",
                "JmsDestination",
                "JmsDestinationName",
                "JmsMessageType",
                "SqlQuery",
                "XsltResourceUri",
                "CxfOperationName",
                "RecipientListEndpoint",
                "ToEndpoint",
                "SlipEndpoint")) {
            for (String prefix : List.of("Camel", "camel", "cAmEL", "CAMEL", "org_apache_camel_")) {
                headers.put(prefix + name, name.contains("Jms") ? Queues.DEAD_LETTER : bait.toString());
            }
        }
        headers.put(ExchangeProperties.LOGGED_FAULT, FaultCode.INTERNAL.wireCode());
        headers.put(ExchangeProperties.REPLY_NODE, "node1\r\nforged: line ${jndi:ldap://x}");
        Container request = node.signed(node.header());

        send(TestFederation.PORTAL, REQUESTS, message(request.octets(), headers));

        // The reply went to the portal's queue, where nobody had asked: the registry alone says where it goes.
        node.awaitRefusal(FaultCode.EXCHANGE_OTHER_REQUEST);
        assertThat(node.connector.reads()).isEqualTo(1);
        assertThat(node.broker.depth(Queues.DEAD_LETTER)).isZero();
        assertThat(node.exchange().deadLetters()).isZero();
        assertThat(bait).doesNotExist();
        try (Stream<Path> files = Files.list(Path.of(""))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.contains("bait"));
        }
    }

    @Test
    void request_whenAnotherMemberSendsIt_isRefused() throws Exception {
        // Genuine, and of another member than the one whose connection it comes by.
        Container ofLicensing = node.signed(node.header(TestFederation.LICENSING));

        send(TestFederation.PORTAL, REQUESTS, message(ofLicensing.octets(), Map.of()));

        node.awaitRefusal(FaultCode.EXCHANGE_OTHER_SENDER);
        assertThat(node.connector.reads()).isZero();
        await().atMost(TestNode.PATIENCE).until(() -> node.exchange().deadLetters() == 1);
    }

    @Test
    void request_whenItIsAnObjectStream_isRefusedUnread() throws Exception {
        send(TestFederation.PORTAL, REQUESTS, session -> session.createObjectMessage(new ArrayList<>(List.of("x"))));

        node.awaitRefusal(FaultCode.CONTAINER_NOT_ZIP);
        assertThat(node.connector.reads()).isZero();
    }

    @Test
    void poison_whenThereAreTenThousand_isLoggedAlarmedAndLeavesNeighboursAlone() throws Exception {
        federation.agreements(List.of(
                TestFederation.agreement(),
                TestFederation.agreement(TestFederation.WEB, TestFederation.VEHICLE, List.of("lifeStatus/status"))));
        Thread flood = new Thread(this::flood, "flood");
        flood.start();
        List<Duration> waits = new ArrayList<>();
        while (flood.isAlive() || waits.size() < 20) {
            long begun = System.nanoTime();
            assertThat(node.ask(TestNode.request())).isInstanceOf(ExchangeResult.Answered.class);
            waits.add(Duration.ofNanos(System.nanoTime() - begun));
        }
        flood.join();

        await().atMost(Duration.ofMinutes(3)).until(() -> node.exchange().deadLetters() == POISON);
        assertThat(node.refusals()).hasSize(POISON).containsOnly(FaultCode.CONTAINER_NOT_ZIP.wireCode());
        assertThat(node.broker.depth(Queues.DEAD_LETTER)).isZero();
        assertThat(node.exchange().deadLetterAlarms()).isBetween(1L, 20L);
        assertThat(node.ask(TestNode.request())).isInstanceOf(ExchangeResult.Answered.class);
    }

    private void flood() {
        try (Connection portal = clients.connect(TestFederation.PORTAL);
                Session session = portal.createSession(true, Session.SESSION_TRANSACTED);
                MessageProducer producer = session.createProducer(session.createQueue(REQUESTS))) {
            for (int i = 1; i <= POISON; i++) {
                BytesMessage message = session.createBytesMessage();
                message.writeBytes(("poison " + i).getBytes(StandardCharsets.UTF_8));
                producer.send(message);
                if (i % BATCH == 0) {
                    session.commit();
                }
            }
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private interface Making {
        Message make(Session session) throws JMSException;
    }

    private static Making message(byte[] octets, Map<String, String> headers) {
        return session -> {
            BytesMessage message = session.createBytesMessage();
            for (Map.Entry<String, String> header : headers.entrySet()) {
                message.setStringProperty(header.getKey(), header.getValue());
            }
            message.setJMSReplyTo(session.createQueue(Queues.DEAD_LETTER));
            message.setJMSCorrelationID("forged");
            message.writeBytes(octets);
            return message;
        };
    }

    private void send(org.wasl.schemas.identifier.MemberId member, String queue, Making making) throws JMSException {
        try (Connection connection = clients.connect(member);
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            producer.send(making.make(session));
        }
    }
}
