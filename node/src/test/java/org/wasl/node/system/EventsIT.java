package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.population.Personas;
import org.wasl.node.data.FreePorts;
import org.wasl.schemas.identifier.MemberId;

/**
 * A death at civil status, over the whole program and the agencies' edge: it reaches traffic, tax and justice, and changes
 * the next composite answer, also when the node is killed right after it was published.
 */
class EventsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final MemberId CIVIL_STATUS = MemberId.parse("JO/GOV/CSPD");
    private static final Pattern BLOCK = Pattern.compile("<!-- events -->\n```bash\n(.*?)```", Pattern.DOTALL);
    private static final String REGISTER = "JO/GOV/CSPD/registry";
    private static final String DEATH = "/events/" + REGISTER + "/death/v1";

    @TempDir
    Path directory;

    private Edges edges;

    private record Subscriber(MemberId member, String subsystem) {}

    private static final List<Subscriber> SUBSCRIBERS = List.of(
            new Subscriber(Edges.TRAFFIC, "JO/GOV/DVLD/vehicles"),
            new Subscriber(Edges.TAX, "JO/GOV/PTAX/property"),
            new Subscriber(Edges.COURT, "JO/GOV/MOJ/justice"));

    @Test
    void death_whenPublished_reachesWhoeverMayHearAndChangesTheNextAnswer() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        List<String> handedOn = new CopyOnWriteArrayList<>();
        HttpServer tax = receiver(handedOn);
        Files.writeString(
                data.resolve("wasl.yaml"),
                "wasl:\n  samples:\n    families: 60\n  webhooks:\n    endpoints:\n      - name: tax\n"
                        + "        consumer: JO/GOV/PTAX/property\n        events: true\n        address: http://127.0.0.1:"
                        + tax.getAddress().getPort() + "/events\n");
        List<Integer> ports = FreePorts.find(3);
        WaslProcess node = WaslProcess.up(data, ports);
        try {
            edges = new Edges(node);
            assertThat(restrictions(clearance())).doesNotContain("The owner has died");

            runExample(node);
            for (Subscriber subscriber : SUBSCRIBERS) {
                awaitEvents(subscriber, 1);
            }
            await("traffic has noted it").atMost(PATIENCE).untilAsserted(() -> assertThat(restrictions(clearance()))
                    .contains("The owner has died"));
            assertThat(clearance().path("decision").asText()).isNotEqualTo("CLEAR");

            // The same key is the same event, and never another.
            assertThat(published(death("D-1", Personas.CLEAN.nationalNumber()), 200)
                            .path("repeated")
                            .asBoolean())
                    .isTrue();
            problem(death("D-1", Personas.DEFERRED.nationalNumber()), 409, "wasl.event.key-reused");
            assertRefusals();
            assertTold();

            // Killed between the source message and its telling, or somewhere after: all hear of it once.
            published(death("D-2", Personas.DEFERRED.nationalNumber()), 201);
            node.kill();
            node.close();
            node = WaslProcess.up(data, ports);
            edges = new Edges(node);
            for (Subscriber subscriber : SUBSCRIBERS) {
                awaitEvents(subscriber, 2);
            }
            await("both were handed to the tax department's system")
                    .atMost(PATIENCE)
                    .until(() -> handedOn.stream().distinct().count() == 2);
            assertMissesNothing();
            assertStreamGoesOn();
            assertToldToThePerson();
        } finally {
            node.close();
            tax.stop(0);
        }
    }

    /** An agency's own system: takes signed containers, and notes the ids of their events. */
    private static HttpServer receiver(List<String> taken) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/events", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean signed = exchange.getRequestHeaders().containsKey("Signature") && body[0] == 'P';
            if (signed) {
                taken.add(exchange.getRequestHeaders().getFirst("Wasl-Request-Id"));
            }
            exchange.sendResponseHeaders(signed ? 204 : 400, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** What docs/events.md shows, as it is written. */
    private void runExample(WaslProcess node) throws Exception {
        for (String tool : List.of("curl", "jq")) {
            assumeThat(Files.isExecutable(Path.of("/usr/bin", tool)))
                    .as("the example needs " + tool)
                    .isTrue();
        }
        Matcher blocks =
                BLOCK.matcher(Files.readString(WaslProcess.ROOT.resolve("docs/events.md"), StandardCharsets.UTF_8));
        StringBuilder script = new StringBuilder("set -euo pipefail\n");
        while (blocks.find()) {
            script.append(blocks.group(1));
        }
        Path file = Files.writeString(directory.resolve("example.sh"), script + "echo EXAMPLE DONE\n");
        Path output = directory.resolve("example.log");
        ProcessBuilder builder = new ProcessBuilder("bash", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("DATA", node.directory().root().toString());
        builder.environment().put("EDGE", node.state().agencyUrl());
        builder.environment().put("PERSON", Personas.CLEAN.nationalNumber());
        builder.environment().put("WORK", directory.toString());
        Process example = builder.start();
        try {
            assertThat(example.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(example.exitValue()).as(text).isZero();
            assertThat(text).contains("\"repeated\":false").contains("EXAMPLE DONE");
        } finally {
            example.descendants().forEach(ProcessHandle::destroyForcibly);
            example.destroyForcibly();
        }
    }

    private HttpResponse<byte[]> death(String key, String person) throws Exception {
        return publish(
                CIVIL_STATUS,
                REGISTER,
                DEATH,
                key,
                "<event:death xmlns:event=\"urn:wasl:event:1\" synthetic=\"true\"><event:person scheme=\"JO-NAT\">"
                        + person
                        + "</event:person><event:occurredOn>2026-11-20</event:occurredOn>"
                        + "<event:reference>CSPD/2026/" + key + "</event:reference></event:death>");
    }

    private HttpResponse<byte[]> publish(MemberId member, String client, String path, String key, String body)
            throws Exception {
        return edges.agency(
                member,
                "POST",
                path,
                body,
                "X-Road-Client",
                client,
                "X-Road-Id",
                key,
                "Content-Type",
                "application/xml");
    }

    private static JsonNode published(HttpResponse<byte[]> answer, int status) throws Exception {
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    private static void problem(HttpResponse<byte[]> answer, int status, String code) throws Exception {
        assertThat(published(answer, status).path("code").asText()).isEqualTo(code);
    }

    private void assertRefusals() throws Exception {
        String nothing = "<event:death xmlns:event=\"urn:wasl:event:1\"/>";
        problem(
                publish(Edges.TRAFFIC, "JO/GOV/DVLD/vehicles", DEATH, "F-1", nothing),
                403,
                "wasl.access.client-mismatch");
        problem(
                publish(CIVIL_STATUS, REGISTER, "/events/" + REGISTER + "/life-status/v1", "F-2", nothing),
                404,
                "wasl.event.type-unknown");
        problem(publish(CIVIL_STATUS, REGISTER, DEATH, "F-3", nothing), 400, "wasl.request.invalid");
        problem(publish(CIVIL_STATUS, REGISTER, DEATH, "F-4", "<death/>"), 400, "wasl.schema.invalid");
        problem(
                read(new Subscriber(Edges.TRAFFIC, "JO/GOV/DVLD/licensing"), "/events?publisher=" + REGISTER),
                404,
                "wasl.event.not-subscribed");
        problem(read(SUBSCRIBERS.get(0), "/events?after=x"), 400, "wasl.request.parameter");
        problem(read(SUBSCRIBERS.get(0), "/events/missed"), 404, "wasl.event.not-subscribed");
    }

    /** What each hears is what its agreement releases, with a container that both sides hold. */
    private void assertTold() throws Exception {
        JsonNode event = events(SUBSCRIBERS.get(0)).path("events").get(0);
        assertThat(event.path("type").asText()).isEqualTo(REGISTER + "/death/v1");
        assertThat(event.path("record").toString()).contains(Personas.CLEAN.nationalNumber());
        HttpResponse<byte[]> container = edges.agency(
                Edges.TRAFFIC, "GET", event.path("container").asText(), "", "X-Road-Client", "JO/GOV/DVLD/vehicles");
        assertThat(container.statusCode()).isEqualTo(200);
        assertThat(container.body()).startsWith("PK".getBytes(StandardCharsets.US_ASCII));
    }

    private HttpResponse<byte[]> read(Subscriber subscriber, String path) throws Exception {
        return edges.agency(subscriber.member(), "GET", path, "", "X-Road-Client", subscriber.subsystem());
    }

    private JsonNode events(Subscriber subscriber) throws Exception {
        return published(read(subscriber, "/events?publisher=" + REGISTER), 200)
                .path("publishers")
                .get(0);
    }

    private void awaitEvents(Subscriber subscriber, int count) {
        await(subscriber.subsystem()).atMost(PATIENCE).untilAsserted(() -> {
            List<Integer> numbers = new ArrayList<>();
            events(subscriber)
                    .path("events")
                    .forEach(event -> numbers.add(event.path("sequence").asInt()));
            assertThat(numbers).hasSize(count).isSorted().endsWith(count);
        });
    }

    private void assertMissesNothing() throws Exception {
        JsonNode missed = published(read(SUBSCRIBERS.get(1), "/events/missed?publisher=" + REGISTER), 200);
        assertThat(missed.path("missing").asInt()).isZero();
        assertThat(missed.path("highest").asInt()).isEqualTo(2);
        assertThat(missed.path("reply").asText()).startsWith("/containers/");
    }

    private void assertStreamGoesOn() throws Exception {
        HttpResponse<java.io.InputStream> stream = edges.stream(
                Edges.COURT,
                "/events?publisher=" + REGISTER,
                "X-Road-Client",
                "JO/GOV/MOJ/justice",
                "Accept",
                "text/event-stream",
                "Last-Event-ID",
                "1");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(lines.readLine()).isEqualTo("id:2");
            assertThat(lines.readLine()).isEqualTo("event:death");
        }
    }

    private void assertToldToThePerson() throws Exception {
        JsonNode usages = JSON.readTree(edges.portal(
                        "GET", "/v2/findUsage", "", "Authorization", edges.bearer("citizen"), "Accept-Language", "en")
                .body());
        assertThat(usages.path("usages").findValuesAsText("action"))
                .anyMatch(action -> action.contains("told of: Death"));
    }

    private JsonNode clearance() throws Exception {
        return published(
                edges.portal(
                        "POST",
                        "/composites/general-clearance",
                        "{\"nationalNumber\":\"" + Personas.CLEAN.nationalNumber() + "\"}",
                        "Content-Type",
                        "application/json",
                        "Wasl-Case-Reference",
                        "C-2026-17",
                        "Authorization",
                        edges.bearer("officer")),
                200);
    }

    /** What the traffic agency says of the person's vehicles. */
    private static String restrictions(JsonNode answer) {
        for (JsonNode source : answer.path("source")) {
            if (source.path("step").asText().equals("restrictions")) {
                return source.path("record").toString();
            }
        }
        return "";
    }
}
