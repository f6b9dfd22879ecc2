package org.wasl.bench.exchange;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.Workload;
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
    private static final long MESSAGE_OCTETS = 11L << 20;

    private final int payloadOctets;
    private final Scale scale;
    private final SigningMode mode;
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
        this(payloadOctets, scale, SigningMode.SOFTWARE);
    }

    /**
     * @param payloadOctets how large the record is, about
     * @param scale how large the registry is
     * @param mode with what both nodes sign
     */
    public ExchangeWorkload(int payloadOctets, Scale scale, SigningMode mode) {
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
    }

    @Override
    public CompletionStage<?> call(long number) {
        String person = String.format("999%07d", number % 10_000_000);
        ExchangeClient started = client;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started.submit(request(person)).thenApply(ExchangeWorkload::checked);
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

    private static ExchangeResult.Answered checked(ExchangeResult result) {
        if (!(result instanceof ExchangeResult.Answered answered)) {
            throw new IllegalStateException("no answer: " + result);
        }
        byte[] payload = answered.reply().payload();
        if (!new String(payload, payload.length - 32, 32, StandardCharsets.UTF_8).endsWith("</env:payload>")) {
            throw new IllegalStateException("the answer is not a record");
        }
        return answered;
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
