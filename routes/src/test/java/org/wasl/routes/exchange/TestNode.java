package org.wasl.routes.exchange;

import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.EmbeddedBroker;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.event.EventListener;
import org.wasl.routes.event.EventNode;
import org.wasl.routes.event.EventParts;
import org.wasl.routes.event.EventSettings;
import org.wasl.routes.event.MissedEvents;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.OpenResult;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.container.Sealing;
import org.wasl.security.container.Spool;
import org.wasl.security.registry.CertificatePath;

/** One node that speaks for all members: real broker, real SQLite log, real containers; a back-end in memory. */
final class TestNode implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String NUMBER = "9990000001";
    private static final SchemaCatalogue SCHEMAS = SchemaCatalogue.load();

    final TestFederation federation;
    final CountingConnector connector;
    final EmbeddedBroker broker;
    private final Path directory;
    /** What the node's log lacks. */
    volatile EvidenceGate gate = EvidenceGate.OPEN;

    private final ExchangeSettings settings;
    private long spoolBytes = 512L * 1024 * 1024;
    private BreakableStore store;
    private MessageLog log;
    private CamelContext camel;
    private ExchangeNode exchange;
    private EventNode events;

    /** What acts on events, from the next start on. */
    final List<EventListener> listeners = new CopyOnWriteArrayList<>();

    TestNode(Path directory) {
        this(directory, ExchangeSettings.of(TestFederation.NODE));
    }

    TestNode(Path directory, ExchangeSettings settings) {
        this(
                directory,
                settings,
                BrokerSettings.at(directory.resolve("broker")).withRedelivery(3, Duration.ofMillis(50)));
    }

    TestNode(Path directory, ExchangeSettings settings, BrokerSettings brokerSettings) {
        this(directory, settings, brokerSettings, new TestFederation());
    }

    TestNode(Path directory, TestFederation federation) {
        this(
                directory,
                ExchangeSettings.of(TestFederation.NODE),
                BrokerSettings.at(directory.resolve("broker")).withRedelivery(3, Duration.ofMillis(50)),
                federation);
    }

    TestNode(Path directory, ExchangeSettings settings, BrokerSettings brokerSettings, TestFederation federation) {
        this.directory = directory;
        this.settings = settings;
        this.federation = federation;
        this.connector = new CountingConnector();
        this.broker = new EmbeddedBroker(
                brokerSettings, federation::registry, federation.members(), federation::certified, Clock.systemUTC());
        broker.start();
        start();
    }

    /** Starts log and routes, as a process would; the broker runs already. */
    void start() {
        assemble();
        startCamel();
        exchange.recover();
        listeners.forEach(events::listen);
        events.recover();
    }

    /** The log and the routes, not started. */
    void assemble() {
        try {
            store = new BreakableStore(SqliteLogStore.open(directory.resolve("wasl.db")));
        } catch (LogStoreException e) {
            throw new AssertionError(e);
        }
        log = GroupCommitMessageLog.open(
                store, IndexKey.of(new byte[32]), LogSettings.defaults(), (LogUnavailableException cause) -> {});
        camel = new DefaultCamelContext();
        CertificatePath path = new CertificatePath(RevocationLists.NONE);
        MissedEvents missed = new MissedEvents(federation::registry, federation.members(), log);
        exchange = ExchangeNode.addTo(
                camel,
                new ExchangeParts(
                        federation::registry,
                        federation,
                        new PayloadSealer(path),
                        new AsicContainerSigner(),
                        new AsicContainerVerifier(SCHEMAS, path),
                        new RegistryAccessPolicy(Clock.systemUTC()),
                        new AssertionVerifier(ClaimNames.DEFAULT),
                        SCHEMAS,
                        log,
                        () -> gate.closed(),
                        missed.beside(connector),
                        broker.connections(),
                        service -> false,
                        Clock.systemUTC(),
                        settings,
                        spool()));
        events = EventNode.addTo(
                camel,
                new EventParts(
                        federation::registry,
                        federation,
                        new PayloadSealer(path),
                        new AsicContainerSigner(),
                        new AsicContainerVerifier(SCHEMAS, path),
                        new RegistryAccessPolicy(Clock.systemUTC()),
                        SCHEMAS,
                        log,
                        () -> gate.closed(),
                        exchange,
                        missed,
                        Clock.systemUTC(),
                        new EventSettings(
                                settings.nodeId(),
                                settings.logTimeout(),
                                settings.clockSkew(),
                                settings.maxContainerBytes(),
                                Duration.ofHours(1),
                                500,
                                Duration.ofHours(1),
                                Duration.ofMillis(20),
                                Duration.ofMillis(200))));
    }

    private Spool spool() {
        try {
            return Spool.open(directory.resolve("spool"), spoolBytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much the spool holds, from the next start on. */
    void spoolBytes(long bytes) {
        spoolBytes = bytes;
    }

    void startCamel() {
        camel.getShutdownStrategy().setTimeout(5);
        camel.start();
    }

    /** Stops log and routes, as the end of a process would; the broker goes on. */
    void stop() {
        camel.stop();
        events.close();
        exchange.close();
        log.close();
    }

    void restart() {
        stop();
        start();
    }

    @Override
    public void close() {
        connector.open();
        stop();
        broker.close();
    }

    CamelContext camel() {
        return camel;
    }

    ExchangeNode exchange() {
        return exchange;
    }

    EventNode events() {
        return events;
    }

    MessageLog log() {
        return log;
    }

    BreakableStore store() {
        return store;
    }

    PayloadXml payloads() {
        return new PayloadXml(SCHEMAS, new PayloadOpener(federation));
    }

    /** What the portal asks about one person. */
    static ExchangeRequest request() {
        return request(UUID.randomUUID(), TestFederation.LIFE_STATUS, NUMBER, Duration.ofSeconds(20));
    }

    static ExchangeRequest request(UUID id, ServiceId service, String number, Duration timeout) {
        return request(id, service, number, timeout, "GENERAL_CLEARANCE");
    }

    static ExchangeRequest request(UUID id, ServiceId service, String number, Duration timeout, String purpose) {
        return new ExchangeRequest(
                id,
                "case-" + id,
                TestFederation.WEB,
                service,
                Map.of("nationalNumber", number),
                actor(),
                null,
                purpose,
                "JO-BYLAW-CLEARANCE",
                "WEB",
                "ar",
                Priority.NORMAL,
                timeout,
                null);
    }

    private static Actor actor() {
        return new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "citizen-1", null);
    }

    ExchangeResult ask(ExchangeRequest request) {
        return exchange.client().submit(request).orTimeout(60, TimeUnit.SECONDS).join();
    }

    FaultCode askFault(ExchangeRequest request) {
        ExchangeResult result = ask(request);
        if (result instanceof ExchangeResult.Faulted faulted) {
            return faulted.fault().code();
        }
        throw new AssertionError("answered: " + result);
    }

    /** A header as the portal would sign it, for requests that the client would never send. */
    Header header(ServiceId service, String purpose, java.time.Instant issued, java.time.Instant expires) {
        return header(TestFederation.WEB, service, purpose, issued, expires);
    }

    private Header header(
            SubsystemId consumer,
            ServiceId service,
            String purpose,
            java.time.Instant issued,
            java.time.Instant expires) {
        UUID id = UUID.randomUUID();
        return new Header(
                id,
                "case-" + id,
                MessageKind.REQUEST,
                consumer,
                consumer,
                service.subsystem(),
                service,
                "1.0",
                "application/xml",
                actor(),
                null,
                purpose,
                "JO-BYLAW-CLEARANCE",
                "WEB",
                "ar",
                Priority.NORMAL,
                issued,
                expires,
                null,
                null);
    }

    /** A header as this consumer would sign it. */
    Header header(SubsystemId consumer) {
        java.time.Instant now = log.now();
        return header(consumer, TestFederation.LIFE_STATUS, "GENERAL_CLEARANCE", now, now.plusSeconds(30));
    }

    Header header() {
        java.time.Instant now = log.now();
        return header(TestFederation.LIFE_STATUS, "GENERAL_CLEARANCE", now, now.plusSeconds(30));
    }

    Container signed(Header header) {
        return new AsicContainerSigner()
                .sign(
                        header,
                        PayloadXml.query(Map.of("nationalNumber", NUMBER)),
                        federation.key(header.sender().member()));
    }

    /** The same question, encrypted as a consumer's node would. */
    Sealing.Sealed sealed(Header header) {
        return (Sealing.Sealed) new PayloadSealer(new CertificatePath(RevocationLists.NONE))
                .seal(
                        header,
                        PayloadXml.query(Map.of("nationalNumber", NUMBER)),
                        federation.registry(),
                        header.issued());
    }

    Container signed(Sealing.Sealed sealed) {
        return signed(sealed.header(), sealed.payload());
    }

    Container signed(Header header, byte[] payload) {
        return new AsicContainerSigner()
                .sign(header, payload, federation.key(header.sender().member()));
    }

    /** The container of a logged message. */
    Container open(StoredMessage stored) {
        AsicContainerVerifier opener = new AsicContainerVerifier(SCHEMAS, new CertificatePath(RevocationLists.NONE));
        return ((OpenResult.Opened) opener.open(stored.container())).container();
    }

    /** Puts octets into the request queue of the civil register, past the client. */
    void inject(byte[] octets) {
        inject(Queues.request(TestFederation.REGISTRY), octets);
    }

    void inject(String queue, byte[] octets) {
        inject(queue, octets, null);
    }

    /** The same under this label of a service. */
    void inject(String queue, byte[] octets, @Nullable String label) {
        try (Connection connection = broker.connections().senders().createConnection();
                Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
                MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(octets);
            if (label != null) {
                message.setStringProperty(ExchangeProperties.SERVICE, label);
            }
            producer.send(message);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    /** All leaves, in order. */
    List<Leaf> leaves() {
        List<Leaf> leaves = new ArrayList<>();
        try {
            store.scan(0, 1_000_000, row -> leaves.add(row.leaf()));
        } catch (LogStoreException e) {
            throw new AssertionError(e);
        }
        return leaves;
    }

    List<String> refusals() {
        return leaves().stream()
                .filter(leaf -> "REFUSED".equals(leaf.direction()))
                .map(Leaf::fault)
                .toList();
    }

    void awaitRefusal(FaultCode code) {
        await().atMost(PATIENCE).until(() -> refusals().contains(code.wireCode()));
    }

    /** The fault that the provider signed and logged for this request. */
    Optional<FaultCode> providerFault(UUID requestId) {
        return log.answer(TestFederation.CSPD, org.wasl.messagelog.Direction.SENT, requestId)
                .flatMap(stored -> FaultCode.byWireCode(String.valueOf(stored.faultCode())));
    }
}
