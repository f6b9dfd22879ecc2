package org.wasl.screens.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection to the bus, shared by all pages. */
public final class BusClient {

    private static final Logger LOG = LoggerFactory.getLogger(BusClient.class);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_REFUSAL = 400;

    private final URI base;
    private final Duration timeout;
    private final int maxBody;
    private final HttpClient http;

    /**
     * @param base where the API is
     * @param timeout how long one call may take, body included
     * @param maxBody how many octets an answer may have
     */
    public BusClient(URI base, Duration timeout, int maxBody) {
        this.base = base;
        this.timeout = timeout;
        this.maxBody = maxBody;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * The API as this person calls it.
     *
     * @param token their access token; empty for what is public
     * @param language in which refusals are told
     */
    public BusApi as(Optional<String> token, Locale language) {
        return new BusApi(this, token, language);
    }

    HttpRequest.Builder request(String path, Optional<String> token, Locale language) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(timeout)
                .header("Accept-Language", language.getLanguage());
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        return request;
    }

    static byte[] octets(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("no JSON can be made of " + body.getClass(), unwritable);
        }
    }

    /** Sends a request and reads the answer as JSON. */
    ApiAnswer json(HttpRequest request) {
        Optional<HttpResponse<byte[]>> response = send(request);
        if (response.isEmpty()) {
            return new ApiAnswer.Unreachable();
        }
        JsonNode body = read(response.get());
        return response.get().statusCode() < FIRST_REFUSAL
                ? new ApiAnswer.Given(
                        response.get().statusCode(), body, response.get().headers())
                : refusal(response.get());
    }

    ApiAnswer refusal(HttpResponse<byte[]> response) {
        return new ApiAnswer.Refused(response.statusCode(), Problem.of(read(response)));
    }

    private static JsonNode read(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (response.body().length == 0 || !type.contains("json")) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException unreadable) {
            LOG.warn("the bus answered something that is no JSON", unreadable);
            return MissingNode.getInstance();
        }
    }

    /** Sends a request; empty when the bus cannot be reached, or not in time. */
    Optional<HttpResponse<byte[]>> send(HttpRequest request) {
        var answer = http.sendAsync(request, head -> new LimitedBody(maxBody));
        try {
            return Optional.of(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException failed) {
            answer.cancel(true);
            // The path may hold a request's id, never what is asked of whom: that is in bodies.
            LOG.info(
                    "no answer of the bus to {} {}",
                    request.method(),
                    request.uri().getPath(),
                    failed);
            return Optional.empty();
        } catch (InterruptedException stopping) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Opens a stream of events; it has no time of its own, whoever opens it closes it. */
    BusStream stream(HttpRequest request, EventLines lines) {
        http.sendAsync(request, head -> {
                    if (head.statusCode() >= FIRST_REFUSAL) {
                        lines.cancel();
                        return HttpResponse.BodySubscribers.replacing(null);
                    }
                    return HttpResponse.BodySubscribers.fromLineSubscriber(lines);
                })
                .whenComplete((done, failed) -> lines.cancel());
        return new BusStream(lines);
    }

    /** What a request carries besides its body. */
    static HttpRequest.Builder with(HttpRequest.Builder request, Map<String, String> headers) {
        headers.forEach(request::header);
        return request;
    }
}
