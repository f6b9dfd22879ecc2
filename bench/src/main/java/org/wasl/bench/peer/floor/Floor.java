package org.wasl.bench.peer.floor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
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
import org.wasl.bench.peer.message.Payloads;
import org.wasl.bench.peer.message.WrongAnswerException;

/** A request over one queue and its reply over another, by Camel: nothing signed, nothing logged. */
public final class Floor implements Workload {

    private final boolean durable;
    private final byte[] record = Payloads.record();
    private @Nullable PeerMessaging messaging;

    /**
     * @param durable whether both messages are on disk before they are delivered
     */
    public Floor(boolean durable) {
        this.durable = durable;
    }

    @Override
    public String name() {
        return durable ? "floor" : "floor-transient";
    }

    @Override
    public void start(Path directory) throws Exception {
        messaging = PeerMessaging.start(
                directory,
                PeerBroker.TUNED_BUFFER_NANOS,
                PeerMessaging.Pooling.POOLED,
                List.of(FloorRoutes.REQUESTS),
                new FloorRoutes(durable, record));
    }

    @Override
    public CompletionStage<?> call(long number) {
        byte[] request = Payloads.request(number);
        try {
            byte[] answer =
                    Objects.requireNonNull(messaging).template().requestBody(FloorRoutes.ASK, request, byte[].class);
            return Arrays.equals(record, answer)
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(new WrongAnswerException(
                            "the answer is not the record: " + new String(answer, StandardCharsets.UTF_8)));
        } catch (CamelExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "security",
                "none",
                "storage",
                "none but the broker's journal",
                "broker",
                "Artemis in the same process, NIO journal, flushed every 200 µs",
                "messages",
                durable ? "durable" : "not durable",
                "connections",
                "8, pooled; " + FloorRoutes.CONSUMERS + " consumers of requests, " + FloorRoutes.REPLY_CONSUMERS
                        + " of replies, one temporary reply queue",
                "request",
                Payloads.request(0).length + " octets",
                "reply",
                Payloads.recordBytes() + " octets");
    }

    @Override
    public void close() throws Exception {
        if (messaging != null) {
            messaging.close();
        }
    }
}
