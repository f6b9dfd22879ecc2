package org.wasl.routes.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.ResourceLimitSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;

/**
 * A persistent Artemis in this process: the CORE protocol only, in memory and, when asked for, over TLS on loopback. It
 * has no console, no JMX, no cluster, and makes no queue that the registry does not call for.
 */
public final class EmbeddedBroker implements Broker {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    /** Two brokers in one process, as tests have them, must not answer to one number. */
    private static final AtomicInteger NEXT_SERVER_ID = new AtomicInteger(1);

    private static final String IN_VM_SERVER_ID = "serverId";
    private static final String ALL = "#";
    private static final int JOURNAL_FILE_BYTES = 4 * 1024 * 1024;
    private static final int PAGE_BYTES = 1024 * 1024;
    private static final int SERVER_THREADS = 8;
    private static final int SCHEDULED_THREADS = 2;
    private static final long LOOK_MILLIS = 2_000;
    private static final long CONNECTION_TTL_MILLIS = 60_000;
    private static final double REDELIVERY_MULTIPLIER = 2.0;

    private final BrokerSettings settings;
    private final CurrentRegistry registry;
    private final Set<MemberId> providers;
    private final RegistrySecurity security;
    private final int serverId = NEXT_SERVER_ID.getAndIncrement();
    private final ClientSide clients;
    private final BrokerConnections connections;
    private final Set<String> declared = new HashSet<>();
    private volatile @Nullable EmbeddedActiveMQ server;
    private @Nullable ScheduledExecutorService watch;

    /**
     * @param settings its bounds
     * @param registry where its queues and the members' certificates come from
     * @param providers the members whose request queues it holds
     * @param certificates finds the member of a client certificate
     * @param clock by which certificates are in force
     */
    public EmbeddedBroker(
            BrokerSettings settings,
            CurrentRegistry registry,
            Collection<MemberId> providers,
            CertifiedMembers certificates,
            Clock clock) {
        this.settings = settings;
        this.registry = registry;
        this.providers = Set.copyOf(providers);
        this.security = new RegistrySecurity(certificates, clock);
        this.clients = new ClientSide(settings.connections(), settings.callTimeout());
        this.connections =
                clients.connections(() -> connectionFactory(RegistrySecurity.NODE_USER), DeadLetterShare.ALL, false);
    }

    /**
     * The ways to it for a node of this process that speaks for one member alone, with that member's rights and no more:
     * what its certificate gives a node of another process.
     */
    public BrokerConnections connections(MemberId member) {
        return clients.connections(() -> connectionFactory(member.dotted()), DeadLetterShare.NONE, false);
    }

    /**
     * Starts, and declares the registry's queues.
     *
     * @throws BrokerFailedException when it cannot
     */
    @Override
    public synchronized void start() {
        if (server != null) {
            return;
        }
        open();
        clients.start();
        watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "wasl-broker-watch");
            thread.setDaemon(true);
            return thread;
        });
        watch.scheduleWithFixedDelay(this::openAgain, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        LOG.info("Embedded broker started in {}", settings.directory());
    }

    private void open() {
        EmbeddedActiveMQ starting = new EmbeddedActiveMQ();
        starting.setConfiguration(configuration());
        starting.setSecurityManager(security);
        try {
            starting.start();
            server = starting;
            guard(starting.getActiveMQServer());
            declare(registry.get());
        } catch (Exception e) { // Artemis declares nothing narrower
            throw new BrokerFailedException("the embedded broker cannot start in " + settings.directory(), e);
        }
    }

    /**
     * Starts anew what ended by itself, as it does when its disk fails or is full; nobody else would, for the process lives on.
     * What was accepted is in its journal, and what it did not take in time is sent again by whoever sent it.
     */
    private synchronized void openAgain() {
        EmbeddedActiveMQ ended = server;
        if (ended == null || ended.getActiveMQServer().getState() != ActiveMQServer.SERVER_STATE.STOPPED) {
            return;
        }
        try {
            long free = Files.getFileStore(settings.directory()).getUsableSpace();
            if (free < settings.diskFreeBytes()) {
                LOG.error("The embedded broker has ended, and its disk has {} octets left: it waits for room", free);
                return;
            }
            open();
            LOG.warn("The embedded broker had ended after a failure of its disk, and runs again");
        } catch (IOException | BrokerFailedException e) {
            LOG.error("The embedded broker has ended, and does not start again yet", e);
        }
    }

    /** What configuration cannot say: no notifications, bounds on members, and connections that outlive their right. */
    private void guard(ActiveMQServer starting) {
        starting.getManagementService().enableNotifications(false);
        starting.getRemotingService().addIncomingInterceptor(new LargeMessageBound(settings.messageBytes()));
        starting.registerBrokerPlugin(new MemberQuotas(settings.quotas(), System::nanoTime));
        long period = settings.connectionCheck().toMillis();
        starting.getScheduledPool().scheduleWithFixedDelay(this::closeUnwanted, period, period, TimeUnit.MILLISECONDS);
    }

    /** Closes the connections of members whose certificate was withdrawn or revoked, or ran out. */
    private void closeUnwanted() {
        EmbeddedActiveMQ current = server;
        if (current == null) {
            return;
        }
        for (RemotingConnection connection :
                current.getActiveMQServer().getRemotingService().getConnections()) {
            if (!security.mayStay(connection)) {
                LOG.warn("Closed a connection whose certificate speaks for no member any more");
                connection.fail(new ActiveMQSecurityException("the certificate speaks for no member any more"));
            }
        }
    }

    /**
     * Declares the queues that this registry calls for and that are not there yet, and gives the rights to them; a queue
     * that it calls for no more keeps its messages, for this process alone.
     */
    @Override
    public synchronized void declare(Registry current) {
        ActiveMQServer active = active();
        try {
            declare(active, Queues.DEAD_LETTER, RegistrySecurity.nodeOnly());
            declare(active, Queues.EXPIRED, RegistrySecurity.nodeOnly());
            Set<String> named = new HashSet<>();
            for (Queues.DeclaredQueue queue : Queues.declared(current, providers)) {
                declare(active, queue.name(), RegistrySecurity.rights(queue));
                limitSessions(active, queue.reader());
                named.add(queue.name());
            }
            declared.removeAll(named);
            declared.forEach(old -> active.getSecurityRepository().addMatch(old, RegistrySecurity.nodeOnly()));
            declared.addAll(named);
        } catch (Exception e) { // Artemis declares nothing narrower
            throw new BrokerFailedException("a queue of registry version " + current.version() + " is missing", e);
        }
    }

    private void limitSessions(ActiveMQServer active, MemberId member) {
        ResourceLimitSettings limits = new ResourceLimitSettings();
        limits.setMatch(SimpleString.of(member.dotted()));
        limits.setMaxSessions(settings.quotas().sessions());
        limits.setMaxQueues(0);
        active.getConfiguration().addResourceLimitSettings(limits);
    }

    private static void declare(ActiveMQServer active, String name, Set<Role> roles) throws Exception {
        active.getSecurityRepository().addMatch(name, roles);
        if (active.locateQueue(SimpleString.of(name)) == null) {
            active.createQueue(
                    QueueConfiguration.of(name)
                            .setAddress(name)
                            .setRoutingType(RoutingType.ANYCAST)
                            .setDurable(true)
                            .setAutoDelete(false)
                            .setAutoCreateAddress(true),
                    true);
        }
    }

    @Override
    public BrokerConnections connections() {
        return connections;
    }

    @Override
    public synchronized boolean running() {
        return server != null && server.getActiveMQServer().isActive();
    }

    /** How many messages wait in this queue, or are being processed; 0 when there is no such queue. */
    public synchronized long depth(String queue) {
        org.apache.activemq.artemis.core.server.Queue found = active().locateQueue(SimpleString.of(queue));
        return found == null ? 0 : found.getMessageCount();
    }

    @Override
    public synchronized SortedSet<String> queues() {
        SortedSet<String> queues = new TreeSet<>(declared);
        queues.add(Queues.DEAD_LETTER);
        queues.add(Queues.EXPIRED);
        return queues;
    }

    /**
     * How many messages wait in each queue that the registry calls for, and in those of dead letters and of expired
     * messages; empty while it does not run.
     */
    @Override
    public synchronized SortedMap<String, Long> depths() {
        SortedMap<String, Long> depths = new TreeMap<>();
        if (running()) {
            declared.forEach(queue -> depths.put(queue, depth(queue)));
            depths.put(Queues.DEAD_LETTER, depth(Queues.DEAD_LETTER));
            depths.put(Queues.EXPIRED, depth(Queues.EXPIRED));
        }
        return depths;
    }

    private ActiveMQServer active() {
        if (server == null) {
            throw new IllegalStateException("the embedded broker is not running");
        }
        return server.getActiveMQServer();
    }

    /**
     * Stops; what waits in its queues is there again after the next start.
     *
     * @throws BrokerFailedException when it cannot
     */
    @Override
    public synchronized void stop() {
        if (server == null) {
            return;
        }
        if (watch != null) {
            watch.shutdownNow();
            watch = null;
        }
        clients.stop();
        try {
            server.stop();
        } catch (Exception e) { // Artemis declares nothing narrower
            throw new BrokerFailedException("the embedded broker cannot stop", e);
        } finally {
            server = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private ActiveMQConnectionFactory connectionFactory(String user) {
        TransportConfiguration inVm =
                new TransportConfiguration(InVMConnectorFactory.class.getName(), Map.of(IN_VM_SERVER_ID, serverId));
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(false, inVm);
        factory.setUser(user);
        factory.setPassword(security.nodePassword());
        return factory;
    }

    private Configuration configuration() {
        Path directory = settings.directory();
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setName("wasl")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalBufferTimeout_NIO(settings.journalBufferNanos())
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setSecurityEnabled(true)
                // The broker's own user of clusters is let in to everything, and its usual password is known.
                .setClusterUser(RegistrySecurity.randomPassword())
                .setClusterPassword(RegistrySecurity.randomPassword())
                // It keeps what it once allowed by the certificate's name; here every use is asked about anew.
                .setAuthenticationCacheSize(0)
                .setAuthorizationCacheSize(0)
                .setPopulateValidatedUser(true)
                .setJMXManagementEnabled(false)
                .setMessageCounterEnabled(false)
                .setMessageExpiryScanPeriod(settings.expiryScan().toMillis())
                .setThreadPoolMaxSize(SERVER_THREADS)
                .setScheduledThreadPoolMaxSize(SCHEDULED_THREADS)
                .setGlobalMaxSize(settings.globalMemoryBytes())
                .setMinDiskFree(settings.diskFreeBytes())
                // A starved machine is slow, not broken: the broker must not halt the whole process for it.
                .setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG)
                .addAcceptorConfiguration(new TransportConfiguration(
                        InVMAcceptorFactory.class.getName(), Map.of(IN_VM_SERVER_ID, serverId), "in-vm"))
                .addAddressSetting(ALL, addressSettings());
        configuration.setRejectEmptyValidatedUser(true).setSuppressSessionNotifications(true);
        settings.tls().ifPresent(tls -> configuration.addAcceptorConfiguration(tlsAcceptor(tls, settings.quotas())));
        return configuration;
    }

    private AddressSettings addressSettings() {
        AddressSettings bounds = new AddressSettings();
        bounds.setAutoCreateQueues(false);
        bounds.setAutoCreateAddresses(false);
        bounds.setAutoDeleteQueues(false);
        bounds.setAutoDeleteAddresses(false);
        bounds.setDeadLetterAddress(SimpleString.of(Queues.DEAD_LETTER));
        bounds.setExpiryAddress(SimpleString.of(Queues.EXPIRED));
        bounds.setMaxDeliveryAttempts(settings.deliveryAttempts());
        bounds.setRedeliveryDelay(settings.redeliveryDelay().toMillis());
        bounds.setRedeliveryMultiplier(REDELIVERY_MULTIPLIER);
        bounds.setMaxRedeliveryDelay(settings.redeliveryDelayMax().toMillis());
        bounds.setMaxSizeBytes(settings.addressMemoryBytes());
        bounds.setPageSizeBytes((int) Math.min(PAGE_BYTES, settings.addressMemoryBytes()));
        bounds.setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE);
        bounds.setPageLimitBytes(settings.addressDiskBytes());
        bounds.setPageFullMessagePolicy(PageFullMessagePolicy.FAIL);
        return bounds;
    }

    private static TransportConfiguration tlsAcceptor(BrokerSettings.TlsAcceptor tls, BrokerSettings.Quotas quotas) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(TransportConstants.HOST_PROP_NAME, "127.0.0.1");
        parameters.put(TransportConstants.PORT_PROP_NAME, tls.port());
        parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "CORE");
        parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        parameters.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3");
        parameters.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true);
        parameters.put(TransportConstants.CONNECTIONS_ALLOWED, quotas.connections());
        parameters.put(TransportConstants.CONNECTION_TTL_MAX, CONNECTION_TTL_MILLIS);
        parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
        parameters.put(
                TransportConstants.KEYSTORE_PATH_PROP_NAME, tls.keyStore().toString());
        parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, tls.keyStorePassword());
        parameters.put(TransportConstants.TRUSTSTORE_TYPE_PROP_NAME, "PKCS12");
        parameters.put(
                TransportConstants.TRUSTSTORE_PATH_PROP_NAME, tls.trustStore().toString());
        parameters.put(TransportConstants.TRUSTSTORE_PASSWORD_PROP_NAME, tls.trustStorePassword());
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, "tls");
    }
}
