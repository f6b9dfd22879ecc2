package org.wasl.bench.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.Measured;
import org.wasl.bench.load.Scenario;
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
 * What a burst on one service does to another of the same subsystem, read from the same queue. What is measured asks the
 * quiet one at a constant rate. Beside it the other is asked at a base rate, and in phases of burst at ten times that, more
 * than its back-end bears. In a third kind of phase there is no burst, and another process, which shares nothing with the
 * bus but the processors, takes as much of their time as the burst took: what the quiet service suffers then is the
 * machine's, and no doing of the bus.
 */
public final class BurstWorkload implements Workload {

    /** Its name. */
    public static final String NAME = "burst";

    private static final String BEFORE = "before";
    private static final String BURST = "burst";
    private static final String BETWEEN = "between";
    private static final String PROCESSORS = "processors";

    private static final BrokerSettings.Quotas UNLIMITED = new BrokerSettings.Quotas(256, 1_024, 1_000_000);
    private static final long MESSAGE_OCTETS = 11L << 20;
    private static final int TIMES = 10;
    private static final int QUIET_PER_SECOND = 50;
    private static final int QUIET_CALLERS = 16;
    private static final int QUIET_IN_FLIGHT = 1_000;
    /** Longer than a request lives: nothing of the phase before is left. */
    private static final double SETTLE_SECONDS = 7;

    private static final int AT_ONCE = 4;
    private static final Duration EACH = Duration.ofMillis(40);

    private final int basePerSecond;
    private final LongAdder flooded = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Map<String, List<Measured>> phases = new ConcurrentHashMap<>();
    private final ScheduledExecutorService generator = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "burst");
        thread.setDaemon(true);
        return thread;
    });
    private volatile int perSecond;
    private double owed;
    private long tick;
    private @Nullable Burner burner;
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
        return NAME;
    }

    /** Before, then by turns a burst and a calm, and the same with the processors busy; each so long. */
    public static List<Scenario> phases(double seconds) {
        return Stream.of(BEFORE, BURST, BETWEEN, BURST, BETWEEN, PROCESSORS, BETWEEN, PROCESSORS)
                .map(phase ->
                        Scenario.open(phase, QUIET_PER_SECOND, QUIET_CALLERS, QUIET_IN_FLIGHT, SETTLE_SECONDS, seconds))
                .toList();
    }

    @Override
    public void begins(Scenario scenario) {
        perSecond = scenario.name().equals(BURST) ? TIMES * basePerSecond : basePerSecond;
        if (scenario.name().equals(PROCESSORS)) {
            burner = Burner.start(Math.max(0, mean(BURST, Measured::cpuCores) - calm(Measured::cpuCores)));
        }
    }

    @Override
    public void measured(Measured measured) {
        stopBurner();
        phases.computeIfAbsent(measured.scenario().name(), phase -> new CopyOnWriteArrayList<>())
                .add(measured);
    }

    private void stopBurner() {
        Burner started = burner;
        burner = null;
        if (started != null) {
            started.close();
        }
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
        // Both services are warmed up, each with what it will be asked.
        perSecond = TIMES * basePerSecond;
        generator.scheduleAtFixedRate(this::flood, 0, 10, TimeUnit.MILLISECONDS);
    }

    /** As many as are due since the last turn. */
    private void flood() {
        owed += perSecond / 100.0;
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
        return ask(Federation.FINES, Map.of("nationalNumber", String.format("999%07d", number % 10_000_000)))
                .thenApply(result -> {
                    if (!(result instanceof ExchangeResult.Answered)) {
                        throw new IllegalStateException("no answer: " + result);
                    }
                    return result;
                });
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

    /** The quiet service's 99th percentiles, each the mean of its phases, and by how much they are worse than in calm. */
    @Override
    public Map<String, Double> figures() {
        double calm = calm(BurstWorkload::p99);
        double burst = mean(BURST, BurstWorkload::p99);
        double processors = mean(PROCESSORS, BurstWorkload::p99);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("quiet service, p99 before, ms", mean(BEFORE, BurstWorkload::p99));
        figures.put("quiet service, p99 between bursts, ms", mean(BETWEEN, BurstWorkload::p99));
        figures.put("quiet service, p99 during bursts, ms", burst);
        figures.put("ratio of a burst to calm, times", burst / calm);
        figures.put("quiet service, p99 with the processors as busy as in a burst, ms", processors);
        figures.put("ratio of busy processors to calm, times", processors / calm);
        figures.put("processors of the bus in calm, cores", calm(Measured::cpuCores));
        figures.put("processors of the bus in a burst, cores", mean(BURST, Measured::cpuCores));
        figures.put("asked of the other service, requests", (double) flooded.sum());
        figures.put("of those not answered with a record, requests", (double) refused.sum());
        return figures;
    }

    private double calm(ToDoubleFunction<Measured> figure) {
        return Stream.of(BEFORE, BETWEEN)
                .flatMap(phase -> phases.getOrDefault(phase, List.of()).stream())
                .mapToDouble(figure)
                .average()
                .orElse(Double.NaN);
    }

    private double mean(String phase, ToDoubleFunction<Measured> figure) {
        return phases.getOrDefault(phase, List.of()).stream()
                .mapToDouble(figure)
                .average()
                .orElse(Double.NaN);
    }

    /** In milliseconds; no number where so many were not answered that there is none. */
    private static double p99(Measured measured) {
        Double found = measured.latency().p99Milliseconds();
        return found == null ? Double.NaN : found;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("measured", "the quiet service, " + QUIET_PER_SECOND + " a second at a constant rate");
        settings.put("burst on the other", basePerSecond + " a second, in bursts " + TIMES + " times that");
        settings.put("its back-end", EACH.toMillis() + " ms each, " + AT_ONCE + " at once");
        settings.put("queue", "one for both services");
        return settings;
    }

    @Override
    public void close() throws Exception {
        generator.shutdownNow();
        stopBurner();
        for (AutoCloseable part : new AutoCloseable[] {consumer, provider, broker, federation}) {
            if (part != null) {
                part.close();
            }
        }
    }
}
