package org.wasl.node.webhook;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.deferral.Delivery;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.OpenResult;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.SigningKey;

/**
 * Hands late answers to the systems of those who asked. What is to be handed on is found in the log: an announced answer
 * that has come, and of which no delivery is logged. Each is tried with growing waits; that it was taken, or was given up,
 * is a signed leaf of the requester's member, which is also the list of what was given up. A delivery may arrive twice,
 * when the node stops between the two; the request's id tells.
 */
public final class Webhooks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final String CONTAINER = "application/vnd.etsi.asic-e+zip";
    private static final int PAGE = 256;
    private static final int LISTED_MAX = 1_000;
    private static final int HTTP_OK = 200;
    private static final int HTTP_REDIRECT = 300;

    private final Map<SubsystemId, Webhook> webhooks;
    private final WebhookSettings settings;
    private final MessageLog log;
    private final Ledger ledger;
    private final AnswerSigner signer;
    private final MemberKeys keys;
    private final AsicContainerVerifier opener;
    private final HttpClient http;
    private final ScheduledThreadPoolExecutor executor;
    private final Map<UUID, Boolean> waiting = new ConcurrentHashMap<>();

    public Webhooks(
            List<Webhook> webhooks,
            WebhookSettings settings,
            MessageLog log,
            Ledger ledger,
            AnswerSigner signer,
            MemberKeys keys,
            AsicContainerVerifier opener) {
        this.webhooks = webhooks.stream().collect(Collectors.toUnmodifiableMap(Webhook::consumer, webhook -> webhook));
        this.settings = settings;
        this.log = log;
        this.ledger = ledger;
        this.signer = signer;
        this.keys = keys;
        this.opener = opener;
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                // An address is declared, and nobody else names another.
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        AtomicInteger number = new AtomicInteger();
        this.executor = new ScheduledThreadPoolExecutor(settings.threads(), task -> {
            Thread thread = new Thread(task, "webhook-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Takes up what the last run left; call once, after the exchanges were taken up. */
    public int recover() {
        return webhooks.isEmpty() ? 0 : recover(Direction.RECEIVED) + recover(Direction.SENT);
    }

    private int recover(Direction direction) {
        long from = 0;
        int found = 0;
        List<StoredMessage> page = log.undelivered(direction, from, PAGE);
        while (!page.isEmpty()) {
            for (StoredMessage interim : page) {
                from = interim.index() + 1;
                UUID request = interim.inReplyTo();
                if (request != null && webhooks.containsKey(interim.consumer())) {
                    ended(interim.consumer(), request);
                    found++;
                }
            }
            page = log.undelivered(direction, from, PAGE);
        }
        return found;
    }

    /** The answer to this consumer's request, announced for later, is in the log. */
    public void ended(SubsystemId consumer, UUID requestId) {
        Webhook webhook = webhooks.get(consumer);
        if (webhook != null) {
            schedule(webhook, requestId, 0, Duration.ZERO);
        }
    }

    private boolean schedule(Webhook webhook, UUID requestId, int attempts, Duration after) {
        if (attempts == 0
                && (waiting.size() >= settings.waitingMax() || waiting.putIfAbsent(requestId, true) != null)) {
            return false;
        }
        try {
            executor.schedule(() -> attempt(webhook, requestId, attempts + 1), after.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            // The node is stopping: the next start finds it in the log.
            waiting.remove(requestId);
            return false;
        }
    }

    private void attempt(Webhook webhook, UUID requestId, int attempt) {
        try {
            Optional<Container> request = request(webhook.consumer(), requestId);
            Optional<StoredMessage> answer = answer(webhook.consumer(), requestId);
            if (request.isEmpty() || answer.isEmpty() || answer.get().container() == null) {
                LOG.warn("The late answer to {} cannot be handed on: it was erased", requestId);
                waiting.remove(requestId);
                return;
            }
            if (post(webhook, requestId, answer.get())) {
                logged(request.get(), new Delivery(webhook.name(), true, attempt), null);
            } else if (attempt < settings.attempts()) {
                schedule(webhook, requestId, attempt, wait(attempt));
            } else {
                LOG.warn(
                        "The late answer to {} could not be handed to webhook {}: given up", requestId, webhook.name());
                logged(request.get(), new Delivery(webhook.name(), false, attempt), FaultCode.WEBHOOK_UNDELIVERABLE);
            }
        } catch (RuntimeException e) { // the log or a key: tried again without counting, since nothing was sent
            LOG.warn("The late answer to {} could not be handed on", requestId, e);
            schedule(webhook, requestId, Math.max(1, attempt - 1), settings.most());
        }
    }

    private void logged(Container request, Delivery delivery, @Nullable FaultCode code) {
        Container signed = signer.delivery(request, delivery);
        ledger.durable(ledger.sent(request.header().consumer().member(), signed, null, code));
        waiting.remove(request.header().messageId());
    }

    private Duration wait(int attempt) {
        long doubled = settings.first().toMillis() << Math.min(attempt - 1, 30);
        long bounded = Math.min(settings.most().toMillis(), Math.max(1, doubled));
        return Duration.ofMillis(
                (long) (bounded * (0.75 + ThreadLocalRandom.current().nextDouble() * 0.5)));
    }

    private boolean post(Webhook webhook, UUID requestId, StoredMessage answer) {
        boolean whole = log.whole(answer.index()).isEmpty();
        byte[] body = whole ? octets(answer) : notice(requestId, answer);
        String type = whole ? CONTAINER : "application/json";
        SigningKey key = keys.messageKey(webhook.consumer().member())
                .orElseThrow(() -> new IllegalStateException("this node does not speak for " + webhook.consumer()));
        Optional<Map<String, String>> headers =
                WebhookSignature.headers(key, webhook.address(), type, body, requestId, ledger.now());
        if (headers.isEmpty()) {
            LOG.warn("The key of {} signs no HTTP messages", webhook.consumer());
            return false;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(webhook.address())
                .timeout(settings.timeout())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.get().forEach(request::header);
        try {
            HttpResponse<Void> response = http.send(request.build(), HttpResponse.BodyHandlers.discarding());
            boolean taken = response.statusCode() >= HTTP_OK && response.statusCode() < HTTP_REDIRECT;
            if (!taken) {
                LOG.info("Webhook {} answered {}", webhook.name(), response.statusCode());
            }
            return taken;
        } catch (IOException e) {
            LOG.info("Webhook {} cannot be reached: {}", webhook.name(), e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the node is stopping", e);
        }
    }

    private static byte[] octets(StoredMessage answer) {
        byte[] octets = answer.container();
        if (octets == null) {
            throw new IllegalStateException("the answer was erased meanwhile");
        }
        return octets;
    }

    /** A document is fetched, not pushed. */
    private static byte[] notice(UUID requestId, StoredMessage answer) {
        String json = "{\"requestId\":\"" + requestId + "\",\"container\":\"/containers/" + answer.messageId() + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private Optional<Container> request(SubsystemId consumer, UUID requestId) {
        return log.messages(requestId).stream()
                .filter(stored -> stored.kind() == MessageKind.REQUEST
                        && stored.consumer().equals(consumer))
                .findFirst()
                .flatMap(this::open);
    }

    /** What ended the request: what the consumer received or signed, or what our own composer sent. */
    private Optional<StoredMessage> answer(SubsystemId consumer, UUID requestId) {
        return ledger.consumerAnswer(consumer, requestId).or(() -> log.messages(requestId).stream()
                .filter(stored -> stored.kind() == MessageKind.REQUEST)
                .findFirst()
                .flatMap(request -> log.answer(request.provider().member(), Direction.SENT, requestId)));
    }

    private Optional<Container> open(StoredMessage stored) {
        byte[] octets = stored.container();
        return octets != null && opener.open(octets) instanceof OpenResult.Opened opened
                ? Optional.of(opened.container())
                : Optional.empty();
    }

    /** The answers that were given up and not handed on since, the oldest first; at most a thousand. */
    public List<UndeliveredAnswer> undelivered() {
        Map<UUID, StoredMessage> last = new LinkedHashMap<>();
        long from = 0;
        List<StoredMessage> page = log.deliveries(from, PAGE);
        while (!page.isEmpty()) {
            for (StoredMessage delivery : page) {
                from = delivery.index() + 1;
                UUID request = delivery.inReplyTo();
                if (request != null && delivery.faultCode() == null) {
                    last.remove(request);
                } else if (request != null && last.size() < LISTED_MAX) {
                    last.put(request, delivery);
                }
            }
            page = log.deliveries(from, PAGE);
        }
        List<UndeliveredAnswer> undelivered = new ArrayList<>();
        last.forEach((request, delivery) -> undelivered.add(new UndeliveredAnswer(
                request.toString(),
                delivery.consumer().toString(),
                delivery.service().toString(),
                delivery.at(),
                delivery.index())));
        return undelivered;
    }

    /**
     * Tries again to hand on an answer that was given up.
     *
     * @return false when there is no such answer, or it is being tried
     */
    public boolean again(UUID requestId) {
        Optional<SubsystemId> consumer = log.messages(requestId).stream()
                .filter(stored -> stored.kind() == MessageKind.REQUEST)
                .map(StoredMessage::consumer)
                .filter(webhooks::containsKey)
                .findFirst();
        boolean givenUp = consumer.flatMap(
                        asker -> log.about(asker.member(), Direction.SENT, MessageKind.DELIVERY, requestId))
                .filter(delivery -> delivery.faultCode() != null)
                .isPresent();
        return givenUp
                && consumer.map(webhooks::get)
                        .map(webhook -> schedule(webhook, requestId, 0, Duration.ZERO))
                        .orElse(false);
    }

    @Override
    public void close() {
        executor.shutdownNow();
        // java.net.http's client has no close before Java 21; its threads are daemons.
    }
}
