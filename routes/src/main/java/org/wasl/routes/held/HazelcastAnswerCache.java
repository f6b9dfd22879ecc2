package org.wasl.routes.held;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.schemas.identifier.MemberId;

/**
 * A cache in the memory of one site's nodes, by an embedded Hazelcast member. It speaks to the members that its site
 * declares and to nobody else, and knows octets only: no class of anybody is read from the network. It is started when it
 * is first needed, beside whoever needs it: until it is there it holds nothing.
 */
public final class HazelcastAnswerCache implements AnswerCache {

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastAnswerCache.class);
    private static final String PREFIX = "held.";
    private static final int PARTITIONS = 31;

    private final AtomicBoolean begun = new AtomicBoolean();
    private final HazelcastSettings settings;
    private volatile @Nullable HazelcastInstance instance;
    private volatile boolean closed;

    public HazelcastAnswerCache(HazelcastSettings settings) {
        this.settings = settings;
    }

    @Override
    public CompletionStage<Optional<byte[]>> get(MemberId member, byte[] name) {
        IMap<byte[], byte[]> map = map(member);
        return map == null
                ? CompletableFuture.completedFuture(Optional.empty())
                : map.getAsync(name).thenApply(Optional::ofNullable);
    }

    @Override
    public CompletionStage<?> put(MemberId member, byte[] name, byte[] octets, Duration life) {
        IMap<byte[], byte[]> map = map(member);
        // A life of nought would be one without end.
        return map == null
                ? CompletableFuture.completedFuture(life)
                : map.setAsync(name, octets, Math.max(1, life.toMillis()), TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<?> remove(MemberId member, byte[] name) {
        boolean alone = settings.members().isEmpty();
        if (alone && !isReady()) {
            // Nothing is held, and nothing that was is held again.
            return CompletableFuture.completedFuture(member);
        }
        IMap<byte[], byte[]> map = map(member);
        // What the site's other nodes hold is not removed by saying so here.
        return map == null
                ? CompletableFuture.failedFuture(new IllegalStateException("the site's cluster is not joined yet"))
                : map.deleteAsync(name);
    }

    @Override
    public boolean holds() {
        return true;
    }

    /** Whether it is there. */
    public boolean isReady() {
        HazelcastInstance running = instance;
        return running != null && running.getLifecycleService().isRunning();
    }

    /** How many nodes of the site hold together; 0 while it is not there. */
    public int nodes() {
        HazelcastInstance running = instance;
        return running == null || !running.getLifecycleService().isRunning()
                ? 0
                : running.getCluster().getMembers().size();
    }

    private @Nullable IMap<byte[], byte[]> map(MemberId member) {
        HazelcastInstance running = instance;
        if (running == null) {
            begin();
            return null;
        }
        return running.getMap(PREFIX + member.toString().replace('/', '.'));
    }

    /** Starts it, once, without keeping anybody waiting. */
    public void begin() {
        if (closed || !begun.compareAndSet(false, true)) {
            return;
        }
        Thread thread = new Thread(this::start, "held-answers-start");
        thread.setDaemon(true);
        thread.start();
    }

    private void start() {
        HazelcastInstance started;
        try {
            started = Hazelcast.newHazelcastInstance(config(settings));
        } catch (HazelcastException | IllegalStateException e) {
            // Its port is taken, or its site refuses it. Answers are right without it.
            LOG.error("No answers are held: the cache did not start", e);
            return;
        }
        synchronized (this) {
            if (!closed) {
                instance = started;
                LOG.info("Answers are held, with {} nodes", nodes());
                return;
            }
        }
        started.getLifecycleService().terminate();
    }

    @Override
    public void close() {
        HazelcastInstance running;
        synchronized (this) {
            closed = true;
            running = instance;
        }
        if (running != null) {
            // What it holds need not be handed on.
            running.getLifecycleService().terminate();
        }
    }

    static Config config(HazelcastSettings settings) {
        Config config = new Config();
        config.setClusterName(settings.cluster());
        config.setProperties(properties());
        config.setAdvancedNetworkConfig(network(settings));
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        config.getManagementCenterConfig()
                .setScriptingEnabled(false)
                .setConsoleEnabled(false)
                .setDataAccessEnabled(false);
        config.getIntegrityCheckerConfig().setEnabled(false);
        config.addMapConfig(new MapConfig(PREFIX + "*")
                .setInMemoryFormat(InMemoryFormat.BINARY)
                .setBackupCount(0)
                .setAsyncBackupCount(1)
                .setStatisticsEnabled(false)
                .setPerEntryStatsEnabled(false)
                // Of two halves that meet again, one forgets: what was evicted in the other is not brought back.
                .setMergePolicyConfig(new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName()))
                .setEvictionConfig(new EvictionConfig()
                        .setEvictionPolicy(EvictionPolicy.LRU)
                        .setMaxSizePolicy(MaxSizePolicy.USED_HEAP_SIZE)
                        .setSize(settings.memoryMegabytes())));
        return config;
    }

    /** Members only: no clients, no REST, no memcache, no multicast, no discovery. */
    private static AdvancedNetworkConfig network(HazelcastSettings settings) {
        ServerSocketEndpointConfig members = new ServerSocketEndpointConfig();
        members.setPort(settings.port());
        members.setPortAutoIncrement(false);
        members.setReuseAddress(true);
        members.getInterfaces().setEnabled(true).addInterface(settings.address());
        AdvancedNetworkConfig network = new AdvancedNetworkConfig().setEnabled(true);
        network.setMemberEndpointConfig(members);
        network.getEndpointConfigs().keySet().removeIf(endpoint -> !endpoint.equals(members.getQualifier()));
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(!settings.members().isEmpty()).setMembers(settings.members());
        return network;
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("hazelcast.logging.type", "slf4j");
        properties.setProperty("hazelcast.phone.home.enabled", "false");
        properties.setProperty("hazelcast.shutdownhook.enabled", "false");
        properties.setProperty("hazelcast.socket.bind.any", "false");
        properties.setProperty("hazelcast.health.monitoring.level", "OFF");
        // It serves one small map: threads and partitions for that, not for a grid.
        properties.setProperty("hazelcast.partition.count", Integer.toString(PARTITIONS));
        properties.setProperty("hazelcast.operation.thread.count", "2");
        properties.setProperty("hazelcast.operation.generic.thread.count", "2");
        properties.setProperty("hazelcast.event.thread.count", "1");
        properties.setProperty("hazelcast.io.thread.count", "1");
        properties.setProperty("hazelcast.clientengine.thread.count", "1");
        properties.setProperty("hazelcast.clientengine.query.thread.count", "1");
        properties.setProperty("hazelcast.clientengine.blocking.thread.count", "1");
        properties.setProperty("hazelcast.operation.call.timeout.millis", "2000");
        properties.setProperty("hazelcast.max.no.heartbeat.seconds", "10");
        properties.setProperty("hazelcast.heartbeat.interval.seconds", "2");
        return properties;
    }
}
