package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.agencies.population.Personas;
import org.wasl.schemas.identifier.MemberId;

/** A composite answer when one of the four agencies is down or slow: in part, labelled, in time, and never clear. */
@ExtendWith(SharedNode.class)
class PartialIT {

    private static final Set<String> SILENT = Set.of("UNAVAILABLE", "TIMED_OUT");
    private static final List<String> AGENCIES = List.of("CSPD", "DVLD", "PTAX", "MOJ");
    /** As general-clearance is declared. */
    private static final Duration DEADLINE = Duration.ofSeconds(8);
    /** What HTTP, signing and a busy machine may add to the deadline. */
    private static final Duration OVERHEAD = Duration.ofSeconds(2);

    private static final Duration RECOVERY = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Edges edges;

    PartialIT(WaslProcess node) {
        edges = new Edges(node);
    }

    @BeforeEach
    @AfterEach
    void everythingRuns() throws Exception {
        for (String agency : AGENCIES) {
            change(agency, "running", "true");
            change(agency, "delayMillis", "0");
        }
        await("everything answers")
                .atMost(RECOVERY)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> "COMPLETE".equals(clearance().path("overall").asText()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSPD", "DVLD", "PTAX", "MOJ"})
    void clearance_whenABackEndIsDown_isPartialInTimeAndCompleteLater(String agency) throws Exception {
        change(agency, "running", "false");
        // Until its circuit breaker opens, and then while it is open: the answer is labelled the same.
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            faults.addAll(assertPartial(agency, SILENT));
        }
        assertNeverClear("property-clearance", agency, Set.of("CSPD", "PTAX", "MOJ"));
        assertNeverClear("no-conviction-certificate", agency, Set.of("CSPD", "MOJ"));
        change(agency, "running", "true");
        await(agency + " answers again")
                .atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    JsonNode answer = clearance();
                    assertThat(answer.path("overall").asText()).isEqualTo("COMPLETE");
                    assertThat(answer.path("decision").asText()).isEqualTo("CLEAR");
                });
        System.out.println("PartialIT: " + agency + " down: " + Set.copyOf(faults));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSPD", "DVLD", "PTAX", "MOJ"})
    void clearance_whenABackEndIsSlow_isPartialInTime(String agency) throws Exception {
        change(agency, "delayMillis", "12000");
        List<String> faults = assertPartial(agency, Set.of("TIMED_OUT"));
        System.out.println("PartialIT: " + agency + " slow: " + Set.copyOf(faults));
    }

    @Test
    void clearance_whenJusticeIsDownAndWasAskedBefore_isStaleWithItsDateAndThePersonIsTold() throws Exception {
        // What is held is begun to be held when it is first needed, so the first round may find nothing.
        await("an earlier answer is used")
                .atMost(RECOVERY)
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    change("MOJ", "running", "true");
                    boolean answered =
                            "COMPLETE".equals(clearance().path("overall").asText());
                    change("MOJ", "running", "false");
                    return answered
                            && "STALE"
                                    .equals(attachments(clearance())
                                            .path("status")
                                            .asText());
                });

        JsonNode answer = clearance();
        assertStale(attachments(answer));
        assertThat(answer.path("overall").asText()).isEqualTo("PARTIAL");
        assertThat(answer.path("decision").asText()).isEqualTo("UNDETERMINED");
        JsonNode told = JSON.readTree(edges.get("citizen", "/v2/findUsage").body());
        assertThat(told.path("usages").get(0).path("action").asText()).contains("[an earlier answer]");
        assertThat(told.path("usages").get(0).path("receiverCode").asText()).isEqualTo("JO/GOV/PORTAL");

        // Something changes about the person: what was said of them before is used no more.
        assertThat(addressChanged().statusCode()).isEqualTo(201);
        await("what was held is evicted").atMost(RECOVERY).untilAsserted(() -> assertThat(
                        attachments(clearance()).path("status").asText())
                .isEqualTo("UNAVAILABLE"));
    }

    private HttpResponse<byte[]> addressChanged() throws Exception {
        return edges.agency(
                MemberId.parse("JO/GOV/CSPD"),
                "POST",
                "/events/JO/GOV/CSPD/registry/address-change/v1",
                "<event:addressChange xmlns:event=\"urn:wasl:event:1\" synthetic=\"true\"><event:person scheme=\"JO-NAT\">"
                        + Personas.CLEAN.nationalNumber()
                        + "</event:person><event:occurredOn>2026-11-20</event:occurredOn>"
                        + "<event:reference>CSPD/2026/A-1</event:reference></event:addressChange>",
                "X-Road-Client",
                "JO/GOV/CSPD/registry",
                "X-Road-Id",
                "A-1",
                "Content-Type",
                "application/xml");
    }

    private static JsonNode attachments(JsonNode answer) {
        for (JsonNode source : answer.path("source")) {
            if (source.path("step").asText().equals("attachments")) {
                return source;
            }
        }
        throw new AssertionError("no step attachments in " + answer);
    }

    private static void assertStale(JsonNode source) {
        assertThat(source.path("status").asText()).isEqualTo("STALE");
        assertThat(Instant.parse(source.path("asOf").asText())).isBefore(Instant.now());
        assertThat(source.path("fault").path("code").asText()).startsWith("wasl.");
        assertThat(source.path("earlier").path("payloadDigest").asText()).isNotEmpty();
        assertThat(source.has("record")).isTrue();
    }

    /** Asks about somebody who owes nothing and is clear, and tells how the silent sources failed. */
    private List<String> assertPartial(String silent, Set<String> statuses) throws Exception {
        long begun = System.nanoTime();
        JsonNode answer = clearance();
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(taken).isLessThan(DEADLINE.plus(OVERHEAD));
        assertThat(answer.path("overall").asText()).isEqualTo("PARTIAL");
        assertThat(answer.path("decision").asText()).isEqualTo("UNDETERMINED");
        assertThat(answer.path("decisionReady").asBoolean(true)).isFalse();
        List<String> missing = new ArrayList<>();
        answer.path("missing").forEach(step -> missing.add(step.path("step").asText()));
        List<String> faults = new ArrayList<>();
        for (JsonNode source : answer.path("source")) {
            String step = source.path("step").asText();
            if (source.path("status").asText().equals("STALE")) {
                // The one source of which the service accepts an earlier answer.
                assertThat(source.path("member").asText())
                        .isEqualTo("JO/GOV/MOJ")
                        .endsWith(silent);
                assertStale(source);
                assertThat(missing).contains(step);
                faults.add("STALE " + source.path("fault").path("code").asText());
            } else if (source.path("member").asText().equals("JO/GOV/" + silent)) {
                assertThat(source.path("status").asText())
                        .as("%s: %s", step, source.path("fault"))
                        .isIn(statuses);
                assertThat(source.has("record"))
                        .as("%s shows no record that could read as nothing owed", step)
                        .isFalse();
                assertThat(source.path("fault").path("code").asText()).as(step).startsWith("wasl.");
                assertThat(missing).contains(step);
                faults.add(source.path("status").asText() + " "
                        + source.path("fault").path("code").asText());
            } else {
                assertThat(source.path("status").asText()).as(step).isEqualTo("AVAILABLE");
                assertThat(source.has("record")).as(step).isTrue();
            }
        }
        assertThat(faults).isNotEmpty();
        return faults;
    }

    /** A composite that needs the silent agency says so; one that does not is as good as ever. */
    private void assertNeverClear(String service, String silent, Set<String> needed) throws Exception {
        JsonNode answer = ask(service);
        if (needed.contains(silent)) {
            assertThat(answer.path("overall").asText()).as(service).isNotEqualTo("COMPLETE");
            assertThat(answer.path("decision").asText()).as(service).isNotEqualTo("CLEAR");
        } else {
            assertThat(answer.path("overall").asText()).as(service).isEqualTo("COMPLETE");
        }
    }

    private JsonNode clearance() throws Exception {
        return ask("general-clearance");
    }

    private JsonNode ask(String service) throws Exception {
        HttpResponse<byte[]> answer = edges.portal(
                "POST",
                "/composites/" + service,
                "{\"nationalNumber\":\"" + Personas.CLEAN.nationalNumber() + "\"}",
                "Content-Type",
                "application/json",
                "Wasl-Case-Reference",
                "C-2026-17",
                "Authorization",
                edges.bearer("officer"));
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                // A source that may be asked again later has announced that.
                .isIn(200, 202);
        return JSON.readTree(answer.body());
    }

    private void change(String agency, String name, String value) throws Exception {
        HttpResponse<byte[]> answer = edges.portal(
                "PUT",
                "/samples/agencies/" + agency,
                "{\"" + name + "\":\"" + value + "\"}",
                "Content-Type",
                "application/json",
                "Authorization",
                edges.bearer("operator"));
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
    }
}
