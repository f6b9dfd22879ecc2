package org.wasl.routes.participant;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.wasl.routes.broker.BrokerConnections;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.registry.RegistryListener;
import org.wasl.security.registry.RegistryXml;

/** The samples' registry and keys in a directory that several processes share: each takes its own member's keys alone. */
record Federation(Path directory, int port) {

    static final SchemaCatalogue SCHEMAS = SchemaCatalogue.load();
    private static final String PASSWORD = "changeit";
    private static final int CALL_TIMEOUT_MILLIS = 5_000;
    private static final String LICENSING = """
              <agreement id="licensing-conviction-status" consumer="JO/GOV/DVLD/licensing" \
            service="JO/GOV/MOJ/justice/conviction-status/v1" validFrom="2026-01-01T00:00:00.000Z" \
            validTo="2036-01-01T00:00:00.000Z">
                <purpose code="LICENSING" legalBasis="JO-LAW-18-2023"/>
                <actor kind="SYSTEM"/>
                <release path="status"/>
              </agreement>
            </registry>""";

    TrustFiles files() {
        return new TrustFiles(directory);
    }

    /** Makes registry, keys and client certificates: once, before any process starts. */
    void establish() throws IOException, GeneralSecurityException {
        // Who asks, and whether that is proven, is another test's matter.
        String draft = new String(DemoRegistry.draft(), StandardCharsets.UTF_8)
                .replace(
                        "<actor kind=\"CITIZEN\" subject=\"OWN\" assertion=\"REQUIRED\"/>", "<actor kind=\"CITIZEN\"/>")
                .replaceAll("</registry>\\s*$", LICENSING);
        new DemoAuthority(files(), new RegistryXml(SCHEMAS), DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC())
                .establish(draft.getBytes(StandardCharsets.UTF_8));
        for (Role role : Role.values()) {
            if (role.member().isPresent()) {
                clientStore(role.member().get());
            }
        }
    }

    private void clientStore(MemberId member) throws IOException, GeneralSecurityException {
        Path client = files().client(member);
        String pem = Files.readString(client.resolve("key.pem"), StandardCharsets.US_ASCII)
                .replaceAll("-----[A-Z ]+-----", "");
        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
        Certificate[] chain = {certificate(client.resolve("cert.pem"))};
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", key, PASSWORD.toCharArray(), chain);
        try (OutputStream out = Files.newOutputStream(client.resolve("client.p12"))) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    private static X509Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    RegistryFiles registry() throws IOException, GeneralSecurityException {
        // One published registry, and what each process accepted of it beside its own log.
        return RegistryFiles.open(
                files().registrySource(Duration.ofMinutes(10)),
                certificate(files().authorityCertificate()),
                new RegistryXml(SCHEMAS),
                Clock.systemUTC(),
                RegistryListener.NONE);
    }

    MemberKeys keys(MemberId member) throws IOException, GeneralSecurityException {
        return Pkcs12MemberKeys.load(files().keys(), files().secrets(), Set.of(member));
    }

    BrokerSettings.TlsAcceptor acceptor() throws IOException {
        return new BrokerSettings.TlsAcceptor(
                port,
                files().server(),
                files().secrets().read(TrustFiles.SERVER_SECRET),
                files().trusted(),
                files().secrets().read(TrustFiles.TRUSTED_SECRET));
    }

    /** The ways of this member to the broker, by its client certificate. */
    BrokerConnections connections(MemberId member) throws IOException {
        return new BrokerConnections(
                factory(member), factory(member), pool(factory(member)), pool(factory(member)), false);
    }

    private static JmsPoolConnectionFactory pool(ActiveMQConnectionFactory connections) {
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(connections);
        pool.setUseAnonymousProducers(false);
        pool.start();
        return pool;
    }

    private ActiveMQConnectionFactory factory(MemberId member) throws IOException {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.HOST_PROP_NAME, "127.0.0.1");
        parameters.put(TransportConstants.PORT_PROP_NAME, port);
        parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3");
        parameters.put(TransportConstants.VERIFY_HOST_PROP_NAME, false);
        parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PKCS12");
        parameters.put(
                TransportConstants.TRUSTSTORE_PATH_PROP_NAME, files().trusted().toString());
        parameters.put(
                TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME,
                files().secrets().read(TrustFiles.TRUSTED_SECRET));
        parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
        parameters.put(
                TransportConstants.KEYSTORE_PATH_PROP_NAME,
                files().client(member).resolve("client.p12").toString());
        parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, PASSWORD);
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(
                false, new TransportConfiguration(NettyConnectorFactory.class.getName(), parameters));
        factory.setBlockOnDurableSend(true);
        factory.setBlockOnNonDurableSend(true);
        factory.setReconnectAttempts(0);
        factory.setCallTimeout(CALL_TIMEOUT_MILLIS);
        factory.setConsumerWindowSize(0);
        return factory;
    }
}
