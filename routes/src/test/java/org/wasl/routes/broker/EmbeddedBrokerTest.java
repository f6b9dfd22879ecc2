package org.wasl.routes.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.routes.exchange.TestFederation;

class EmbeddedBrokerTest {

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

    private EmbeddedBroker started(BrokerSettings settings) {
        EmbeddedBroker broker = new EmbeddedBroker(
                settings, federation::registry, federation.members(), federation::certified, Clock.systemUTC());
        broker.start();
        return broker;
    }

    private static void send(ConnectionFactory factory, String queue) throws JMSException {
        try (Connection connection = factory.createConnection();
                Session session = session(connection)) {
            session.createProducer(session.createQueue(queue)).send(session.createBytesMessage());
        }
    }

    private static Session session(Connection connection) throws JMSException {
        return connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }
}
