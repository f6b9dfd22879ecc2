package org.wasl.node.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The portal's edge of a running node, on behalf of one bearer of a token. */
public final class PortalClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final HttpClient http = Http.client();
    private final String portalUrl;
    private final String token;
    private final String locale;

    /**
     * @param portalUrl where the edge is
     * @param token the bearer token
     * @param locale the language of labels and problems
     */
    public PortalClient(String portalUrl, String token, String locale) {
        this.portalUrl = portalUrl;
        this.token = token;
        this.locale = locale;
    }

    /** Asks a composite service. */
    public NodeAnswer ask(String service, Map<String, String> inputs, String accept)
            throws IOException, InterruptedException {
        return ask(service, inputs, Map.of(), accept);
    }

    /** Asks a composite service, with these headers besides. */
    public NodeAnswer ask(String service, Map<String, String> inputs, Map<String, String> headers, String accept)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/composites/" + service, accept);
        headers.forEach(request::header);
        return send(request.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(inputs)))
                .build());
    }

    /** Gets whatever is at this path. */
    public NodeAnswer get(String path, String accept) throws IOException, InterruptedException {
        return send(request(path, accept).GET().build());
    }

    /** Puts a JSON object of texts at this path. */
    public NodeAnswer put(String path, Map<String, String> values) throws IOException, InterruptedException {
        return send(request(path, "application/json")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(values)))
                .build());
    }

    /** Posts a JSON object of texts to this path. */
    public NodeAnswer post(String path, Map<String, String> values) throws IOException, InterruptedException {
        return send(request(path, "application/json")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(values)))
                .build());
    }

    private HttpRequest.Builder request(String path, String accept) {
        return HttpRequest.newBuilder(URI.create(portalUrl + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Accept", accept)
                .header("Accept-Language", locale);
    }

    private NodeAnswer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        return new NodeAnswer(response.statusCode(), headers, response.body());
    }
}
