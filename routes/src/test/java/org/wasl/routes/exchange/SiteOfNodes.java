package org.wasl.routes.exchange;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.wasl.connectors.Connector;
import org.wasl.connectors.Connectors;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.site.PostgresSite;
import org.wasl.messagelog.site.Site;
import org.wasl.messagelog.site.SiteSettings;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.PostgresLogStore;
import org.wasl.messagelog.store.PostgresSettings;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.EmbeddedBroker;
import org.wasl.routes.broker.Queues;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.container.Spool;
import org.wasl.security.registry.CertificatePath;

/** Nodes of the same members over one broker, each with its own log in the one database that they share. */
final class SiteOfNodes implements AutoCloseable {

    /** Asks, and serves nothing. */
    static final String FRONT = "front";

    static final String FIRST = "node1";
    static final String SECOND = "node2";

    private static final SchemaCatalogue SCHEMAS = SchemaCatalogue.load();

    final TestFederation federation = new TestFederation();
    final EmbeddedBroker broker;
    private final Path directory;
    private final EmbeddedPostgres server;
    private final String schema;
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    /** One node, with a back-end of its own. */
    static final class Node {

        final CountingConnector connector;
        private final GroupCommitMessageLog log;
        private final Site site;
        private final CamelContext camel;
        private final ExchangeNode exchange;

        private Node(
                CountingConnector connector,
                GroupCommitMessageLog log,
                Site site,
                CamelContext camel,
                ExchangeNode exchange) {
            this.connector = connector;
            this.log = log;
            this.site = site;
            this.camel = camel;
            this.exchange = exchange;
        }

        GroupCommitMessageLog log() {
            return log;
        }

        ExchangeNode exchange() {
            return exchange;
        }

        Site site() {
            return site;
        }
    }

    SiteOfNodes(Path directory, EmbeddedPostgres server, String schema) throws SQLException {
        this.directory = directory;
        this.server = server;
        this.schema = schema;
        federation.nodes(List.of(FRONT, FIRST, SECOND));
        execute("CREATE SCHEMA " + schema);
        for (String node : List.of(FRONT, FIRST, SECOND)) {
            execute("CREATE SCHEMA " + schema + "_" + node);
        }
        this.broker = new EmbeddedBroker(
                BrokerSettings.at(directory.resolve("broker")).withRedelivery(20, Duration.ofMillis(100)),
                federation::registry,
                federation.members(),
                federation::certified,
                Clock.systemUTC());
        broker.start();
    }

    private void execute(String sql) throws SQLException {
        try (java.sql.Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private PostgresSettings settings(String name) {
        return PostgresSettings.of(
                server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name, "postgres", "postgres");
    }

    Node start(String id) throws LogStoreException, IOException {
        return start(id, new CountingConnector());
    }

    Node start(String id, CountingConnector connector) throws LogStoreException, IOException {
        GroupCommitMessageLog log = GroupCommitMessageLog.open(
                PostgresLogStore.open(settings(schema + "_" + id)),
                IndexKey.of(new byte[32]),
                LogSettings.defaults(),
                cause -> {});
        Site site = PostgresSite.join(new SiteSettings(settings(schema), id, settings(schema + "_" + id), 8));
        CamelContext camel = new DefaultCamelContext();
        CertificatePath path = new CertificatePath(RevocationLists.NONE);
        ExchangeNode exchange = ExchangeNode.addTo(
                camel,
                new ExchangeParts(
                        federation::registry,
                        federation,
                        new PayloadSealer(path),
                        new AsicContainerSigner(),
                        new AsicContainerVerifier(SCHEMAS, path),
                        new RegistryAccessPolicy(Clock.systemUTC(), site.quotas()),
                        new AssertionVerifier(ClaimNames.DEFAULT),
                        SCHEMAS,
                        log,
                        EvidenceGate.OPEN,
                        id.equals(FRONT) ? new Nothing() : connector,
                        broker.connections(),
                        service -> false,
                        Clock.systemUTC(),
                        ExchangeSettings.of(id).withDeferrals(deferrals()),
                        Spool.open(directory.resolve("spool-" + id), 1 << 20),
                        site));
        camel.getShutdownStrategy().setTimeout(1);
        camel.start();
        exchange.recover();
        Node node = new Node(connector, log, site, camel, exchange);
        nodes.put(id, node);
        return node;
    }

    private static DeferralSettings deferrals() {
        return new DeferralSettings(
                1_000,
                Duration.ofDays(1),
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5));
    }

    Node node(String id) {
        return nodes.get(id);
    }

    /** Ends the sessions of this node's log at the server, as with a node that is cut off: it can write nothing more. */
    void cutOff(String id) throws SQLException {
        execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                + " AND ((classid::bigint << 32) | objid::bigint)"
                + " = hashtextextended('wasl message log " + schema + "_" + id + "', 0)");
    }

    void stop(String id) {
        Node node = nodes.remove(id);
        if (node != null) {
            node.connector.open();
            node.camel.stop();
            node.exchange.close();
            node.log.close();
            node.site.close();
        }
    }

    /** Puts octets into the request queue of the civil register. */
    void inject(byte[] octets, int times) {
        try (Connection connection = broker.connections().senders().createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer =
                        session.createProducer(session.createQueue(Queues.request(TestFederation.REGISTRY)))) {
            for (int i = 0; i < times; i++) {
                BytesMessage message = session.createBytesMessage();
                message.writeBytes(octets);
                producer.send(message);
            }
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    /** How often the back-end was asked, whichever node asked it. */
    int reads() {
        return nodes.values().stream().mapToInt(node -> node.connector.reads()).sum();
    }

    /** The answers that any node logged as sent for this request. */
    List<StoredMessage> answers(UUID requestId) {
        List<StoredMessage> found = new ArrayList<>();
        nodes.values().stream()
                .map(node -> node.log.answer(TestFederation.CSPD, Direction.SENT, requestId))
                .flatMap(Optional::stream)
                .forEach(found::add);
        return found;
    }

    @Override
    public void close() {
        List.copyOf(nodes.keySet()).forEach(this::stop);
        broker.close();
    }

    /** It provides nothing. */
    private static final class Nothing implements Connectors {

        @Override
        public Optional<Connector> connector(ServiceId service) {
            return Optional.empty();
        }

        @Override
        public Set<ServiceId> services() {
            return Set.of();
        }
    }
}
