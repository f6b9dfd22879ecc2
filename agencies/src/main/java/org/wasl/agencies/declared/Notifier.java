package org.wasl.agencies.declared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a node, one after the other, what its back-end has to tell; each again until the node has taken it. */
final class Notifier implements AutoCloseable {

    /** When the notice was sent, in seconds of the epoch. */
    static final String TIME = "Notification-Time";

    /** HMAC-SHA-256, in hexadecimal, over time, a full stop and body. */
    static final String CODE = "Notification-Code";

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long PERIOD_MILLIS = 200;
    private static final long WAIT_MILLIS = 1_000;
    private static final int TAKEN = 200;
    private static final int NOT_TAKEN = 300;

    private final String agency;
    private final BackEndSpec.Notices notices;
    private final SampleData data;
    private final byte[] key;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ScheduledExecutorService clock;
    private boolean started;

    Notifier(String agency, BackEndSpec.Notices notices, SampleData data, String secret) {
        this.agency = agency;
        this.notices = notices;
        this.data = data;
        this.key = secret.getBytes(StandardCharsets.UTF_8);
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, agency + "-notices");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** @param node the node's address, to which the path is added */
    synchronized void start(URI node) {
        if (!started) {
            started = true;
            URI address = node.resolve(notices.path());
            clock.schedule(() -> run(address), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void run(URI address) {
        long next = PERIOD_MILLIS;
        try {
            Optional<String> notice = data.ask(notices.pending());
            if (notice.isPresent()) {
                next = tell(address, notice.get()) ? 0 : WAIT_MILLIS;
            }
        } catch (SQLException | IOException e) {
            LOG.debug("{} could not tell its node", agency, e);
            next = WAIT_MILLIS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!clock.isShutdown()) {
            clock.schedule(() -> run(address), next, TimeUnit.MILLISECONDS);
        }
    }

    private boolean tell(URI address, String notice) throws IOException, InterruptedException, SQLException {
        String time = Long.toString(Instant.now().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header(TIME, time)
                .header(CODE, code(time, notice))
                .POST(HttpRequest.BodyPublishers.ofString(notice, StandardCharsets.UTF_8))
                .build();
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status < TAKEN || status >= NOT_TAKEN) {
            LOG.info("{} told its node, which answered {}", agency, status);
            return false;
        }
        data.change(notices.told(), members(notice));
        return true;
    }

    private static Map<String, String> members(String notice) throws JsonProcessingException {
        Map<String, String> members = new HashMap<>();
        JSON.readTree(notice)
                .fields()
                .forEachRemaining(
                        member -> members.put(member.getKey(), member.getValue().asText()));
        return members;
    }

    private String code(String time, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal((time + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
