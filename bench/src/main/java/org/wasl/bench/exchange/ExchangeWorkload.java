package org.wasl.bench.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.curve.LargeLog;
import org.wasl.bench.load.Workload;
import org.wasl.bench.report.Parts;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.LogStoreException;
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
import org.wasl.security.crypto.CryptoProvider;

/**
 * One exchange between two nodes: signed, verified and logged on both sides, each log on disk, over one broker, with
 * every rule of the product.
 */
public final class ExchangeWorkload implements Workload {

    /** The payload that is compared: two kilobytes. */
    public static final int USUAL_OCTETS = 2_048;

    private static final BrokerSettings.Quotas UNLIMITED = new BrokerSettings.Quotas(256, 256, 1_000_000);
    private static final int PATIENCE_SECONDS = 30;
    private static final int LEAVES = 4;
    private static final long MESSAGE_OCTETS = 11L << 20;

    private final int payloadOctets;
    private final Scale scale;
    private final SigningMode mode;
    private final long logLeaves;
    private final List<Path> logs = new ArrayList<>();
    private final LongAdder answered = new LongAdder();
    private volatile long payloads;
    private long logOctets;
    private @Nullable Federation federation;
    private @Nullable EmbeddedBroker broker;
    private @Nullable BusNode provider;
    private @Nullable BusNode consumer;
    private @Nullable ExchangeClient client;

    /** Two kilobytes, and the samples' registry. */
    public ExchangeWorkload() {
        this(USUAL_OCTETS, Scale.SAMPLES);
    }

    /**
     * @param payloadOctets how large the record is, about
     * @param scale how large the registry is
     */
    public ExchangeWorkload(int payloadOctets, Scale scale) {
        this(payloadOctets, scale, SigningMode.SOFTWARE, 0);
    }

    /**
     * @param payloadOctets how large the record is, about
     * @param scale how large the registry is
     * @param mode with what both nodes sign
     * @param logLeaves how many leaves each log has before
     */
    public ExchangeWorkload(int payloadOctets, Scale scale, SigningMode mode, long logLeaves) {
        this.logLeaves = logLeaves;
        this.mode = mode;
        this.payloadOctets = payloadOctets;
        this.scale = scale;
    }

    @Override
    public String name() {
        return mode.workload();
    }

    @Override
    public void start(Path directory) throws Exception {
        Federation trusted = new Federation(directory.resolve("trust"), scale, mode);
        federation = trusted;
        EmbeddedBroker started = new EmbeddedBroker(
                BrokerSettings.at(directory.resolve("broker")).withQuotas(UNLIMITED, MESSAGE_OCTETS),
                trusted.registry(),
                Set.of(Federation.DVLD),
                (certificate, now) -> java.util.Optional.empty(),
                Clock.systemUTC());
        broker = started;
        started.start();
        FixedRecords records = new FixedRecords(Map.of(Federation.FINES, FixedRecords.fines(payloadOctets)));
        grow(directory);
        provider = new BusNode(
                Files.createDirectories(directory.resolve("provider")),
                trusted,
                started.connections(Federation.DVLD),
                trusted.keys(Federation.DVLD),
                records);
        BusNode asking = new BusNode(
                Files.createDirectories(directory.resolve("consumer")),
                trusted,
                started.connections(Federation.PORTAL),
                trusted.keys(Federation.PORTAL),
                new FixedRecords(Map.of()));
        consumer = asking;
        client = asking.client();
        // Whatever is set up wrong is told now.
        call(0).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        answered.reset();
        logOctets = logOctets();
    }

    /** Fills one log, and gives the other a copy. */
    private void grow(Path directory) throws LogStoreException, IOException {
        for (String node : List.of("provider", "consumer")) {
            logs.add(Files.createDirectories(directory.resolve(node)).resolve("wasl.db"));
        }
        if (logLeaves > 0) {
            new LargeLog(IndexKey.of(new byte[32])).grow(logs.get(0), logLeaves, count -> {});
            Files.copy(logs.get(0), logs.get(1));
        }
    }

    private long logOctets() throws IOException {
        long octets = 0;
        for (Path log : logs) {
            octets += Files.size(log);
        }
        return octets;
    }

    /** How much each leaf added to the logs' files, indices and all, beside the payload that it keeps. */
    @Override
    public Map<String, Double> figures() {
        long exchanges = answered.sum();
        if (exchanges == 0) {
            return Map.of();
        }
        try {
            double each = (double) (logOctets() - logOctets) / exchanges / LEAVES;
            return Map.of(Parts.AT_REST, each - (double) payloads / 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletionStage<?> call(long number) {
        String person = String.format("999%07d", number % 10_000_000);
        ExchangeClient started = client;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started.submit(request(person)).thenApply(this::checked);
    }

    private static ExchangeRequest request(String person) {
        UUID id = TimeOrderedId.next();
        return new ExchangeRequest(
                id,
                "bench-" + id,
                Federation.WEB,
                Federation.FINES,
                Map.of("nationalNumber", person),
                new Actor(ActorKind.SYSTEM, AssuranceLevel.HIGH, "bench", null),
                null,
                "GENERAL_CLEARANCE",
                "JO-BYLAW-CLEARANCE",
                "WEB",
                "ar",
                Priority.NORMAL,
                Duration.ofSeconds(20),
                null);
    }

    private ExchangeResult.Answered checked(ExchangeResult result) {
        if (!(result instanceof ExchangeResult.Answered good)) {
            throw new IllegalStateException("no answer: " + result);
        }
        byte[] payload = good.reply().payload();
        if (!new String(payload, payload.length - 32, 32, StandardCharsets.UTF_8).endsWith("</env:payload>")) {
            throw new IllegalStateException("the answer is not a record");
        }
        answered.increment();
        payloads = (long) payload.length + good.request().payload().length;
        return good;
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("payload", payloadOctets + " octets of XML, valid by its schema");
        settings.put(
                "signature",
                "ECDSA P-256, SHA-256, by " + CryptoProvider.chosen().name());
        if (mode != SigningMode.SOFTWARE) {
            settings.put("token", "at most " + SigningMode.TOKEN_PER_SECOND + " signatures a second for each node");
            Federation trusted = federation;
            settings.put("token signatures", Long.toString(trusted == null ? 0 : trusted.slowSignatures()));
        }
        settings.put("logs", "two, SQLite, synchronous=FULL");
        settings.put("broker", "Artemis, embedded, in the same process");
        settings.put("leaves before", Long.toString(logLeaves));
        settings.put("members", Integer.toString(scale.members()));
        settings.put("agreements", Integer.toString(scale.agreements()));
        return settings;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {consumer, provider, broker, federation}) {
            if (part != null) {
                part.close();
            }
        }
    }
}
