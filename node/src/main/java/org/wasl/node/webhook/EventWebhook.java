package org.wasl.node.webhook;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.routes.event.EventListener;
import org.wasl.routes.event.ReceivedEvent;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.SigningKey;

/**
 * Hands received events to their subscriber's system: the container, in an HTTP message signed as late answers' are, one
 * after the other. It is tried again for as long as it takes, since order would be lost by leaving one out; the event's
 * id, which the message names, tells one that came twice.
 */
public final class EventWebhook implements EventListener {

    private static final Logger LOG = LoggerFactory.getLogger(EventWebhook.class);
    private static final String CONTAINER = "application/vnd.etsi.asic-e+zip";
    private static final String PREFIX = "to-";
    private static final int NAME_MAX = 63;
    private static final int HTTP_OK = 200;
    private static final int HTTP_REDIRECT = 300;

    private final Webhook webhook;
    private final MemberKeys keys;
    private final Clock clock;
    private final Duration timeout;
    private final HttpClient http;

    /**
     * @param timeout how long one attempt may take
     */
    public EventWebhook(Webhook webhook, MemberKeys keys, Clock clock, Duration timeout) {
        this.webhook = webhook;
        this.keys = keys;
        this.clock = clock;
        this.timeout = timeout;
        this.http = HttpClient.newBuilder()
                .connectTimeout(timeout)
                // An address is declared, and nobody else names another.
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public String name() {
        String name = PREFIX + webhook.name();
        return name.substring(0, Math.min(NAME_MAX, name.length()));
    }

    @Override
    public boolean wants(SubsystemId subscriber, ServiceId type) {
        return subscriber.equals(webhook.consumer());
    }

    @Override
    public Outcome hear(ReceivedEvent event) {
        SigningKey key = keys.messageKey(webhook.consumer().member())
                .orElseThrow(() -> new IllegalStateException("this node does not speak for " + webhook.consumer()));
        byte[] body = event.container().octets();
        Optional<Map<String, String>> headers =
                WebhookSignature.headers(key, webhook.address(), CONTAINER, body, event.id(), clock.instant());
        if (headers.isEmpty()) {
            LOG.warn("The key of {} signs no HTTP messages", webhook.consumer());
            return Outcome.AGAIN;
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(webhook.address())
                .timeout(timeout)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.get().forEach(request::header);
        try {
            HttpResponse<Void> response = http.send(request.build(), HttpResponse.BodyHandlers.discarding());
            boolean taken = response.statusCode() >= HTTP_OK && response.statusCode() < HTTP_REDIRECT;
            if (!taken) {
                LOG.info("Webhook {} answered {} to {}", webhook.name(), response.statusCode(), event);
            }
            return taken ? Outcome.DONE : Outcome.AGAIN;
        } catch (IOException e) {
            LOG.info("Webhook {} cannot be reached: {}", webhook.name(), e.toString());
            return Outcome.AGAIN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.AGAIN;
        }
    }
}
