package org.wasl.bench.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.Workload;
import org.wasl.routes.broker.BrokerSettings;
import org.wasl.routes.broker.EmbeddedBroker;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.TimeOrderedId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.Priority;

/**
 * What a burst on one service does to another of the same subsystem, read from the same queue. The calls that are measured
 * ask the quiet one. Beside them the other is asked at a base rate, and in every second span of five seconds at ten times
 * that, more than its back-end bears. Each span's latencies are kept apart, so the ratio is of one run.
 */
public final class BurstWorkload implements Workload {

    private static final BrokerSettings.Quotas UNLIMITED = new BrokerSettings.Quotas(256, 256, 1_000_000);
    private static final long MESSAGE_OCTETS = 11L << 20;
    private static final int TIMES = 10;
    private static final long SPAN_MILLIS = 5_000;
    private static final int KEPT = 20_000;
    private static final int AT_ONCE = 4;
    private static final Duration EACH = Duration.ofMillis(40);

    private final int basePerSecond;
    private final Deque<Long> calm = new ArrayDeque<>();
    private final Deque<Long> burst = new ArrayDeque<>();
    private final LongAdder flooded = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final ScheduledExecutorService generator = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "burst");
        thread.setDaemon(true);
        return thread;
    });
    private long began;
    private double owed;
    private long tick;
    private @Nullable Federation federation;
    private @Nullable EmbeddedBroker broker;
    private @Nullable BusNode provider;
    private @Nullable BusNode consumer;

    /** @param basePerSecond how often the other service is asked between bursts */
    public BurstWorkload(int basePerSecond) {
        this.basePerSecond = basePerSecond;
    }

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public void start(Path directory) throws Exception {
        Federation trusted = new Federation(directory.resolve("trust"), Scale.SAMPLES);
        federation = trusted;
        EmbeddedBroker started = new EmbeddedBroker(
                BrokerSettings.at(directory.resolve("broker")).withQuotas(UNLIMITED, MESSAGE_OCTETS),
                trusted.registry(),
                Set.of(Federation.DVLD),
                (certificate, now) -> java.util.Optional.empty(),
                Clock.systemUTC());
        broker = started;
        started.start();
        byte[] record = FixedRecords.fines(ExchangeWorkload.USUAL_OCTETS);
        FixedRecords records = new FixedRecords(Map.of(Federation.FINES, record, Federation.VEHICLE_FINES, record));
        provider = new BusNode(
                Files.createDirectories(directory.resolve("provider")),
                trusted,
                started.connections(Federation.DVLD),
                trusted.keys(Federation.DVLD),
                new SlowBackEnd(records, Map.of(Federation.VEHICLE_FINES, AT_ONCE), EACH));
        consumer = new BusNode(
                Files.createDirectories(directory.resolve("consumer")),
                trusted,
                started.connections(Federation.PORTAL),
                trusted.keys(Federation.PORTAL),
                new FixedRecords(Map.of()));
        ask(Federation.FINES, Map.of("nationalNumber", "9990000001"))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        began = System.nanoTime();
        generator.scheduleAtFixedRate(this::flood, 0, 10, TimeUnit.MILLISECONDS);
    }

    private boolean bursting() {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        return millis / SPAN_MILLIS % 2 == 1;
    }

    /** As many as are due since the last turn. */
    private void flood() {
        owed += basePerSecond * (bursting() ? TIMES : 1) / 100.0;
        for (; owed >= 1; owed--) {
            tick++;
            String plate = Long.toString(10_000 + tick % 80_000);
            flooded.increment();
            ask(Federation.VEHICLE_FINES, Map.of("plateCode", "10", "plateNumber", plate))
                    .whenComplete((result, failure) -> {
                        if (!(result instanceof ExchangeResult.Answered)) {
                            refused.increment();
                        }
                    });
        }
    }

    @Override
    public CompletionStage<?> call(long number) {
        long start = System.nanoTime();
        boolean during = bursting();
        return ask(Federation.FINES, Map.of("nationalNumber", String.format("999%07d", number % 10_000_000)))
                .thenApply(result -> {
                    if (!(result instanceof ExchangeResult.Answered)) {
                        throw new IllegalStateException("no answer: " + result);
                    }
                    keep(during ? burst : calm, System.nanoTime() - start);
                    return result;
                });
    }

    private static void keep(Deque<Long> latencies, long nanos) {
        synchronized (latencies) {
            if (latencies.size() == KEPT) {
                latencies.removeFirst();
            }
            latencies.addLast(nanos);
        }
    }

    private CompletionStage<ExchangeResult> ask(ServiceId service, Map<String, String> parameters) {
        UUID id = TimeOrderedId.next();
        BusNode asking = consumer;
        if (asking == null) {
            throw new IllegalStateException("not started");
        }
        return asking.client()
                .submit(new ExchangeRequest(
                        id,
                        "bench-" + id,
                        Federation.WEB,
                        service,
                        parameters,
                        new Actor(ActorKind.SYSTEM, AssuranceLevel.HIGH, "bench", null),
                        null,
                        "GENERAL_CLEARANCE",
                        "JO-BYLAW-CLEARANCE",
                        "WEB",
                        "ar",
                        Priority.NORMAL,
                        Duration.ofSeconds(5),
                        null));
    }

    /** The quiet service's 99th percentiles, and by how much the burst made it worse. */
    @Override
    public Map<String, Double> figures() {
        double quiet = percentile(calm);
        double during = percentile(burst);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("quiet service, p99 between bursts, ms", quiet);
        figures.put("quiet service, p99 during bursts, ms", during);
        figures.put("ratio of the two, times", quiet == 0 ? 0 : during / quiet);
        figures.put("asked of the other service, requests", (double) flooded.sum());
        figures.put("of those not answered with a record, requests", (double) refused.sum());
        return figures;
    }

    private static double percentile(Deque<Long> latencies) {
        long[] sorted;
        synchronized (latencies) {
            sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        }
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / 1e6;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("burst", basePerSecond + " a second, in every second span of 5 s " + TIMES + " times that");
        settings.put("its back-end", EACH.toMillis() + " ms each, " + AT_ONCE + " at once");
        settings.put("queue", "one for both services");
        return settings;
    }

    @Override
    public void close() throws Exception {
        generator.shutdownNow();
        for (AutoCloseable part : new AutoCloseable[] {consumer, provider, broker, federation}) {
            if (part != null) {
                part.close();
            }
        }
    }
}
