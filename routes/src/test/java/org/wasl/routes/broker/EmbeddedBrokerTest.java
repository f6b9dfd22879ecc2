package org.wasl.routes.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.routes.exchange.TestFederation;

class EmbeddedBrokerTest {

    private static final int MEMORY_BYTES = 64 * 1024;
    private static final int DISK_BYTES = 1024 * 1024;
    private static final int MORE_THAN_FIT = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REQUESTS = Queues.request(TestFederation.REGISTRY);

    @TempDir
    Path directory;

    private final TestFederation federation = new TestFederation();

    @Test
    void send_whenQueueIsNotOfTheRegistry_refused() throws JMSException {
        try (EmbeddedBroker broker = started(BrokerSettings.at(directory))) {
            for (String queue : new String[] {"wasl.request.JO.GOV.NOBODY.web", "anything", "activemq.management"}) {
                assertThatThrownBy(() -> send(broker.connections().senders(), queue))
                        .as(queue)
                        .isInstanceOf(JMSException.class);
            }
        }
    }

    @Test
    void connect_whenPasswordIsWrong_refused() throws JMSException {
        try (EmbeddedBroker broker = started(BrokerSettings.at(directory))) {
            ConnectionFactory factory = broker.connections().listeners();
            assertThatThrownBy(() -> session(factory.createConnection("node", "guess")))
                    .isInstanceOf(JMSSecurityException.class);
            assertThatThrownBy(() -> session(factory.createConnection("admin", "admin")))
                    .isInstanceOf(JMSSecurityException.class);
        }
    }

    @Test
    void restart_whenMessageWaits_itIsStillThere() throws JMSException {
        try (EmbeddedBroker broker = started(BrokerSettings.at(directory))) {
            send(broker.connections().senders(), REQUESTS);
            broker.stop();
            assertThat(broker.running()).isFalse();
            broker.start();

            assertThat(broker.depth(REQUESTS)).isEqualTo(1);
        }
    }

    /** Found by filling the journal's disk under load: the broker ended by itself, the node lived on without one. */
    @Test
    void broker_whenItsDiskFailedAndIsWellAgain_runsAgainWithWhatItHeld() throws Exception {
        BrokerSettings small = BrokerSettings.at(directory).withAddressBounds(MEMORY_BYTES, DISK_BYTES);
        try (EmbeddedBroker broker = started(small)) {
            send(broker.connections().senders(), REQUESTS);
            // Nowhere to put what no longer fits into memory.
            Path paging = Files.createFile(directory.resolve("paging"));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < MORE_THAN_FIT; i++) {
                            send(broker.connections().senders(), REQUESTS, MEMORY_BYTES / 4);
                        }
                    })
                    .isInstanceOf(JMSException.class);
            await().atMost(PATIENCE).until(() -> !broker.running());

            Files.delete(paging);

            await().atMost(PATIENCE).until(broker::running);
            assertThat(broker.depth(REQUESTS)).isPositive();
            send(broker.connections().senders(), REQUESTS);
        }
    }

    private EmbeddedBroker started(BrokerSettings settings) {
        EmbeddedBroker broker = new EmbeddedBroker(
                settings, federation::registry, federation.members(), federation::certified, Clock.systemUTC());
        broker.start();
        return broker;
    }

    private static void send(ConnectionFactory factory, String queue) throws JMSException {
        send(factory, queue, 0);
    }

    private static void send(ConnectionFactory factory, String queue, int octets) throws JMSException {
        try (Connection connection = factory.createConnection();
                Session session = session(connection)) {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(new byte[octets]);
            session.createProducer(session.createQueue(queue)).send(message);
        }
    }

    private static Session session(Connection connection) throws JMSException {
        return connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }
}
