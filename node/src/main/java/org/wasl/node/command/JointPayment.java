package org.wasl.node.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.wasl.agencies.SampleAgencies;
import org.wasl.node.client.NodeAnswer;
import org.wasl.node.client.PortalClient;
import org.wasl.node.configuration.NodeProcess;
import org.wasl.security.authority.TrustFiles;

/** A scene: what a person owes to two agencies is one order, is paid once at the gateway, and is settled with each of them. */
final class JointPayment {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String JSON = "application/json";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 200;
    private static final int AGENCIES = 2;

    private final DemoStage stage;
    private final NodeProcess node;
    private final PortalClient officer;
    private final HttpClient bank =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private JointPayment(DemoStage stage, NodeProcess node, PortalClient officer) {
        this.stage = stage;
        this.node = node;
        this.officer = officer;
    }

    /** Finds somebody who owes to two agencies, orders, pays, and waits until both have settled. */
    static void shown(DemoStage stage, NodeProcess node) throws IOException, InterruptedException {
        new JointPayment(stage, node, stage.client(node, "officer")).show();
    }

    private void show() throws IOException, InterruptedException {
        Map<String, Object> result = new LinkedHashMap<>();
        Optional<JsonNode> order = order();
        boolean settled = false;
        if (order.isPresent()) {
            String number = order.get().path("number").asText();
            result.put("paymentOrder", number);
            result.put("total", order.get().path("total").asText());
            result.put("agencies", members(order.get()));
            stage.heading(
                    "demo.order", number, order.get().path("total").asText(), String.join(", ", members(order.get())));
            settled = await(number, "PRESENTED").isPresent() && pay(number) && settled(number);
        } else {
            stage.console().note("demo.no-order");
        }
        result.put("settled", settled);
        stage.tell(result);
        stage.expect(settled);
    }

    private boolean settled(String number) throws IOException, InterruptedException {
        Optional<JsonNode> end = await(number, "SETTLED");
        if (end.isEmpty()) {
            stage.console().note("demo.not-settled", number);
            return false;
        }
        JsonNode receipt = end.get().path("receipts").path(0);
        stage.say(
                "demo.settled",
                receipt.path("reference").asText(),
                end.get().path("settled").asText());
        return true;
    }

    /** The first person who owes to two agencies; a demonstration in a directory that is kept has paid for some already. */
    private Optional<JsonNode> order() throws IOException, InterruptedException {
        for (String person : stage.people(node)) {
            NodeAnswer answer = officer.ask(
                    "general-clearance",
                    Map.of("nationalNumber", person),
                    Map.of("Wasl-Case-Reference", "DEMO-3"),
                    JSON);
            String trackingId = answer.json().path("trackingId").asText();
            if (!answer.ok() || trackingId.isEmpty()) {
                continue;
            }
            NodeAnswer ordered = officer.post("/payments", Map.of("trackingId", trackingId));
            if (ordered.ok() && members(ordered.json()).size() >= AGENCIES) {
                return Optional.of(ordered.json());
            }
        }
        return Optional.empty();
    }

    private static List<String> members(JsonNode order) {
        Set<String> members = new TreeSet<>();
        order.path("items").forEach(item -> members.add(item.path("member").asText()));
        return new ArrayList<>(members);
    }

    private Optional<JsonNode> await(String number, String state) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < PATIENCE.toNanos()) {
            JsonNode order = officer.get("/payments/" + number, JSON).json();
            if (order.path("state").asText().equals(state)) {
                return Optional.of(order);
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return Optional.empty();
    }

    /** The person pays at their bank, which tells the gateway. */
    private boolean pay(String number) throws IOException, InterruptedException {
        JsonNode bill = MAPPER.readTree(gateway("GET", number, "").body());
        String paid = MAPPER.writeValueAsString(
                Map.of("amountFils", bill.path("amountFils").asLong(), "channel", "BANK"));
        return gateway("POST", number, paid).statusCode() == 200;
    }

    private HttpResponse<byte[]> gateway(String method, String number, String body)
            throws IOException, InterruptedException {
        String base = node.part(SampleAgencies.class).declaredProperties().getOrDefault("efawateercom.base-url", "");
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/pay/" + number))
                .timeout(TIMEOUT)
                .header(
                        "X-Api-Key",
                        new TrustFiles(stage.directory().root()).secrets().read("efawateercom.api-key"))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return bank.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}
