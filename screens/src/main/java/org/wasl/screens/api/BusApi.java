package org.wasl.screens.api;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The bus' public API in one person's name and language; every call is bounded in time and size. */
public final class BusApi {

    private static final String JSON = "application/json";

    private final BusClient client;
    private final Optional<String> token;
    private final Locale language;

    BusApi(BusClient client, Optional<String> token, Locale language) {
        this.client = client;
        this.token = token;
        this.language = language;
    }

    /** @param path with its query, encoded; what names a person belongs into a body */
    public ApiAnswer get(String path) {
        return get(path, Map.of());
    }

    public ApiAnswer get(String path, Map<String, String> headers) {
        return client.json(BusClient.with(accepting(path, JSON), headers).GET().build());
    }

    /** @param body what Jackson writes as JSON */
    public ApiAnswer post(String path, Object body, Map<String, String> headers) {
        return send("POST", path, body, headers);
    }

    public ApiAnswer put(String path, Object body, Map<String, String> headers) {
        return send("PUT", path, body, headers);
    }

    /** A call without a body. */
    public ApiAnswer delete(String path) {
        return client.json(accepting(path, JSON).DELETE().build());
    }

    private ApiAnswer send(String method, String path, Object body, Map<String, String> headers) {
        return client.json(BusClient.with(accepting(path, JSON), headers)
                .header("Content-Type", JSON)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(BusClient.octets(body)))
                .build());
    }

    /**
     * A file of the bus.
     *
     * @param type the media type that is asked for
     * @throws ApiFailure when the bus does not give it
     */
    public Octets octets(String path, String type, Map<String, String> headers) {
        HttpRequest request =
                BusClient.with(accepting(path, type), headers).GET().build();
        Optional<HttpResponse<byte[]>> response = client.send(request);
        if (response.isEmpty()) {
            throw new ApiFailure(new ApiAnswer.Unreachable());
        }
        if (response.get().statusCode() != 200) {
            throw new ApiFailure(client.refusal(response.get()));
        }
        return new Octets(
                response.get().body(),
                response.get().headers().firstValue("Content-Type").orElse(type));
    }

    /**
     * Follows a stream of events.
     *
     * @param lastEventId after which event; empty from the first one
     * @param reader called by the connection's own thread: it must not wait
     */
    public BusStream events(String path, String lastEventId, Consumer<BusEvent> reader) {
        HttpRequest.Builder request = accepting(path, "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        return client.stream(request.GET().build(), new EventLines(reader));
    }

    private HttpRequest.Builder accepting(String path, String type) {
        return client.request(path, token, language).header("Accept", type);
    }
}
