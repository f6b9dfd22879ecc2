package org.wasl.bench.peer.assembly;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelExecutionException;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.Workload;
import org.wasl.bench.peer.broker.PeerBroker;
import org.wasl.bench.peer.broker.PeerMessaging;
import org.wasl.bench.peer.message.MessageTable;
import org.wasl.bench.peer.message.Party;
import org.wasl.bench.peer.message.Payloads;
import org.wasl.bench.peer.message.PlatformXml;
import org.wasl.bench.peer.message.Variant;
import org.wasl.bench.peer.message.Wire;

/**
 * Request and reply over Camel and Artemis, each with an enveloped XML signature by camel-xmlsecurity, each verified and
 * then inserted by its receiver before it goes on.
 */
public final class Assembly implements Workload {

    private final Variant variant;
    private final Wire requests;
    private @Nullable PeerMessaging messaging;
    private @Nullable MessageTable consumerTable;
    private @Nullable MessageTable providerTable;

    public Assembly(Variant variant) {
        this(variant, Wire.CLEAN);
    }

    /**
     * @param requests what happens to requests on their way
     */
    Assembly(Variant variant, Wire requests) {
        this.variant = variant;
        this.requests = requests;
    }

    @Override
    public String name() {
        return variant.name("assembly");
    }

    @Override
    public void start(Path directory) throws Exception {
        PlatformXml.prefer();
        variant.cryptography().prefer();
        Party consumer = Party.make("consumer", variant.cryptography().provider());
        Party provider = Party.make("provider", variant.cryptography().provider());
        MessageTable received = variant.table(directory.resolve("consumer.db"));
        consumerTable = received;
        MessageTable answered = variant.table(directory.resolve("provider.db"));
        providerTable = answered;
        messaging = PeerMessaging.start(
                Files.createDirectory(directory.resolve("broker")),
                variant == Variant.TUNED ? PeerBroker.TUNED_BUFFER_NANOS : PeerBroker.DEFAULT_BUFFER_NANOS,
                variant == Variant.TUNED ? PeerMessaging.Pooling.POOLED : PeerMessaging.Pooling.CACHED,
                List.of(AssemblyRoutes.REQUESTS),
                new AssemblyRoutes(variant, new Seals(variant, consumer, provider), received, answered, requests));
    }

    @Override
    public CompletionStage<?> call(long number) {
        try {
            Object answer = Objects.requireNonNull(messaging)
                    .template()
                    .requestBody(AssemblyRoutes.ASK, Payloads.request(number));
            Answers.requireRecord(answer);
            return CompletableFuture.completedFuture(null);
        } catch (CamelExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What the consumer stored. */
    MessageTable consumerTable() {
        return Objects.requireNonNull(consumerTable);
    }

    /** What the provider stored. */
    MessageTable providerTable() {
        return Objects.requireNonNull(providerTable);
    }

    @Override
    public Map<String, String> settings() {
        boolean tuned = variant == Variant.TUNED;
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("signature", "enveloped, camel-xmlsecurity over Santuario; ECDSA P-256, SHA-256; exclusive C14N");
        settings.put(
                "signatures", "request and reply, each made once and verified once; key and certificate in memory");
        settings.put("provider", variant.cryptography().description());
        settings.put("storage", "one row a message, by its receiver, before it goes on (two rows)");
        settings.put("storage kind", consumerTable == null ? "not started" : consumerTable.description());
        settings.put(
                "broker",
                "Artemis in the same process, durable, NIO journal, flushed every "
                        + (tuned ? PeerBroker.TUNED_BUFFER_NANOS : PeerBroker.DEFAULT_BUFFER_NANOS) / 1_000 + " µs");
        settings.put("connections", tuned ? "8, pooled" : "one, cached, as Spring Boot gives it");
        settings.put(
                "consumers",
                tuned
                        ? AssemblyRoutes.CONSUMERS + " of requests, " + AssemblyRoutes.REPLY_CONSUMERS + " of replies"
                        : "one of requests, one of replies, Camel's default");
        settings.put("request", Payloads.request(0).length + " octets");
        settings.put("reply", Payloads.recordBytes() + " octets");
        return settings;
    }

    @Override
    public void close() throws Exception {
        if (messaging != null) {
            messaging.close();
        }
        if (consumerTable != null) {
            consumerTable.close();
        }
        if (providerTable != null) {
            providerTable.close();
        }
    }
}
