package org.wasl.bench.exchange;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.Measured;
import org.wasl.bench.load.Scenario;
import org.wasl.bench.load.Workload;
import org.wasl.messagelog.site.PostgresSite;
import org.wasl.messagelog.site.SiteSettings;
import org.wasl.messagelog.store.PostgresLogStore;
import org.wasl.messagelog.store.PostgresSettings;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.EmbeddedBroker;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.schemas.identifier.TimeOrderedId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.Priority;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;

/**
 * Exchanges with an agency of one node, or of several that share its queue, its database and its back-end, which takes its
 * time. All of it runs in one process: nodes add threads and claims, no processors.
 */
public final class SiteWorkload implements Workload {

    private static final BrokerSettings.Quotas UNLIMITED = new BrokerSettings.Quotas(256, 256, 1_000_000);
    private static final long MESSAGE_OCTETS = 11L << 20;
    private static final Duration EACH = Duration.ofMillis(50);
    private static final int AT_ONCE = 1_000;

    private final int nodes;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final List<BusNode> providers = new ArrayList<>();
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private @Nullable ExchangeClient client;
    private List<Long> leavesBefore = List.of();

    /** @param nodes how many nodes the agency has */
    public SiteWorkload(int nodes) {
        if (nodes < 1 || nodes > 8) {
            throw new IllegalArgumentException("nodes are from 1 to 8");
        }
        this.nodes = nodes;
    }

    @Override
    public String name() {
        return "scale-out";
    }

    private List<String> ids() {
        return IntStream.rangeClosed(1, nodes).mapToObj(i -> "node-" + i).toList();
    }

    private Registry withNodes(Registry registry) {
        List<Member> members = registry.members().stream()
                .map(member -> member.id().equals(Federation.DVLD)
                        ? new Member(member.id(), member.name(), ids(), member.certificates(), member.subsystems())
                        : member)
                .toList();
        return new Registry(
                registry.instance(),
                registry.version(),
                registry.issued(),
                registry.expires(),
                registry.grace(),
                registry.trusted(),
                members,
                registry.agreements());
    }

    @Override
    public void start(Path directory) throws Exception {
        EmbeddedPostgres database = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                .start();
        parts.add(database);
        Federation trusted =
                new Federation(directory.resolve("trust"), Scale.SAMPLES, SigningMode.SOFTWARE, this::withNodes);
        parts.add(trusted);
        EmbeddedBroker broker = new EmbeddedBroker(
                BrokerSettings.at(directory.resolve("broker")).withQuotas(UNLIMITED, MESSAGE_OCTETS),
                trusted.registry(),
                Set.of(Federation.DVLD),
                (certificate, now) -> java.util.Optional.empty(),
                Clock.systemUTC());
        parts.add(broker);
        broker.start();
        execute(database, "CREATE SCHEMA site");
        FixedRecords records =
                new FixedRecords(Map.of(Federation.FINES, FixedRecords.fines(ExchangeWorkload.USUAL_OCTETS)));
        for (String id : ids()) {
            BusNode provider = new BusNode(
                    Files.createDirectories(directory.resolve(id)),
                    trusted,
                    broker.connections(Federation.DVLD),
                    trusted.keys(Federation.DVLD),
                    new SlowBackEnd(records, Map.of(Federation.FINES, AT_ONCE), EACH),
                    null,
                    storage(database, id));
            parts.add(provider);
            providers.add(provider);
        }
        BusNode consumer = new BusNode(
                Files.createDirectories(directory.resolve("consumer")),
                trusted,
                broker.connections(Federation.PORTAL),
                trusted.keys(Federation.PORTAL),
                new FixedRecords(Map.of()));
        parts.add(consumer);
        client = consumer.client();
        call(0).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static BusNode.Storage storage(EmbeddedPostgres database, String id) throws Exception {
        String schema = id.replace('-', '_');
        execute(database, "CREATE SCHEMA " + schema);
        PostgresSettings log = settings(database, schema);
        PostgresLogStore store = PostgresLogStore.open(log);
        return new BusNode.Storage(
                id, store, PostgresSite.join(new SiteSettings(settings(database, "site"), id, log, 16)));
    }

    private static void execute(EmbeddedPostgres database, String sql) throws Exception {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static PostgresSettings settings(EmbeddedPostgres database, String schema) {
        return PostgresSettings.of(
                database.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema, "postgres", "postgres");
    }

    @Override
    public CompletionStage<?> call(long number) {
        UUID id = TimeOrderedId.next();
        ExchangeClient started = client;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started.submit(new ExchangeRequest(
                        id,
                        "bench-" + id,
                        Federation.WEB,
                        Federation.FINES,
                        Map.of("nationalNumber", String.format("999%07d", number % 10_000_000)),
                        new Actor(ActorKind.SYSTEM, AssuranceLevel.HIGH, "bench", null),
                        null,
                        "GENERAL_CLEARANCE",
                        "JO-BYLAW-CLEARANCE",
                        "WEB",
                        "ar",
                        Priority.NORMAL,
                        Duration.ofSeconds(20),
                        null))
                .thenApply(result -> {
                    if (!(result instanceof ExchangeResult.Answered)) {
                        throw new IllegalStateException("no answer: " + result);
                    }
                    return result;
                });
    }

    @Override
    public void begins(Scenario scenario) {
        leavesBefore = providers.stream().map(BusNode::leaves).toList();
    }

    /** Who of the nodes did how much of it; the database runs in processes of its own, which nobody counts here. */
    @Override
    public void measured(Measured measured) {
        List<Long> answered = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            answered.add(providers.get(i).leaves() - leavesBefore.get(i));
        }
        double all = Math.max(1, answered.stream().mapToLong(Long::longValue).sum());
        for (int i = 0; i < nodes; i++) {
            figures.put(
                    "of the agency's leaves, written by " + ids().get(i) + ", percent", 100 * answered.get(i) / all);
        }
        figures.put("processors of nodes, broker and callers, without the database, cores", measured.cpuCores());
    }

    @Override
    public Map<String, Double> figures() {
        return figures;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("nodes", Integer.toString(nodes));
        settings.put("their logs and site", "one PostgreSQL, fsync and synchronous_commit on");
        settings.put("back-end", EACH.toMillis() + " ms each");
        settings.put("processors", "shared by all nodes, database, broker and callers");
        return settings;
    }

    @Override
    public void close() throws Exception {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
    }
}
