package org.wasl.messagelog.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.PostgresSettings;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.Quota;

class PostgresSiteTest extends AbstractSiteContractTest {

    private static final SubsystemId REGISTRY = SubsystemId.parse("JO/GOV/CSPD/registry");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static @Nullable EmbeddedPostgres server;

    private final Map<String, Connection> logs = new HashMap<>();
    private final List<Site> sites = new ArrayList<>();
    private String schema = "none";
    private Site site = Site.SINGLE;

    @BeforeAll
    static void startServer() {
        try {
            // The embedded server's own defaults trade durability for speed.
            server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException | IllegalStateException e) {
            Assumptions.abort("PostgresSiteTest skipped: the embedded PostgreSQL does not start here: " + e);
        }
    }

    @AfterAll
    static void stopServer() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void joinSite() throws Exception {
        schema = "site_" + NUMBER.incrementAndGet();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        }
        site = join("a");
    }

    @AfterEach
    void leaveSite() throws SQLException {
        sites.forEach(Site::close);
        for (Connection log : logs.values()) {
            log.close();
        }
    }

    @Override
    Site site() {
        return site;
    }

    private static Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    private static PostgresSettings settings(String schema) {
        return PostgresSettings.of(
                server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema, "postgres", "postgres");
    }

    /** A node whose log is being written: the session that does holds a lock. */
    private Site join(String node) throws Exception {
        write(node);
        return rejoin(node);
    }

    private Site rejoin(String node) throws LogStoreException {
        PostgresSettings log = settings(schema + "_log_" + node);
        Site joined = PostgresSite.join(new SiteSettings(settings(schema), node, log, 4));
        sites.add(joined);
        return joined;
    }

    private void write(String node) throws SQLException {
        Connection writer = connect();
        try (Statement statement = writer.createStatement()) {
            statement.execute(
                    "SELECT pg_advisory_lock(hashtextextended('wasl message log " + schema + "_log_" + node + "', 0))");
        }
        logs.put(node, writer);
    }

    /** The node's session ends, as with its process. */
    private void end(String node) throws SQLException {
        logs.get(node).close();
        await().until(() -> {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    var free = statement.executeQuery("SELECT pg_try_advisory_xact_lock(hashtextextended("
                            + "'wasl message log " + schema + "_log_" + node + "', 0))")) {
                return free.next() && free.getBoolean(1);
            }
        });
    }

    @Test
    void join_whenTheNodesLogIsNotInThatDatabase_isRefused() {
        assertThatThrownBy(() -> rejoin("elsewhere"))
                .isInstanceOf(LogStoreException.class)
                .hasMessageContaining("not open in the site's database");
    }

    @Test
    void claim_whenTwoNodesWantIt_isOnesAlone() throws Exception {
        Site other = join("b");
        List<UUID> ids =
                IntStream.range(0, 100).mapToObj(i -> UUID.randomUUID()).toList();

        List<CompletableFuture<List<Boolean>>> both = List.of(site, other).stream()
                .map(node -> CompletableFuture.supplyAsync(() -> ids.stream()
                        .map(id -> node.claim(claim(id), nothing()) instanceof ClaimResult.Granted)
                        .toList()))
                .toList();

        List<Boolean> mine = both.get(0).join();
        List<Boolean> others = both.get(1).join();
        for (int i = 0; i < ids.size(); i++) {
            assertThat(mine.get(i)).isNotEqualTo(others.get(i));
        }
    }

    @Test
    void claim_whenAnotherHoldsIt_saysWho() throws Exception {
        Site other = join("b");
        Claim claim = claim(UUID.randomUUID());
        site.claim(claim, nothing());

        assertThat(other.claim(claim, nothing())).isEqualTo(new ClaimResult.Held<>("a"));
    }

    @Test
    void claim_whenAnotherEndedIt_givesThatEnd() throws Exception {
        Site other = join("b");
        Claim claim = claim(UUID.randomUUID());
        site.claim(claim, nothing());

        assertThat(other.claim(claim, log -> Optional.of("answer"))).isEqualTo(new ClaimResult.Ended<>("a", "answer"));
    }

    @Test
    void claim_whenItsHolderHasGone_isTakenOverForGood() throws Exception {
        Site other = join("b");
        Claim claim = claim(UUID.randomUUID());
        site.claim(claim, nothing());
        end("a");

        assertThat(other.claim(claim, nothing())).isEqualTo(new ClaimResult.Granted<>(Optional.of("a")));
        write("a");
        assertThat(site.claim(claim, nothing())).isEqualTo(new ClaimResult.Held<>("b"));
    }

    @Test
    void claim_whenItsHolderEndedItAsItsLastAct_isNotTakenOver() throws Exception {
        Site other = join("b");
        Claim claim = claim(UUID.randomUUID());
        site.claim(claim, nothing());
        end("a");
        AtomicInteger looks = new AtomicInteger();

        ClaimResult<String> result =
                other.claim(claim, log -> looks.incrementAndGet() == 1 ? Optional.empty() : Optional.of("late"));

        assertThat(result).isEqualTo(new ClaimResult.Ended<>("a", "late"));
    }

    @Test
    void claim_whenTheIdIsOfAnotherRequest_isReused() throws Exception {
        Site other = join("b");
        UUID id = UUID.randomUUID();
        site.claim(claim(id), nothing());
        Claim another = new Claim(Claim.Side.ANSWERS, CSPD, WEB, id, UUID.randomUUID(), NOW);

        assertThat(other.claim(another, nothing())).isInstanceOf(ClaimResult.Reused.class);
        assertThat(site.claim(another, nothing())).isInstanceOf(ClaimResult.Reused.class);
    }

    /** Nodes come and go in any order: at each moment one at most may end a request, and it ends once. */
    @Test
    void claim_whateverNodesDo_neverLetsTwoEndARequest() throws Exception {
        List<String> names = List.of("a", "b", "c");
        Map<String, Site> nodes = new HashMap<>(Map.of("a", site, "b", join("b"), "c", join("c")));
        for (long seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Claim claim = claim(new UUID(seed, 1));
            List<String> granted = new ArrayList<>();
            Optional<String> ended = Optional.empty();
            for (int step = 0; step < 12; step++) {
                String node = names.get(random.nextInt(names.size()));
                boolean up = !logs.get(node).isClosed();
                switch (random.nextInt(4)) {
                    case 0 -> {
                        if (up) {
                            end(node);
                        } else {
                            write(node);
                        }
                    }
                    case 1 -> {
                        if (up
                                && ended.isEmpty()
                                && !granted.isEmpty()
                                && granted.get(0).equals(node)) {
                            ended = Optional.of(node);
                        }
                    }
                    default -> {
                        Optional<String> end = ended;
                        ClaimResult<String> result = up ? nodes.get(node).claim(claim, log -> end) : null;
                        if (result instanceof ClaimResult.Granted<String> mine) {
                            assertThat(ended.isEmpty() || ended.get().equals(node))
                                    .as("seed %s: granted to %s after %s ended it", seed, node, ended)
                                    .isTrue();
                            if (granted.isEmpty()) {
                                granted.add(node);
                            } else if (!granted.get(0).equals(node)) {
                                assertThat(logs.get(granted.get(0)).isClosed())
                                        .as("seed %s: taken from %s, which is there", seed, granted)
                                        .isTrue();
                                assertThat(mine.from()).contains(granted.get(0));
                                granted.set(0, node);
                            }
                        }
                    }
                }
            }
            for (String node : names) {
                if (logs.get(node).isClosed()) {
                    write(node);
                }
            }
        }
    }

    @Test
    void handed_whenTheHolderIsThere_isGivenToItOnce() throws Exception {
        Site other = join("b");
        other.hand("a", message("to a"));
        List<String> got = new ArrayList<>();

        assertThat(other.handed(10, message -> true)).isZero();
        assertThat(site.handed(10, message -> got.add(text(message)))).isEqualTo(1);
        assertThat(site.handed(10, message -> true)).isZero();
        assertThat(got).containsExactly("to a");
    }

    @Test
    void handed_whenTheTakerDoesNotTakeIt_isGivenAgain() throws Exception {
        Site other = join("b");
        other.hand("a", message("again"));

        assertThat(site.handed(10, message -> false)).isZero();
        assertThat(site.handed(10, message -> true)).isEqualTo(1);
    }

    @Test
    void handed_whenTheHolderHasGone_isAnothers() throws Exception {
        Site other = join("b");
        other.hand("a", message("to whoever is left"));
        end("a");

        assertThat(other.handed(10, message -> true)).isEqualTo(1);
    }

    @Test
    void forget_whenTheTimeIsUp_letsTheIdBeClaimedAnew() throws Exception {
        Site other = join("b");
        Claim passed = claim(UUID.randomUUID());
        Claim extended = claim(UUID.randomUUID());
        site.claim(passed, nothing());
        site.claim(extended, nothing());
        site.extend(extended, NOW.plusSeconds(60));

        assertThat(site.forget(NOW.plusSeconds(1))).isEqualTo(1);
        assertThat(other.claim(passed, nothing())).isInstanceOf(ClaimResult.Granted.class);
        assertThat(other.claim(extended, nothing())).isInstanceOf(ClaimResult.Held.class);
    }

    @Test
    void take_whenTwoNodesCount_isOneQuota() throws Exception {
        Site other = join("b");
        Quota quota = new Quota(java.util.OptionalInt.of(50), java.util.OptionalInt.of(60));
        List<CompletableFuture<Long>> both = List.of(site, other).stream()
                .map(node -> CompletableFuture.supplyAsync(() -> IntStream.range(0, 40)
                        .filter(i -> node.quotas().take("shared", quota, NOW))
                        .count()))
                .toList();

        assertThat(both.get(0).join() + both.get(1).join()).isEqualTo(50);
        assertThat(other.quotas().wait("shared", quota, NOW)).isPositive();
    }

    @Test
    void siblings_whenANodeHasGone_areStillNamed() throws Exception {
        join("b");
        end("b");

        assertThat(site.siblings()).containsExactly("b");
        assertThat(site.log("b")).isPresent();
    }

    @Test
    void claim_whenTheDatabaseCannotBeReached_fails() throws Exception {
        site.close();

        assertThatThrownBy(() -> site.claim(claim(UUID.randomUUID()), nothing()))
                .isInstanceOf(LogUnavailableException.class);
    }

    private static HandedMessage message(String text) {
        return new HandedMessage(REGISTRY, text.getBytes(StandardCharsets.UTF_8), "JO.GOV.PORTAL", null);
    }

    private static String text(HandedMessage message) {
        return new String(message.octets(), StandardCharsets.UTF_8);
    }
}
