package org.wasl.routes.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.instance.EndpointQualifier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.wasl.schemas.identifier.MemberId;

/** The cache in a cluster of one site: two nodes hold together, another site's node never joins, one falls. */
class HazelcastAnswerCacheTest {

    private static final MemberId PORTAL = MemberId.parse("JO/GOV/PORTAL");
    private static final MemberId JUSTICE = MemberId.parse("JO/GOV/MOJ");
    private static final byte[] NAME = "name".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUE = "value".getBytes(StandardCharsets.US_ASCII);
    private static final String LOOPBACK = "127.0.0.1";

    private static int free() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        }
    }

    private static HazelcastAnswerCache started(HazelcastSettings settings) {
        HazelcastAnswerCache cache = new HazelcastAnswerCache(settings);
        cache.begin();
        return cache;
    }

    private static Optional<byte[]> get(HazelcastAnswerCache cache, MemberId member) throws Exception {
        return cache.get(member, NAME).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void cluster_ofOneSite_holdsTogetherAloneAndAfterAFall() throws Exception {
        int first = free();
        int second = free();
        int third = free();
        List<String> nodes = List.of(LOOPBACK + ":" + first, LOOPBACK + ":" + second, LOOPBACK + ":" + third);
        HazelcastAnswerCache one = started(new HazelcastSettings("site-a", LOOPBACK, first, nodes, 4));
        HazelcastAnswerCache two = started(new HazelcastSettings("site-a", LOOPBACK, second, nodes, 4));
        HazelcastAnswerCache foreign = started(new HazelcastSettings("site-b", LOOPBACK, third, nodes, 4));
        try {
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> one.nodes() == 2 && two.nodes() == 2 && foreign.nodes() == 1);

            one.put(PORTAL, NAME, VALUE, Duration.ofMinutes(1))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            assertThat(get(two, PORTAL)).contains(VALUE);
            assertThat(get(two, JUSTICE)).isEmpty();
            assertThat(get(foreign, PORTAL)).isEmpty();

            two.remove(PORTAL, NAME).toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(get(one, PORTAL)).isEmpty();

            one.close();
            two.put(PORTAL, NAME, VALUE, Duration.ofMinutes(1))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(get(two, PORTAL)).contains(VALUE);
            two.put(PORTAL, NAME, VALUE, Duration.ofMillis(1))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            await().atMost(20, TimeUnit.SECONDS).until(() -> get(two, PORTAL).isEmpty());
        } finally {
            one.close();
            two.close();
            foreign.close();
        }
    }

    @Test
    void memory_whenMoreIsHeld_staysWithinItsBound() throws Exception {
        HazelcastAnswerCache cache = started(new HazelcastSettings("site-a", LOOPBACK, 0, List.of(), 1));
        try {
            await().atMost(60, TimeUnit.SECONDS).until(cache::isReady);
            int held = 0;
            for (int i = 0; i < 400; i++) {
                byte[] name = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
                cache.put(PORTAL, name, new byte[10_000], Duration.ofMinutes(1))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
            }
            for (int i = 0; i < 400; i++) {
                byte[] name = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
                held += cache.get(PORTAL, name)
                                .toCompletableFuture()
                                .get(10, TimeUnit.SECONDS)
                                .isPresent()
                        ? 1
                        : 0;
            }
            assertThat(held).isBetween(1, 130);
        } finally {
            cache.close();
        }
    }

    @Test
    void begin_untilItIsThereAndAfterItsEnd_holdsNothing() throws Exception {
        HazelcastAnswerCache cache =
                new HazelcastAnswerCache(new HazelcastSettings("site-a", LOOPBACK, 0, List.of(), 1));
        cache.close();

        assertThat(get(cache, PORTAL)).isEmpty();
        assertThat(cache.nodes()).isZero();
        assertThat(cache.remove(PORTAL, NAME).toCompletableFuture()).isCompleted();

        HazelcastAnswerCache joining = new HazelcastAnswerCache(
                new HazelcastSettings("site-a", LOOPBACK, free(), List.of(LOOPBACK + ":1"), 1));
        joining.close();
        assertThat(joining.remove(PORTAL, NAME).toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void config_opensTheMembersPortAndNothingElse() {
        Config config = HazelcastAnswerCache.config(new HazelcastSettings("site-a", LOOPBACK, 0, List.of(), 1));

        assertThat(config.getAdvancedNetworkConfig().isEnabled()).isTrue();
        assertThat(config.getAdvancedNetworkConfig().getEndpointConfigs()).containsOnlyKeys(EndpointQualifier.MEMBER);
        assertThat(config.getAdvancedNetworkConfig()
                        .getJoin()
                        .getMulticastConfig()
                        .isEnabled())
                .isFalse();
        assertThat(config.getAdvancedNetworkConfig().getJoin().getTcpIpConfig().isEnabled())
                .isFalse();
        assertThat(config.getAdvancedNetworkConfig().getJoin().isAutoDetectionEnabled())
                .isFalse();
        assertThat(config.getJetConfig().isEnabled()).isFalse();
        assertThat(config.getCPSubsystemConfig().getCPMemberCount()).isZero();
        assertThat(config.getManagementCenterConfig().isScriptingEnabled()).isFalse();
        assertThat(config.getManagementCenterConfig().isConsoleEnabled()).isFalse();
        assertThat(config.getManagementCenterConfig().isDataAccessEnabled()).isFalse();
        assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
    }
}
