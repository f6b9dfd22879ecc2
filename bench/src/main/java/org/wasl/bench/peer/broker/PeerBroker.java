package org.wasl.bench.peer.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.utils.critical.CriticalAnalyzerPolicy;

/** A persistent Artemis in this process, reached in memory. */
public final class PeerBroker implements AutoCloseable {

    /** The shortest flush timer that pays on the machines tried: 200 µs. */
    public static final int TUNED_BUFFER_NANOS = 200_000;

    /** What Artemis itself uses with NIO: 3.33 ms. */
    public static final int DEFAULT_BUFFER_NANOS = new ConfigurationImpl().getJournalBufferTimeout_NIO();

    /** Apart from the numbers of a node's own brokers. */
    private static final AtomicInteger NEXT_SERVER_ID = new AtomicInteger(10_000);

    private static final String SERVER_ID = "serverId";
    private static final String ALL = "#";

    private final EmbeddedActiveMQ server;
    private final int serverId;

    private PeerBroker(EmbeddedActiveMQ server, int serverId) {
        this.server = server;
        this.serverId = serverId;
    }

    /**
     * Starts it.
     *
     * @param directory where its journal is
     * @param bufferNanos how long the journal gathers before it synchronises, in nanoseconds
     * @param queues its durable queues
     */
    // Artemis declares nothing narrower than Exception.
    public static PeerBroker start(Path directory, int bufferNanos, List<String> queues) throws Exception {
        int serverId = NEXT_SERVER_ID.getAndIncrement();
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        server.setConfiguration(configuration(directory, bufferNanos, serverId));
        server.start();
        for (String queue : queues) {
            server.getActiveMQServer()
                    .createQueue(
                            QueueConfiguration.of(queue)
                                    .setAddress(queue)
                                    .setRoutingType(RoutingType.ANYCAST)
                                    .setDurable(true),
                            true);
        }
        return new PeerBroker(server, serverId);
    }

    private static ConfigurationImpl configuration(Path directory, int bufferNanos, int serverId) {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration
                .setName("peer-" + serverId)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalBufferTimeout_NIO(bufferNanos)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setMessageCounterEnabled(false)
                .setCriticalAnalyzerPolicy(CriticalAnalyzerPolicy.LOG)
                .addAcceptorConfiguration(new TransportConfiguration(
                        InVMAcceptorFactory.class.getName(), Map.of(SERVER_ID, serverId), "in-vm"))
                .addAddressSetting(
                        ALL, new AddressSettings().setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE));
        return configuration;
    }

    /** A factory of connections to it, each a fresh one. */
    public ActiveMQConnectionFactory connections() {
        return new ActiveMQConnectionFactory(
                false, new TransportConfiguration(InVMConnectorFactory.class.getName(), Map.of(SERVER_ID, serverId)));
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
