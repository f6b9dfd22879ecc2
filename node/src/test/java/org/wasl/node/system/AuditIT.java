package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.wasl.agencies.population.Personas;
import org.wasl.schemas.fault.FaultCode;

/** An auditor at a real node: finds a request, reads its history, opens its answer for a reason, and all of it is told. */
@ExtendWith(SharedNode.class)
class AuditIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REASON = "شكوى رقم 17 لسنة 2026";

    private final WaslProcess node;
    private final Edges edges;

    AuditIT(WaslProcess node) {
        this.node = node;
        edges = new Edges(node);
    }

    private HttpResponse<byte[]> auditor(String method, String path, String body, String... more) throws Exception {
        List<String> headers = new ArrayList<>(List.of("Authorization", edges.bearer("auditor")));
        if (!body.isEmpty()) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        headers.addAll(List.of(more));
        return edges.portal(method, path, body, headers.toArray(String[]::new));
    }

    private static JsonNode ok(HttpResponse<byte[]> response) throws Exception {
        assertThat(response.statusCode())
                .as(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static void problem(HttpResponse<byte[]> response, FaultCode code) throws Exception {
        assertThat(JSON.readTree(response.body()).path("code").asText()).isEqualTo(code.wireCode());
    }

    /** A reason as a header carries it from any client. */
    private static String encoded(String reason) {
        return URLEncoder.encode(reason, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Test
    void audit_ofARealRequest_findsReadsOpensAndIsToldToThePerson() throws Exception {
        String number = Personas.CLEAN.nationalNumber();
        HttpResponse<byte[]> asked = edges.portal(
                "POST",
                "/composites/general-clearance",
                "{\"nationalNumber\":\"" + number + "\"}",
                "Authorization",
                edges.bearer("officer"),
                "Content-Type",
                "application/json",
                "Wasl-Case-Reference",
                "C-2026-17");
        String tracking = ok(asked).path("trackingId").asText();
        String replyId = asked.headers().firstValue("Wasl-Reply-Id").orElseThrow();

        ObjectNode search = JSON.createObjectNode()
                .put("reason", REASON)
                .put("subject", number)
                .put("correlationId", tracking);
        JsonNode found = ok(auditor("POST", "/audit/searches", search.toString()));
        assertThat(found.toString()).doesNotContain(number);
        assertThat(found.path("leaves").findValuesAsText("correlationId"))
                .isNotEmpty()
                .containsOnly(tracking);

        HttpResponse<byte[]> read =
                auditor("GET", "/audit/requests/" + tracking, "", "Wasl-Audit-Reason", encoded(REASON));
        JsonNode history = ok(read);
        assertThat(history.toString()).doesNotContain(number);
        assertThat(history.path("events")).hasSizeGreaterThan(10).allSatisfy(event -> assertThat(
                        event.path("container").path("verdict").asText())
                .as(event.toString())
                .isEqualTo("GENUINE"));
        assertThat(history.path("events"))
                .filteredOn(event ->
                        "REQUEST".equals(event.path("leaf").path("kind").asText()))
                .allSatisfy(event -> assertThat(event.path("agreements")).isNotEmpty());

        String container = "/containers/" + replyId;
        problem(auditor("GET", container, ""), FaultCode.BREAK_GLASS_REQUIRED);
        problem(auditor("GET", "/requests/" + tracking, ""), FaultCode.BREAK_GLASS_REQUIRED);
        HttpResponse<byte[]> opened = auditor("GET", container, "", "Wasl-Break-Glass", encoded(REASON));
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(auditor("GET", "/requests/" + tracking, "", "Wasl-Break-Glass", encoded(REASON))
                        .statusCode())
                .isEqualTo(200);

        String export = "/audit/exports/" + tracking;
        problem(auditor("GET", export, ""), FaultCode.BREAK_GLASS_REQUIRED);
        HttpResponse<byte[]> bundle = auditor("GET", export, "", "Wasl-Break-Glass", encoded(REASON));
        assertThat(bundle.statusCode()).isEqualTo(200);
        assertThat(new String(bundle.body(), StandardCharsets.ISO_8859_1))
                .startsWith("PK")
                .contains("VERIFY.md", "statement.pdf", "merkle.py");

        String log = Files.readString(node.directory().processLog(), StandardCharsets.UTF_8);
        assertThat(log)
                .contains("wasl.break-glass", "opens container " + replyId)
                .doesNotContain(number);
        assertThat(metric("wasl.break.glass")).isGreaterThanOrEqualTo(2);

        JsonNode told = ok(edges.get("citizen", "/v2/findUsage?limit=8"));
        assertThat(told.path("usages").findValuesAsText("action"))
                .contains(
                        "An auditor opened the content of a message about you",
                        "An auditor read the history of a request about you",
                        "An auditor searched the log for you");
    }

    private double metric(String name) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.state().managementUrl() + "/actuator/metrics/" + name))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(response.body())
                .path("measurements")
                .get(0)
                .path("value")
                .asDouble();
    }

    @Test
    void usage_ofACompositeRequest_isOneLineInEitherLanguage() throws Exception {
        HttpResponse<byte[]> asked = edges.portal(
                "POST",
                "/composites/general-clearance",
                "{\"nationalNumber\":\"" + Personas.FINED.nationalNumber() + "\"}",
                "Authorization",
                edges.bearer("citizen-fined"),
                "Content-Type",
                "application/json");
        assertThat(asked.statusCode()).isEqualTo(200);

        JsonNode english = ok(edges.get("citizen-fined", "/v2/findUsage?limit=1"));
        JsonNode arabic = ok(edges.portal(
                "GET",
                "/v2/findUsage?limit=1",
                "",
                "Authorization",
                edges.bearer("citizen-fined"),
                "Accept-Language",
                "ar"));

        JsonNode line = english.path("usages").get(0);
        assertThat(line.path("action").asText())
                .startsWith("General clearance: ")
                .contains("Civil Status", "Drivers and Vehicles", "Property Tax", "Ministry of Justice");
        assertThat(line.path("receiverName").asText()).isEqualTo("Unified government services portal");
        assertThat(arabic.path("usages").get(0).path("logtime")).isEqualTo(line.path("logtime"));
        assertThat(arabic.path("usages").get(0).path("action").asText()).startsWith("براءة ذمة عامة: ");
    }
}
