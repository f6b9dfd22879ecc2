package org.wasl.routes.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.routes.exchange.TestAuthority;
import org.wasl.routes.exchange.TestFederation;

class EmbeddedBrokerTest {

    private static final String REQUESTS = Queues.request(TestFederation.REGISTRY);
    private static final String PASSWORD = "changeit";

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

    @Test
    void tls_whenMemberConnects_readsItsOwnQueuesOnly() throws Exception {
        int port = freePort();
        KeyPair server = TestAuthority.generate();
        Path serverStore = store("server.p12", server, federation.authority().issue("localhost", server.getPublic()));
        Path trust = trust();
        BrokerSettings settings = BrokerSettings.at(directory.resolve("broker"))
                .withTls(new BrokerSettings.TlsAcceptor(port, serverStore, PASSWORD, trust, PASSWORD));
        Path portal = client("portal.p12", TestFederation.PORTAL);
        Path cspd = client("cspd.p12", TestFederation.CSPD);
        KeyPair strangerPair = TestAuthority.generate();
        Path stranger =
                store("stranger.p12", strangerPair, federation.authority().issue("stranger", strangerPair.getPublic()));
        try (EmbeddedBroker broker = started(settings)) {
            send(tls(port, portal, trust), REQUESTS);

            assertThat(broker.depth(REQUESTS)).isEqualTo(1);
            assertThatThrownBy(() -> receive(tls(port, portal, trust))).isInstanceOf(JMSSecurityException.class);
            assertThat(receive(tls(port, cspd, trust))).isNotNull();
            assertThatThrownBy(() -> send(tls(port, stranger, trust), REQUESTS))
                    .isInstanceOf(JMSSecurityException.class);
            assertThatThrownBy(() -> send(tls(port, null, trust), REQUESTS)).isInstanceOf(JMSException.class);
        }
    }

    private EmbeddedBroker started(BrokerSettings settings) {
        EmbeddedBroker broker =
                new EmbeddedBroker(settings, federation::registry, federation.members(), Clock.systemUTC());
        broker.start();
        return broker;
    }

    private static void send(ConnectionFactory factory, String queue) throws JMSException {
        try (Connection connection = factory.createConnection();
                Session session = session(connection)) {
            session.createProducer(session.createQueue(queue)).send(session.createBytesMessage());
        }
    }

    private static Message receive(ConnectionFactory factory) throws JMSException {
        try (Connection connection = factory.createConnection();
                Session session = session(connection);
                MessageConsumer consumer = session.createConsumer(session.createQueue(REQUESTS))) {
            connection.start();
            return consumer.receive(10_000);
        }
    }

    private static Session session(Connection connection) throws JMSException {
        return connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    private static ConnectionFactory tls(int port, Path keys, Path trust) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.HOST_PROP_NAME, "127.0.0.1");
        parameters.put(TransportConstants.PORT_PROP_NAME, port);
        parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        parameters.put(TransportConstants.VERIFY_HOST_PROP_NAME, false);
        parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PKCS12");
        parameters.put(TransportConstants.TRUSTSTORE_PATH_PROP_NAME, trust.toString());
        parameters.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, PASSWORD);
        if (keys != null) {
            parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
            parameters.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, keys.toString());
            parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, PASSWORD);
        }
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(
                false, new TransportConfiguration(NettyConnectorFactory.class.getName(), parameters));
        factory.setReconnectAttempts(0);
        factory.setCallTimeout(10_000);
        return factory;
    }

    private Path client(String file, org.wasl.schemas.identifier.MemberId member) throws Exception {
        KeyPair pair = TestAuthority.generate();
        X509Certificate certificate = federation.authority().issue(member.dotted(), pair.getPublic());
        federation.tls(member, certificate);
        return store(file, pair, certificate);
    }

    private Path store(String file, KeyPair pair, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", pair.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {
            certificate, federation.authority().certificate()
        });
        return write(file, store);
    }

    private Path trust() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", federation.authority().certificate());
        return write("trust.p12", store);
    }

    private Path write(String file, KeyStore store) throws GeneralSecurityException, IOException {
        Path path = directory.resolve(file);
        try (OutputStream out = Files.newOutputStream(path)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return path;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
