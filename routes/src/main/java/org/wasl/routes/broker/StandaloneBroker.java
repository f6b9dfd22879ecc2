package org.wasl.routes.broker;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;

/**
 * A broker that stands alone, used by many members' nodes: Artemis from its own distribution, reached over TLS 1.3 with
 * one member's certificate. Its queues and rights are made by {@link BrokerFiles}, by whoever runs it; a node can but
 * use them. When it fails, connections are made anew to whichever of its servers answers, and what may have been lost
 * is sent again from the log.
 */
public final class StandaloneBroker implements Broker {

    private static final Logger LOG = LoggerFactory.getLogger(StandaloneBroker.class);
    private static final long LOOK_MILLIS = 1_000;
    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
    /** How often, within the longest silence, it is looked whether anything was heard. */
    private static final int CHECKS = 3;

    private final StandaloneSettings settings;
    private final MemberId member;
    private final CurrentRegistry registry;
    private final ClientSide clients;
    private final BrokerConnections connections;
    private final ServerLocator locator;
    private volatile SortedMap<String, Long> depths = Collections.emptySortedMap();
    private volatile boolean reached;
    private @Nullable ScheduledThreadPoolExecutor watch;
    private @Nullable ClientSessionFactory looking;
    private @Nullable ClientSession session;

    /**
     * @param settings where it is
     * @param member the member in whose name the node uses it, whose certificate the settings hold
     * @param registry where its queues come from
     */
    public StandaloneBroker(StandaloneSettings settings, MemberId member, CurrentRegistry registry) {
        this.settings = settings;
        this.member = member;
        this.registry = registry;
        this.clients = new ClientSide(settings.connections(), settings.callTimeout());
        this.connections = clients.connections(this::connectionFactory, DeadLetterShare.OWN, true);
        this.locator = ActiveMQClient.createServerLocatorWithoutHA(transports());
        locator.setUseTopologyForLoadBalancing(false);
        locator.setReconnectAttempts(0);
        locator.setCallTimeout(settings.callTimeout().toMillis());
        locator.setConnectionTTL(settings.silence().toMillis());
        locator.setClientFailureCheckPeriod(settings.silence().toMillis() / CHECKS);
    }

    @Override
    public BrokerConnections connections() {
        return connections;
    }

    /** Begins to look whether it is there; a node starts without it, and uses it as soon as it answers. */
    @Override
    public synchronized void start() {
        if (watch != null) {
            return;
        }
        clients.start();
        ScheduledThreadPoolExecutor starting = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "wasl-broker-watch");
            thread.setDaemon(true);
            return thread;
        });
        starting.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        watch = starting;
        LOG.info("Broker of its own at {}, used in the name of {}", settings.servers(), member);
    }

    /** Nothing: its queues and rights are made by whoever runs it. */
    @Override
    public void declare(Registry current) {
        LOG.info(
                "Registry version {}: the broker's queues and rights follow when its operator's do", current.version());
    }

    @Override
    public boolean running() {
        return reached;
    }

    @Override
    public SortedMap<String, Long> depths() {
        return depths;
    }

    @Override
    public SortedSet<String> queues() {
        SortedSet<String> own = new TreeSet<>();
        for (Queues.DeclaredQueue queue : Queues.declaredAlone(registry.get())) {
            if (queue.reader().equals(member)) {
                own.add(queue.name());
            }
        }
        return own;
    }

    /** Whether it answers, and how much waits in the queues that are this member's to read. */
    private void look() {
        try {
            SortedMap<String, Long> found = new TreeMap<>();
            for (String queue : queues()) {
                ClientSession.QueueQuery answer = session().queueQuery(SimpleString.of(queue));
                if (answer.isExists()) {
                    found.put(queue, answer.getMessageCount());
                }
            }
            depths = Collections.unmodifiableSortedMap(found);
            if (!reached) {
                LOG.info("The broker answers");
            }
            reached = true;
        } catch (Exception e) { // Artemis declares nothing narrower; the next look may find it
            if (reached) {
                LOG.warn("The broker does not answer: {}", e.getMessage());
            }
            reached = false;
            depths = Collections.emptySortedMap();
            forget();
        }
    }

    private ClientSession session() throws Exception {
        ClientSession open = session;
        if (open == null || open.isClosed()) {
            forget();
            ClientSessionFactory factory = locator.createSessionFactory();
            looking = factory;
            open = factory.createSession(true, true);
            session = open;
        }
        return open;
    }

    private void forget() {
        ClientSessionFactory factory = looking;
        session = null;
        looking = null;
        if (factory != null) {
            factory.close();
        }
    }

    @Override
    public synchronized void stop() {
        ScheduledThreadPoolExecutor stopping = watch;
        if (stopping == null) {
            return;
        }
        watch = null;
        // The last look ends by its own bounds; then nobody else uses its session.
        stopping.execute(this::forget);
        stopping.shutdown();
        reached = false;
        clients.stop();
    }

    @Override
    public void close() {
        stop();
        locator.close();
    }

    private ActiveMQConnectionFactory connectionFactory() {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(false, transports());
        // Its addresses are configured: no broker tells its clients where else to go.
        factory.setUseTopologyForLoadBalancing(false);
        factory.setConnectionTTL(settings.silence().toMillis());
        factory.setClientFailureCheckPeriod(settings.silence().toMillis() / CHECKS);
        return factory;
    }

    private TransportConfiguration[] transports() {
        return settings.servers().stream().map(this::transport).toArray(TransportConfiguration[]::new);
    }

    private TransportConfiguration transport(BrokerAddress server) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.HOST_PROP_NAME, server.host());
        parameters.put(TransportConstants.PORT_PROP_NAME, server.port());
        parameters.put(TransportConstants.NETTY_CONNECT_TIMEOUT, CONNECT_TIMEOUT_MILLIS);
        parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3");
        parameters.put(TransportConstants.VERIFY_HOST_PROP_NAME, true);
        parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
        parameters.put(
                TransportConstants.KEYSTORE_PATH_PROP_NAME, settings.keyStore().toString());
        parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, settings.keyStorePassword());
        parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PKCS12");
        parameters.put(
                TransportConstants.TRUSTSTORE_PATH_PROP_NAME,
                settings.trustStore().toString());
        parameters.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, settings.trustStorePassword());
        return new TransportConfiguration(NettyConnectorFactory.class.getName(), parameters, server.toString());
    }
}
