package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.population.Personas;
import org.wasl.node.data.FreePorts;

/**
 * A deferred answer over the whole program, in a process of its own that is killed at each step: asked, announced, pending,
 * decided, answered, delivered. Whatever is killed when, the request ends, once, and its asker's system is told.
 */
class DeferredIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ATTEMPTS = 5;

    @TempDir
    Path directory;

    /** The asker's own system: takes answers, or refuses them. */
    private static final class Receiver implements AutoCloseable {

        private final List<Map.Entry<String, byte[]>> taken = new CopyOnWriteArrayList<>();
        private final AtomicInteger refusing = new AtomicInteger();
        private HttpServer server;
        private final int port;

        Receiver() throws IOException {
            start(0);
            port = server.getAddress().getPort();
        }

        private void start(int wanted) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
            server.createContext("/late", exchange -> {
                byte[] body = exchange.getRequestBody().readAllBytes();
                boolean refused = refusing.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
                boolean signed = exchange.getRequestHeaders().containsKey("Signature")
                        && exchange.getRequestHeaders().containsKey("Signature-Input")
                        && exchange.getRequestHeaders().containsKey("Content-Digest");
                if (!refused && signed) {
                    taken.add(Map.entry(exchange.getRequestHeaders().getFirst("Wasl-Request-Id"), body));
                }
                exchange.sendResponseHeaders(refused || !signed ? 503 : 204, -1);
                exchange.close();
            });
            server.start();
        }

        void stop() {
            server.stop(0);
        }

        void again() throws IOException {
            start(port);
        }

        boolean has(String requestId) {
            return taken.stream().anyMatch(entry -> entry.getKey().equals(requestId));
        }

        @Override
        public void close() {
            stop();
        }
    }

    @Test
    void deferredAnswer_whenTheNodeIsKilledAtEachStep_arrivesOnceAndIsDelivered() throws Exception {
        try (Receiver receiver = new Receiver()) {
            Path data = Files.createDirectory(directory.resolve("data"));
            Files.writeString(data.resolve("wasl.yaml"), configuration(receiver.port));
            List<Integer> ports = FreePorts.find(3);
            WaslProcess node = WaslProcess.up(data, ports);
            try {
                // Announced: pending with what there is, under a number that stays.
                JsonNode pending = ask(new Edges(node));
                String id = pending.path("trackingId").asText();
                assertThat(pending.path("overall").asText()).isEqualTo("PENDING");
                assertThat(status(pending, "status")).isEqualTo("DEFERRED");
                assertThat(status(pending, "identity")).isEqualTo("AVAILABLE");
                List<String> first = events(new Edges(node), id, null, "pending");
                assertThat(names(first)).contains("accepted", "asked", "source-answered", "deferred", "pending");

                // Killed while it waits.
                node.kill();
                node.close();
                node = WaslProcess.up(data, ports);
                HttpResponse<byte[]> tracked = track(new Edges(node), id);
                assertThat(tracked.statusCode()).isEqualTo(202);
                assertThat(tracked.headers().firstValue("Wasl-Interim-Id")).isPresent();

                // The asker's system is away when the answer comes, and the node is killed before it is handed on.
                receiver.stop();
                finishReviews(new Edges(node));
                awaitEnd(new Edges(node), id, 200);
                node.kill();
                node.close();
                receiver.refusing.set(ATTEMPTS);
                receiver.again();
                node = WaslProcess.up(data, ports);
                assertDeadLetterIsSeenAndTriedAgain(new Edges(node), id);
                await("the answer is handed on").atMost(PATIENCE).until(() -> receiver.has(id));
                assertThat(receiver.taken.get(0).getValue()).startsWith("PK".getBytes(StandardCharsets.US_ASCII));

                JsonNode answer = JSON.readTree(track(new Edges(node), id).body());
                assertThat(answer.path("overall").asText()).isEqualTo("COMPLETE");
                assertThat(answer.path("decision").asText()).isEqualTo("CLEAR");
                // A stream goes on where it broke, after two restarts.
                List<String> rest = events(new Edges(node), id, last(first), "answered");
                assertThat(names(rest)).contains("source-answered", "answered").doesNotContain("accepted");
                Path database = node.directory().logDatabase();
                await("nothing is left open").atMost(PATIENCE).untilAsserted(() -> assertThat(
                                LogReading.of(database).open())
                        .isEmpty());
            } finally {
                node.close();
            }
        }
    }

    @Test
    void deferredRequest_whenCancelledAndKilled_staysCancelled() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.writeString(data.resolve("wasl.yaml"), "wasl:\n  samples:\n    families: 60\n");
        List<Integer> ports = FreePorts.find(3);
        WaslProcess node = WaslProcess.up(data, ports);
        try {
            String id = ask(new Edges(node)).path("trackingId").asText();
            Edges edges = new Edges(node);
            HttpResponse<byte[]> cancelled = edges.portal(
                    "POST",
                    "/requests/" + id + "/cancellation",
                    "{}",
                    "Content-Type",
                    "application/json",
                    "Authorization",
                    edges.bearer("officer"));
            assertThat(cancelled.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(cancelled.body()).path("status").asText()).isEqualTo("CANCELLED");

            node.kill();
            node.close();
            node = WaslProcess.up(data, ports);
            finishReviews(new Edges(node));
            awaitEnd(new Edges(node), id, 410);
            Path database = node.directory().logDatabase();
            await("nothing is left open").atMost(PATIENCE).untilAsserted(() -> assertThat(
                            LogReading.of(database).open())
                    .isEmpty());
        } finally {
            node.close();
        }
    }

    /** Refused as often as it is tried, it is a dead letter that an operator sees; tried again, it is taken. */
    private static void assertDeadLetterIsSeenAndTriedAgain(Edges edges, String id) throws Exception {
        await("it is given up").atMost(PATIENCE).untilAsserted(() -> assertThat(new String(
                        edges.get("operator", "/webhooks/undelivered").body(), StandardCharsets.UTF_8))
                .contains(id));
        HttpResponse<byte[]> again =
                edges.portal("POST", "/webhooks/undelivered/" + id, "", "Authorization", edges.bearer("operator"));
        assertThat(again.statusCode()).isEqualTo(202);
    }

    private static String configuration(int port) {
        return """
                wasl:
                  samples:
                    families: 60
                  node:
                    deferral-remind-first: 2s
                  webhooks:
                    first: 500ms
                    most: 1s
                    attempts: %d
                    endpoints:
                      - name: portal
                        consumer: JO/GOV/PORTAL/web
                        address: http://127.0.0.1:%d/late
                """.formatted(ATTEMPTS, port);
    }

    private static JsonNode ask(Edges edges) throws Exception {
        HttpResponse<byte[]> answer = edges.portal(
                "POST",
                "/composites/no-conviction-certificate",
                "{\"nationalNumber\":\"" + Personas.DEFERRED.nationalNumber() + "\"}",
                "Content-Type",
                "application/json",
                "Wasl-Case-Reference",
                "C-2026-17",
                "Authorization",
                edges.bearer("officer"));
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(202);
        assertThat(answer.headers().firstValue("Wasl-Open-Until")).isPresent();
        return JSON.readTree(answer.body());
    }

    private static String status(JsonNode answer, String step) {
        for (JsonNode source : answer.path("source")) {
            if (source.path("step").asText().equals(step)) {
                return source.path("status").asText();
            }
        }
        return "";
    }

    private static HttpResponse<byte[]> track(Edges edges, String id) throws Exception {
        return edges.get("officer", "/requests/" + id);
    }

    private static void awaitEnd(Edges edges, String id, int status) {
        await("the request has ended")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> track(edges, id).statusCode() == status);
    }

    private static void finishReviews(Edges edges) throws Exception {
        HttpResponse<byte[]> done = edges.portal(
                "PUT",
                "/samples/agencies/MOJ",
                "{\"reviews\":\"clear\"}",
                "Content-Type",
                "application/json",
                "Authorization",
                edges.bearer("operator"));
        assertThat(done.statusCode())
                .as(new String(done.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
    }

    /** The lines of a stream of events, up to the one event that is waited for. */
    private static List<String> events(Edges edges, String id, String last, String until) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(edges.portalUrl() + "/requests/" + id + "/events"))
                .timeout(PATIENCE)
                .header("Accept", "text/event-stream")
                .header("Authorization", edges.bearer("officer"));
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        HttpResponse<java.io.InputStream> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            boolean found = false;
            while (line != null && !(found && line.isEmpty())) {
                lines.add(line);
                found |= line.equals("event:" + until);
                line = reader.readLine();
            }
        }
        return lines;
    }

    private static List<String> names(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("event:"))
                .map(line -> line.substring("event:".length()))
                .toList();
    }

    private static String last(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("id:"))
                .reduce((one, other) -> other)
                .orElseThrow()
                .substring("id:".length());
    }
}
