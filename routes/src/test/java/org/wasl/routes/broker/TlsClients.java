package org.wasl.routes.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.wasl.routes.exchange.TestAuthority;
import org.wasl.routes.exchange.TestFederation;
import org.wasl.schemas.identifier.MemberId;

/** A broker's TLS acceptor and those who knock at it, with whatever certificate. */
public final class TlsClients {

    public static final String PASSWORD = "changeit";

    private final Path directory;
    private final TestFederation federation;
    private final int port;
    private final Path trust;
    private final Map<String, Path> stores = new HashMap<>();
    private final Set<String> registered = new HashSet<>();

    public TlsClients(Path directory, TestFederation federation) throws GeneralSecurityException, IOException {
        this.directory = directory;
        this.federation = federation;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", federation.authority().certificate());
        this.trust = write("trust.p12", trusted);
        KeyPair server = TestAuthority.generate();
        store("server", server, federation.authority().issueTls("localhost", server.getPublic()));
    }

    /** What the broker needs. */
    public BrokerSettings.TlsAcceptor acceptor() {
        return new BrokerSettings.TlsAcceptor(port, stores.get("server"), PASSWORD, trust, PASSWORD);
    }

    int port() {
        return port;
    }

    /** The key store of what is kept under this name. */
    public Path keyStore(String name) {
        return stores.get(name);
    }

    /** The trust store that holds the authority. */
    public Path trustStore() {
        return trust;
    }

    /** Gives this member a registered client certificate. */
    public X509Certificate register(MemberId member) throws GeneralSecurityException, IOException {
        KeyPair pair = TestAuthority.generate();
        X509Certificate certificate = federation.authority().issueTls(member.dotted(), pair.getPublic());
        federation.tls(member, certificate);
        registered.add(member.dotted());
        store(member.dotted(), pair, certificate);
        return certificate;
    }

    /** Keeps a key and its certificate under this name. */
    public void store(String name, KeyPair pair, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", pair.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {certificate});
        stores.put(name, write(name + ".p12", store));
    }

    private Path write(String file, KeyStore store) throws GeneralSecurityException, IOException {
        Path path = directory.resolve(file);
        try (OutputStream out = Files.newOutputStream(path)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return path;
    }

    /** Connects with the certificate of this member. */
    public Connection connect(MemberId member) throws JMSException {
        return connect(member.dotted(), "TLSv1.3");
    }

    /** Connects with what is stored under this name; the connection is not made before its first session. */
    Connection connect(String name, String protocol) throws JMSException {
        ActiveMQConnectionFactory factory = factory(name, protocol);
        Connection connection = factory.createConnection();
        try {
            connection.createSession(false, Session.AUTO_ACKNOWLEDGE).close();
            return connection;
        } catch (JMSException e) {
            connection.close();
            throw e;
        }
    }

    ActiveMQConnectionFactory factory(String name, String protocol) {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(false, transport(name, protocol));
        factory.setReconnectAttempts(0);
        // Whom TLS 1.3 refuses hears of it only by silence.
        factory.setCallTimeout(registered.contains(name) ? 20_000 : 3_000);
        return factory;
    }

    TransportConfiguration transport(String name, String protocol) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.HOST_PROP_NAME, "127.0.0.1");
        parameters.put(TransportConstants.PORT_PROP_NAME, port);
        parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, protocol);
        parameters.put(TransportConstants.VERIFY_HOST_PROP_NAME, false);
        parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PKCS12");
        parameters.put(TransportConstants.TRUSTSTORE_PATH_PROP_NAME, trust.toString());
        parameters.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, PASSWORD);
        Path keys = stores.get(name);
        if (keys != null) {
            parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
            parameters.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, keys.toString());
            parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, PASSWORD);
        }
        return new TransportConfiguration(NettyConnectorFactory.class.getName(), parameters);
    }
}
