package org.wasl.node.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.node.edge.problem.Problem;
import org.wasl.schemas.fault.FaultCode;

/**
 * Exchanges a person's access token for an assertion about one request: OAuth 2.0 token exchange (RFC 8693), with the
 * request in {@code authorization_details} (RFC 9396). Connections are kept; time, size and number are bounded.
 */
public final class TokenExchangeClient implements AssertionClient, AutoCloseable {

    /** The type of the authorization details that describe a request. */
    public static final String DETAILS_TYPE = "urn:wasl:request:1";

    private static final Logger LOG = LoggerFactory.getLogger(TokenExchangeClient.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_ANSWER_BYTES = 32 * 1024;
    private static final int THREADS = 4;
    private static final int THREAD_IDLE_SECONDS = 30;
    private static final int TASKS_EACH = 64;

    private final URI endpoint;
    private final String credentials;
    private final Duration timeout;
    private final Semaphore places;
    private final ExecutorService executor;
    private final HttpClient http;

    /**
     * @param endpoint the issuer's token endpoint
     * @param clientId as whom this node asks
     * @param clientSecret with which secret
     * @param timeout how long an answer may take
     * @param inFlightMax how many are asked for at a time
     */
    public TokenExchangeClient(URI endpoint, String clientId, String clientSecret, Duration timeout, int inFlightMax) {
        this.endpoint = endpoint;
        String pair = encoded(clientId) + ":" + encoded(clientSecret);
        this.credentials = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        this.timeout = timeout;
        this.places = new Semaphore(inFlightMax);
        this.executor = executor(inFlightMax);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .executor(executor)
                .build();
    }

    private static ThreadPoolExecutor executor(int inFlightMax) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                THREAD_IDLE_SECONDS,
                TimeUnit.SECONDS,
                // Each exchange has a few tasks at a time: with this room none is turned away.
                new LinkedBlockingQueue<>(TASKS_EACH * inFlightMax),
                task -> {
                    Thread thread = new Thread(task, "token-exchange-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    @Override
    public CompletableFuture<AssertionAnswer> assertion(AssertionOrder order) {
        if (!places.tryAcquire()) {
            return CompletableFuture.completedFuture(
                    refused(FaultCode.OVERLOADED, "Too many assertions are being asked for."));
        }
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(timeout)
                .header("Authorization", credentials)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(order), StandardCharsets.US_ASCII))
                .build();
        return http.sendAsync(request, head -> new BoundedText(MAX_ANSWER_BYTES))
                .handle((response, failure) -> {
                    places.release();
                    return failure == null ? answer(response) : unreachable(failure);
                });
    }

    private AssertionAnswer unreachable(Throwable failure) {
        LOG.warn("No answer from the identity issuer at {}: {}", endpoint, failure.toString());
        return refused(FaultCode.ASSERTION_UNAVAILABLE, "The identity issuer does not answer. Nothing was sent.");
    }

    private AssertionAnswer answer(HttpResponse<String> response) {
        JsonNode answer;
        try {
            answer = JSON.readTree(response.body());
        } catch (JsonProcessingException unreadable) {
            LOG.warn("The identity issuer at {} answers {} without JSON", endpoint, response.statusCode());
            return unusable();
        }
        if (response.statusCode() == 200) {
            JsonNode token = answer.path("access_token");
            return token.isTextual() ? new AssertionAnswer.Issued(token.asText()) : unusable();
        }
        String error = answer.path("error").asText();
        if (response.statusCode() == 400 && (error.equals("invalid_grant") || error.equals("access_denied"))) {
            return refused(
                    FaultCode.ASSERTION_REFUSED, "The identity issuer does not assert this. Sign in again, perhaps.");
        }
        // What the issuer says of its refusal may repeat what it was sent.
        LOG.warn("The identity issuer at {} answers {}", endpoint, response.statusCode());
        return unusable();
    }

    private static AssertionAnswer unusable() {
        return refused(
                FaultCode.ASSERTION_UNAVAILABLE, "The identity issuer's answer cannot be used. Nothing was sent.");
    }

    private static AssertionAnswer refused(FaultCode code, String detail) {
        return new AssertionAnswer.Refused(Problem.atEdge(code, detail));
    }

    private static String form(AssertionOrder order) {
        List<String> fields = new ArrayList<>();
        fields.add(field("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"));
        fields.add(field("subject_token", order.token()));
        fields.add(field("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
        fields.add(field("requested_token_type", "urn:ietf:params:oauth:token-type:jwt"));
        order.services().stream()
                .map(service -> service.member().toString())
                .distinct()
                .forEach(member -> fields.add(field("audience", member)));
        fields.add(field("authorization_details", details(order)));
        return String.join("&", fields);
    }

    private static String details(AssertionOrder order) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("type", DETAILS_TYPE);
        details.put("txn", order.correlationId());
        details.put("purpose", order.purpose());
        details.put("services", order.services().stream().map(Object::toString).toList());
        details.put("inputs", order.inputs());
        details.put("actor_kind", order.kind().name());
        details.put("actor", order.actorId());
        if (order.representedParty() != null) {
            details.put("represented_party", order.representedParty());
        }
        try {
            return JSON.writeValueAsString(List.of(details));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("lists and maps of texts can be written", impossible);
        }
    }

    private static String field(String name, String value) {
        return name + "=" + encoded(value);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
