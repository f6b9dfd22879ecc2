package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.population.Personas;
import org.wasl.node.data.FreePorts;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.authority.DemoRegistry;

/**
 * One person's list over two real nodes with data, keys and logs of their own; the second takes the tokens of the first
 * one's issuer. Each names the other, so a question that went round would never end.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("long")
class UsageIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VEHICLES = "/r1/JO/GOV/DVLD/vehicles/vehicles-of-person/v1";
    private static final Duration EMBARGO = Duration.ofSeconds(40);

    @TempDir
    private static Path root;

    private static WaslProcess first;
    private static WaslProcess second;
    private static Edges edges;

    @BeforeAll
    static void start() throws Exception {
        List<Integer> ports = FreePorts.find(6);
        String one = "http://127.0.0.1:" + ports.get(0);
        String other = "http://127.0.0.1:" + ports.get(3);
        first = up("first", ports.subList(0, 3), "  usage:\n    nodes: [\"" + other + "\"]\n    node-timeout: 20s\n");
        second = up(
                "second",
                ports.subList(3, 6),
                "  usage:\n    nodes: [\"" + one + "\"]\n  identity:\n    issuer: " + one + "\n");
        edges = new Edges(first);
    }

    private static WaslProcess up(String name, List<Integer> ports, String more) throws Exception {
        Path data = Files.createDirectories(root.resolve(name));
        Files.writeString(data.resolve("wasl.yaml"), "wasl:\n  samples:\n    families: 60\n" + more);
        // The court's questions about vehicles are told after a while only.
        String draft = new String(DemoRegistry.draft(), StandardCharsets.UTF_8);
        String hiding = draft.replace(
                "<agreement id=\"case-vehicles\"", "<agreement id=\"case-vehicles\" embargo=\"" + EMBARGO + "\"");
        assertThat(hiding).isNotEqualTo(draft);
        Files.writeString(Files.createDirectories(data.resolve("authority")).resolve("draft.xml"), hiding);
        return WaslProcess.up(data, ports);
    }

    @AfterAll
    static void stop() throws Exception {
        for (WaslProcess node : new WaslProcess[] {first, second}) {
            if (node != null) {
                try (WaslProcess ending = node) {
                    ending.stop();
                }
            }
        }
    }

    private static void court(WaslProcess node, String path, String legalBasis, String issue) throws Exception {
        HttpResponse<byte[]> answer = new Edges(node)
                .agency(
                        Edges.COURT,
                        "GET",
                        path + "?nationalNumber=" + Personas.CLEAN.nationalNumber(),
                        "",
                        "X-Road-Client",
                        "JO/GOV/MOJ/case-system",
                        "X-Road-UserId",
                        "judge-1",
                        "X-Road-Issue",
                        issue,
                        "Wasl-Purpose",
                        "COURT_CASE",
                        "Wasl-Legal-Basis",
                        legalBasis);
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
    }

    private static JsonNode usages(WaslProcess node, String query) throws Exception {
        HttpResponse<byte[]> answer =
                new Edges(node).portal("GET", "/v2/findUsage" + query, "", "Authorization", edges.bearer("citizen"));
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> actions(JsonNode answer) {
        return answer.path("usages").findValuesAsText("action");
    }

    @Test
    @Order(1)
    void findUsage_overTwoNodes_tellsWhatEitherKnowsNewestFirst() throws Exception {
        court(second, Edges.PERSON + "/v1", "JO-LAW-9-2001", "case-of-the-second");
        court(first, Edges.PERSON + "/v1", "JO-LAW-9-2001", "case-of-the-first");
        court(second, Edges.PERSON + "/v1", "JO-LAW-9-2001", "case-of-the-second-again");

        JsonNode both = usages(first, "");

        assertThat(both.path("complete").asBoolean()).isTrue();
        assertThat(both.path("totalUsages").asInt()).isEqualTo(3);
        assertThat(actions(both)).hasSize(3).allMatch(action -> action.startsWith("Court case: Person record"));
        assertThat(both.path("usages").findValuesAsText("logtime"))
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(usages(first, "?offset=1&limit=1").path("usages").get(0))
                .isEqualTo(both.path("usages").get(1));
        assertThat(usages(second, "").path("totalUsages").asInt())
                .as("from either side")
                .isEqualTo(3);
        JsonNode alone = JSON.readTree(new Edges(second)
                .portal(
                        "GET",
                        "/v2/findUsage",
                        "",
                        "Authorization",
                        edges.bearer("citizen"),
                        "Wasl-Usage-Scope",
                        "node")
                .body());
        assertThat(alone.path("totalUsages").asInt()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void node_thatIsAsked_believesTheTokenOnly() throws Exception {
        Edges asked = new Edges(second);
        String forged = edges.bearer("citizen").replaceAll("[^.]{6}$", "AAAAAA");
        HttpResponse<byte[]> refused =
                asked.portal("GET", "/v2/findUsage", "", "Authorization", forged, "Wasl-Usage-Scope", "node");
        assertThat(refused.statusCode()).isEqualTo(401);
        HttpResponse<byte[]> another = asked.portal(
                "GET", "/v2/findUsage", "", "Authorization", edges.bearer("citizen-fined"), "Wasl-Usage-Scope", "node");
        assertThat(JSON.readTree(another.body()).path("totalUsages").asInt()).isZero();
    }

    @Test
    @Order(3)
    void findUsage_underAnEmbargo_isWithheldUntilItEnds() throws Exception {
        int before = usages(first, "").path("totalUsages").asInt();
        court(second, VEHICLES, "JO-LAW-18-2023", "case-embargoed");

        JsonNode withheld = usages(first, "");
        assertThat(withheld.path("totalUsages").asInt()).isEqualTo(before);
        assertThat(actions(withheld)).noneMatch(action -> action.contains("Vehicles of a person"));

        await("the embargo ends")
                .atMost(EMBARGO.multipliedBy(3))
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> {
                    JsonNode told = usages(first, "");
                    assertThat(told.path("totalUsages").asInt()).isEqualTo(before + 1);
                    assertThat(actions(told).get(0)).contains("Vehicles of a person");
                });
    }

    @Test
    @Order(4)
    void findUsage_whenANodeIsDown_saysWhichAndNeverThatNobodyLooked() throws Exception {
        String address = second.state().portalUrl();
        second.kill();

        HttpResponse<byte[]> some = edges.portal("GET", "/v2/findUsage", "", "Authorization", edges.bearer("citizen"));
        assertThat(some.statusCode()).isEqualTo(200);
        assertThat(some.headers().firstValue("Wasl-Nodes-Silent")).contains(address);
        JsonNode answer = JSON.readTree(some.body());
        assertThat(answer.path("complete").asBoolean()).isFalse();
        assertThat(answer.path("nodesSilent").get(0).asText()).isEqualTo(address);
        assertThat(answer.path("totalUsages").asInt()).isEqualTo(1);

        HttpResponse<byte[]> none =
                edges.portal("GET", "/v2/findUsage", "", "Authorization", edges.bearer("citizen-fined"));
        assertThat(none.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(none.body()).path("code").asText()).isEqualTo(FaultCode.USAGE_INCOMPLETE.wireCode());
        assertThat(none.headers().firstValue("Wasl-Nodes-Silent")).contains(address);
    }
}
