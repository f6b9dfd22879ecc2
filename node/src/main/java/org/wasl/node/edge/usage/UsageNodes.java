package org.wasl.node.edge.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.security.http.BoundedHttp;

/**
 * Asks the other nodes what they know of a person, in that person's name: each verifies the person's own token and looks
 * by its own key, so that none has to believe this one. A node that is asked so asks nobody else.
 */
public final class UsageNodes implements AutoCloseable {

    /** Says how far a question goes. */
    static final String SCOPE = "Wasl-Usage-Scope";

    /** The scope of a question that is not passed on. */
    static final String THIS_NODE = "node";

    private static final Logger LOG = LoggerFactory.getLogger(UsageNodes.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int MAX_OCTETS = 8 * 1024 * 1024;
    private static final int MAX_TEXT_CHARACTERS = 4_000;
    private static final int THREAD_IDLE_SECONDS = 30;

    private final List<URI> nodes;
    private final BoundedHttp http;
    private final Duration timeout;
    private final ExecutorService executor;

    /**
     * @param nodes the addresses of the other nodes' portal edges
     * @param timeout how long a node may take
     * @param atOnce how many questions are under way at most; as many again wait
     */
    public UsageNodes(List<URI> nodes, Duration timeout, int atOnce) {
        this.nodes = List.copyOf(nodes);
        this.timeout = timeout;
        this.http = new BoundedHttp(timeout);
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                atOnce, atOnce, THREAD_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(atOnce), task -> {
                    Thread thread = new Thread(task, "usage-nodes-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.executor = pool;
    }

    /**
     * What the nodes answered.
     *
     * @param answers of those that did
     * @param silent the addresses of those that did not
     */
    record Told<T>(List<T> answers, List<String> silent) {}

    /** The addresses of those that are asked. */
    List<String> addresses() {
        return nodes.stream().map(URI::toString).toList();
    }

    /** In whose name, and in which language, to ask. */
    record Asker(String token, String locale) {}

    /** Asks each for the newest uses, as many as there can be on the page and before it. */
    Told<UsageAnswer> findUsage(Asker asker, UsageRequest asked) {
        int newest = asked.offset() + asked.limit();
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "periodStart", asked.from());
        put(query, "periodEnd", asked.to());
        if (asked.receiver() != null) {
            query.put("receiver", asked.receiver());
        }
        if (asked.purpose() != null) {
            query.put("purpose", asked.purpose());
        }
        query.put("limit", Integer.toString(newest));
        return ask("/v2/findUsage", query, asker, octets -> usages(octets, newest));
    }

    /** Asks each since when it knows of uses. */
    Told<Instant> usagePeriod(Asker asker) {
        return ask("/v2/usagePeriod", Map.of(), asker, UsageNodes::periodStart);
    }

    private static void put(Map<String, String> query, String name, @Nullable Instant at) {
        if (at != null) {
            query.put(name, at.toString());
        }
    }

    private <T> Told<T> ask(String path, Map<String, String> query, Asker asker, Function<byte[], Optional<T>> reader) {
        Map<URI, CompletableFuture<Optional<T>>> asking = new LinkedHashMap<>();
        nodes.forEach(node -> asking.put(node, begin(() -> one(node, path, query, asker, reader))));
        List<T> answers = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        asking.forEach(
                (node, answer) -> answer.join().ifPresentOrElse(answers::add, () -> silent.add(node.toString())));
        return new Told<>(answers, silent);
    }

    /** Waiting for a thread counts too: a node that is not asked in time is one that does not answer. */
    private <T> CompletableFuture<Optional<T>> begin(java.util.function.Supplier<Optional<T>> question) {
        try {
            return CompletableFuture.supplyAsync(question, executor)
                    .completeOnTimeout(Optional.empty(), 2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException full) {
            LOG.warn("too many people ask other nodes at once: one is not asked");
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    private <T> Optional<T> one(
            URI node, String path, Map<String, String> query, Asker asker, Function<byte[], Optional<T>> reader) {
        try {
            BoundedHttp.Answer answer = http.get(
                    address(node, path, query),
                    Map.of(
                            "Authorization",
                            "Bearer " + asker.token(),
                            "Accept",
                            "application/json",
                            "Accept-Language",
                            asker.locale(),
                            SCOPE,
                            THIS_NODE),
                    MAX_OCTETS);
            Optional<T> read = answer.status() == OK ? reader.apply(answer.body()) : Optional.empty();
            if (read.isEmpty()) {
                LOG.warn("The node at {} answers {}, of no use to a person's list", node, answer.status());
            }
            return read;
        } catch (IOException silent) {
            LOG.warn("The node at {} does not answer for a person's list: {}", node, silent.toString());
            return Optional.empty();
        }
    }

    private static URI address(URI node, String path, Map<String, String> query) {
        String base = node.toString();
        List<String> pairs = new ArrayList<>();
        query.forEach((name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return URI.create(trimmed + path + (pairs.isEmpty() ? "" : "?" + String.join("&", pairs)));
    }

    private static Optional<UsageAnswer> usages(byte[] octets, int most) {
        try {
            UsageAnswer answer = JSON.readValue(octets, UsageAnswer.class);
            return sound(answer, most) ? Optional.of(answer) : Optional.empty();
        } catch (IOException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether it is what was asked for, within bounds; what another program sends may lack anything. */
    @SuppressWarnings("NullAway") // members that are absent are null, whatever the record says
    private static boolean sound(UsageAnswer answer, int most) {
        if (answer == null || answer.usages() == null || answer.node() == null) {
            return false;
        }
        boolean all = answer.usages().stream().allMatch(UsageNodes::sound);
        return all
                && sound(answer.receivers())
                && sound(answer.purposes())
                && answer.usages().size() <= most
                && answer.totalUsages() >= answer.usages().size();
    }

    @SuppressWarnings("NullAway") // as above
    private static boolean sound(Usage usage) {
        return bounded(
                        usage.logtime(),
                        usage.action(),
                        usage.receiverCode(),
                        usage.receiverName(),
                        usage.receiverSystem())
                && (usage.details() == null || sound(usage.details()))
                && !Instant.parse(usage.logtime()).isBefore(Instant.EPOCH);
    }

    private static boolean sound(Usage.Details details) {
        return bounded(details.id(), details.kind(), details.purpose(), details.purposeName())
                && details.parts() != null
                && details.parts().size() <= Usage.MOST_PARTS
                && details.parts().stream()
                        .allMatch(part -> part != null
                                && bounded(part.service(), part.serviceName(), part.provider(), part.providerName())
                                && (part.outcome() == null || bounded(part.outcome())));
    }

    private static boolean sound(@Nullable List<UsageAnswer.Named> named) {
        return named == null
                || (named.size() <= UsageAnswer.MOST_NAMED
                        && named.stream().allMatch(each -> each != null && bounded(each.code(), each.name())));
    }

    private static boolean bounded(@Nullable String... texts) {
        for (String text : texts) {
            if (text == null || text.length() > MAX_TEXT_CHARACTERS) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Instant> periodStart(byte[] octets) {
        try {
            JsonNode start = JSON.readTree(octets).path("periodStart");
            return start.isTextual() ? Optional.of(Instant.parse(start.asText())) : Optional.empty();
        } catch (IOException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
