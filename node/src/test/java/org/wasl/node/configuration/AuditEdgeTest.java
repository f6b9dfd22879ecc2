package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.node.edge.audit.LoggedEntries.COURT;
import static org.wasl.node.edge.audit.LoggedEntries.FINES;
import static org.wasl.node.edge.audit.LoggedEntries.PERSON;
import static org.wasl.node.edge.audit.LoggedEntries.VEHICLES;
import static org.wasl.node.edge.audit.LoggedEntries.faulted;
import static org.wasl.node.edge.audit.LoggedEntries.received;
import static org.wasl.node.edge.audit.LoggedEntries.refused;
import static org.wasl.node.edge.audit.LoggedEntries.replied;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;

/** The auditor's and the citizen's edges over a real log. */
class AuditEdgeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REASON = "complaint 17 of 2026";

    @TempDir
    static Path root;

    private static EdgeHarness edges;

    @BeforeAll
    static void start() throws Exception {
        edges = new EdgeHarness(root);
    }

    @AfterAll
    static void stop() {
        edges.close();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static LogEntry append(LogEntry entry) throws Exception {
        return append(edges, entry);
    }

    private static LogEntry append(EdgeHarness node, LogEntry entry) throws Exception {
        node.part(GroupCommitMessageLog.class).append(entry).get(10, TimeUnit.SECONDS);
        return entry;
    }

    private static LogEntry asked(String correlationId, ServiceId service, @Nullable String subject) throws Exception {
        return append(received(now(), UUID.randomUUID(), correlationId, COURT, service, "COURT_CASE", subject));
    }

    private static ObjectNode search() {
        return JSON.createObjectNode().put("reason", REASON);
    }

    private static HttpResponse<String> search(String user, String body, String... more) throws Exception {
        return search(edges, user, body, more);
    }

    private static HttpResponse<String> search(EdgeHarness node, String user, String body, String... more)
            throws Exception {
        List<String> headers =
                new ArrayList<>(List.of("Authorization", node.bearer(user), "Content-Type", "application/json"));
        headers.addAll(List.of(more));
        return node.portal("POST", "/audit/searches", body, headers.toArray(String[]::new));
    }

    private static HttpResponse<String> get(String user, String path, String... more) throws Exception {
        return get(edges, user, path, more);
    }

    private static HttpResponse<String> get(EdgeHarness node, String user, String path, String... more)
            throws Exception {
        List<String> headers = new ArrayList<>(List.of("Authorization", node.bearer(user)));
        headers.addAll(List.of(more));
        return node.portal("GET", path, "", headers.toArray(String[]::new));
    }

    private static JsonNode ok(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        return JSON.readTree(response.body());
    }

    private static JsonNode assertProblem(HttpResponse<String> response, FaultCode code) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(code.httpStatus());
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.path("code").asText()).isEqualTo(code.wireCode());
        return problem;
    }

    private static List<Long> indices(JsonNode page) {
        List<Long> indices = new ArrayList<>();
        page.path("leaves").forEach(leaf -> indices.add(leaf.path("index").asLong()));
        return indices;
    }

    private static List<FoundLeaf> recorded(String purpose) {
        return edges.part(AuditedLog.class).search(LogQuery.all().withPurpose(purpose), null, Long.MAX_VALUE, 1_000);
    }

    // Who may

    @ParameterizedTest
    @CsvSource({"citizen", "officer", "operator"})
    void audit_whenTheCallerIsNoAuditor_isRefused(String user) throws Exception {
        assertProblem(search(user, search().toString()), FaultCode.ACCESS_DENIED);
        assertProblem(get(user, "/audit/requests/case-1", "Wasl-Audit-Reason", REASON), FaultCode.ACCESS_DENIED);
    }

    @ParameterizedTest
    @CsvSource({"auditor", "officer", "operator"})
    void usage_whenTheCallerIsNoCitizen_isRefused(String user) throws Exception {
        for (String path : List.of("/v2/findUsage", "/v2/usagePeriod", "/v2/heartbeat")) {
            assertProblem(get(user, path), FaultCode.ACCESS_DENIED);
        }
        assertProblem(edges.portal("GET", "/v2/findUsage", ""), FaultCode.UNAUTHENTICATED);
        assertProblem(edges.portal("POST", "/audit/searches", "{}"), FaultCode.UNAUTHENTICATED);
    }

    // Searching

    @Test
    void search_bySubject_findsThemByTheirNumberAndTellsItToNobody() throws Exception {
        String number = "9870000701";
        LogEntry request = asked("case-701", PERSON, number);
        append(replied(request));
        asked("case-702", PERSON, "9870000702");

        HttpResponse<String> response =
                search("auditor", search().put("subject", number).toString());

        JsonNode page = ok(response);
        assertThat(page.path("leaves")).hasSize(2);
        assertThat(response.body()).doesNotContain(number);
        JsonNode leaf = page.path("leaves").get(1);
        assertThat(leaf.path("direction").asText()).isEqualTo("RECEIVED");
        assertThat(leaf.path("status").asText()).isEqualTo("ANSWERED");
        assertThat(leaf.path("service").path("label").path("ar").asText()).isEqualTo("القيد المدني");
        assertThat(leaf.path("purpose").path("label").path("en").asText()).isEqualTo("Court case");
        assertThat(leaf.path("request").asText()).isEqualTo("/audit/requests/case-701");
        assertThat(leaf.path("erased").asBoolean()).isFalse();
        assertThat(document("AUDIT_SEARCH", 0))
                .contains("\"subject\":true", "\"results\":2", REASON)
                .doesNotContain(number);
    }

    private static String document(String purpose, int nth) {
        long index = recorded(purpose).get(nth).index();
        return new String(
                edges.part(AuditedLog.class).row(index).orElseThrow().payload().container(), StandardCharsets.UTF_8);
    }

    @Test
    void search_whileTheLogGrows_pagesWithoutGapsOrRepeats() throws Exception {
        String number = "9870000703";
        for (int i = 0; i < 5; i++) {
            asked("case-703-" + i, PERSON, number);
        }
        List<Long> all =
                indices(ok(search("auditor", search().put("subject", number).toString())));
        // The search itself is about them, and found by the next one.
        all.remove(Long.valueOf(recorded("AUDIT_SEARCH").get(0).index()));
        ObjectNode order = search().put("subject", number)
                .put("limit", 2)
                .put("to", now().plusMillis(1).toString());
        List<Long> paged = new ArrayList<>();
        JsonNode page = ok(search("auditor", order.toString()));
        int searches = recorded("AUDIT_SEARCH").size();
        while (page.has("next")) {
            paged.addAll(indices(page));
            asked("case-703-later", PERSON, number);
            page = ok(search(
                    "auditor", order.put("cursor", page.path("next").asText()).toString()));
        }
        paged.addAll(indices(page));

        assertThat(paged).doesNotHaveDuplicates().containsAll(all).hasSize(6);
        assertThat(paged).isSortedAccordingTo((one, other) -> Long.compare(other, one));
        assertThat(recorded("AUDIT_SEARCH").size()).as("each page is logged").isGreaterThan(searches + 1);
        ObjectNode other = order.deepCopy().put("subject", "9870000704");
        assertProblem(search("auditor", other.toString()), FaultCode.AUDIT_CURSOR);
    }

    @Test
    void search_byStatusAndRefusal_findsThose() throws Exception {
        String number = "9870000705";
        LogEntry open = asked("case-705", PERSON, number);
        LogEntry failed = asked("case-705", VEHICLES, number);
        append(faulted(failed, FaultCode.BACKEND_TIMED_OUT));
        LogEntry refused = received(now(), UUID.randomUUID(), "case-705", COURT, FINES, "COURT_CASE", number);
        append(refused(refused, FaultCode.AGREEMENT_NONE));

        for (String[] expected : new String[][] {
            {"OPEN", open.messageId() + ""}, {"FAILED", failed.messageId() + ""}, {"REFUSED", refused.messageId() + ""}
        }) {
            JsonNode page = ok(search(
                    "auditor",
                    search().put("subject", number).put("status", expected[0]).toString()));
            assertThat(page.path("leaves")).as(expected[0]).hasSize(1);
            assertThat(page.path("leaves").get(0).path("messageId").asText()).isEqualTo(expected[1]);
        }
        JsonNode byCode = ok(search(
                "auditor",
                search().put("refusalCode", "wasl.agreement.none")
                        .put("correlationId", "case-705")
                        .put("consumer", COURT.toString())
                        .put("service", FINES.toString())
                        .put("purpose", "COURT_CASE")
                        .put("person", "actor-1")
                        .toString()));
        assertThat(byCode.path("leaves")).hasSize(1);
        assertThat(byCode.path("leaves")
                        .get(0)
                        .path("fault")
                        .path("label")
                        .path("ar")
                        .asText())
                .isEqualTo(FaultCode.AGREEMENT_NONE.arabic());
        assertThat(ok(search("auditor", search().put("person", "nobody").toString()))
                        .path("leaves"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | wasl.audit.reason",
                "{\"reason\":\"short\"} | wasl.audit.reason",
                "{\"reason\":\"complaint \\u0007 17 of 2026\"} | wasl.audit.reason",
                "{\"reason\":\"complaint of 9870000001\",\"subject\":\"9870000001\"} | wasl.audit.reason",
                "{\"reason\":\"complaint 17 of 2026\",\"nationalNumber\":\"9870000001\"} | wasl.request.invalid",
                "{\"reason\":\"complaint 17 of 2026\",\"subject\":9870000001} | wasl.request.invalid",
                "{\"reason\":\"complaint 17 of 2026\",\"limit\":\"5\"} | wasl.request.invalid",
                "{\"reason\":\"complaint 17 of 2026\",\"limit\":201} | wasl.request.parameter",
                "{\"reason\":\"complaint 17 of 2026\",\"limit\":0} | wasl.request.parameter",
                "{\"reason\":\"complaint 17 of 2026\",\"limit\":99999999999} | wasl.request.parameter",
                "{\"reason\":\"complaint 17 of 2026\",\"subject\":\"98\\u000a70\"} | wasl.request.parameter",
                "{\"reason\":\"complaint 17 of 2026\",\"consumer\":\"MOJ\"} | wasl.request.parameter",
                "{\"reason\":\"complaint 17 of 2026\",\"service\":\"a/b/c/d/e/v0\"} | wasl.request.parameter",
                "{\"reason\":\"complaint 17 of 2026\",\"status\":\"LOST\"} | wasl.request.parameter",
                "{\"reason\":\"complaint 17 of 2026\",\"from\":\"yesterday\"} | wasl.request.parameter",
                "{\"reason\":\"complaint 17 of 2026\",\"investigation\":true} | wasl.request.parameter",
                "{\"reason\":\"complaint 17 of 2026\",\"cursor\":\"AAAA\"} | wasl.audit.cursor",
                "{\"reason\":\"complaint 17 of 2026\",\"subject\":\"9870000001\"} more | wasl.request.malformed",
                "{\"reason\":\"complaint 17 of 2026\",\"subject\":\"987 | wasl.request.malformed",
                "[] | wasl.request.invalid",
            })
    void search_whenItIsNoSearch_isRefusedAndNotLogged(String body, String code) throws Exception {
        int before = recorded("AUDIT_SEARCH").size();
        HttpResponse<String> response = search("auditor", body, "Accept-Language", "ar");
        FaultCode expected = FaultCode.byWireCode(code).orElseThrow();

        JsonNode problem = assertProblem(response, expected);
        assertThat(problem.path("title").asText()).isEqualTo(expected.arabic());
        assertThat(response.body()).doesNotContain("987000");
        assertThat(recorded("AUDIT_SEARCH")).hasSize(before);
    }

    @Test
    void search_whenTheBodyIsHuge_isRefusedUnread() throws Exception {
        String body = search().put("subject", "9".repeat(8_000)).toString();
        assertProblem(search("auditor", body), FaultCode.REQUEST_OVERSIZED);
    }

    // Reading

    @Test
    void history_tellsEachVerdictAndIsLoggedForEachPersonItIsAbout() throws Exception {
        LogEntry own = asked("case-706", PERSON, EdgeHarness.OWN_NUMBER);
        append(replied(own));
        asked("case-706", PERSON, "9870000706");
        assertProblem(get("auditor", "/audit/requests/case-706"), FaultCode.AUDIT_REASON);
        assertProblem(get("auditor", "/audit/requests/case-706", "Wasl-Audit-Reason", "short"), FaultCode.AUDIT_REASON);
        assertProblem(
                get("auditor", "/audit/requests/no-such-case", "Wasl-Audit-Reason", REASON),
                FaultCode.REQUEST_NOT_FOUND);
        int before = recorded("AUDIT_READ").size();

        JsonNode history = ok(get("auditor", "/audit/requests/case-706", "Wasl-Audit-Reason", REASON));

        assertThat(history.path("complete").asBoolean()).isTrue();
        assertThat(history.path("events")).hasSize(3);
        JsonNode first = history.path("events").get(0);
        assertThat(first.path("leaf").path("messageId").asText()).isEqualTo(own.messageId() + "");
        assertThat(first.path("container").path("verdict").asText()).isEqualTo("NOT_GENUINE");
        assertThat(first.path("container").path("fault").path("id").asText()).isEqualTo("wasl.container.not-zip");
        assertThat(first.path("agreements").get(0).path("id").asText()).isEqualTo("case-person");
        assertThat(first.path("evidence").path("leafHash").asText()).hasSize(64);
        assertThat(recorded("AUDIT_READ")).as("one for each person").hasSize(before + 2);
        JsonNode told = ok(get("citizen", "/v2/findUsage?limit=1", "Accept-Language", "ar"));
        assertThat(told.path("usages").get(0).path("action").asText()).isEqualTo("اطلاع المدقق على مسار طلب يخصك");
        assertThat(told.path("usages").get(0).path("receiverName").asText()).isEqualTo("جهة التدقيق");
    }

    // Opening

    @Test
    void container_forAnAuditor_takesAReasonAndIsLoggedCountedAndTold() throws Exception {
        LogEntry request = asked("case-707", PERSON, EdgeHarness.OWN_NUMBER);
        String path = "/containers/" + request.messageId();
        double before = opened();
        JsonNode problem = assertProblem(get("auditor", path, "Accept-Language", "ar"), FaultCode.BREAK_GLASS_REQUIRED);
        assertThat(problem.path("title").asText()).isEqualTo(FaultCode.BREAK_GLASS_REQUIRED.arabic());
        assertProblem(get("auditor", "/containers/" + UUID.randomUUID()), FaultCode.BREAK_GLASS_REQUIRED);
        assertProblem(
                get("auditor", "/containers/" + UUID.randomUUID(), "Wasl-Break-Glass", REASON),
                FaultCode.CONTAINER_NOT_FOUND);
        for (String bad : List.of("short", "x".repeat(501), "%0d%0aforged line of a log")) {
            assertProblem(get("auditor", path, "Wasl-Break-Glass", bad), FaultCode.AUDIT_REASON);
        }
        assertProblem(get("officer", path, "Wasl-Break-Glass", REASON), FaultCode.CONTAINER_NOT_FOUND);
        assertThat(opened()).isEqualTo(before);

        HttpResponse<String> answer = get("auditor", path, "Wasl-Break-Glass", REASON);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("what was said");
        assertThat(opened()).isEqualTo(before + 1);
        assertThat(document("BREAK_GLASS", 0)).contains(REASON, request.messageId() + "", "case-707");
        assertThat(ok(get("citizen", "/v2/findUsage?limit=1"))
                        .path("usages")
                        .get(0)
                        .path("action")
                        .asText())
                .isEqualTo("An auditor opened the content of a message about you");
    }

    private static double opened() {
        return edges.part(MeterRegistry.class).get("wasl.break.glass").counter().count();
    }

    @Test
    void request_forAnAuditor_takesAReason() throws Exception {
        assertProblem(get("auditor", "/requests/" + UUID.randomUUID()), FaultCode.BREAK_GLASS_REQUIRED);
        assertProblem(
                get("auditor", "/requests/" + UUID.randomUUID(), "Wasl-Break-Glass", REASON),
                FaultCode.REQUEST_NOT_FOUND);
    }

    // One's own list

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?userCode=9870000002",
                "?nationalNumber=9870000002",
                "?limit=1001",
                "?limit=0",
                "?limit=99999999999",
                "?limit=-1",
                "?limit=5&limit=6",
                "?offset=10001",
                "?offset=9999&limit=2",
                "?periodStart=yesterday",
                "?periodStart=2026-11-22T03:00:00Z&periodEnd=2026-11-22T03:00:00Z",
                "?periodEnd=2026-11-22T03:00:00%0d%0aZ",
            })
    void findUsage_whenAParameterIsNoneOfItsOwn_isRefused(String query) throws Exception {
        HttpResponse<String> response = get("citizen", "/v2/findUsage" + query, "Accept-Language", "ar");
        JsonNode problem = assertProblem(response, FaultCode.REQUEST_PARAMETER);
        assertThat(problem.path("title").asText()).isEqualTo(FaultCode.REQUEST_PARAMETER.arabic());
        assertThat(response.body()).doesNotContain("9870000002");
    }

    @Test
    void findUsage_tellsTheCallerOnlyAndPagesNewestFirst() throws Exception {
        for (int i = 0; i < 3; i++) {
            append(replied(asked("case-708-" + i, PERSON, EdgeHarness.OWN_NUMBER)));
        }
        asked("case-709", VEHICLES, "9870000709");
        String end = now().plusMillis(1).toString();

        JsonNode all = ok(get("citizen", "/v2/findUsage?periodEnd=" + end, "Accept-Language", "en"));
        JsonNode second = ok(get("citizen", "/v2/findUsage?offset=1&limit=1&periodEnd=" + end));

        assertThat(all.path("usages").size()).isEqualTo(all.path("totalUsages").asInt());
        assertThat(all.path("complete").asBoolean()).isTrue();
        assertThat(all.findValuesAsText("logtime")).isSortedAccordingTo((one, other) -> other.compareTo(one));
        JsonNode newest = all.path("usages").get(0);
        assertThat(newest.path("action").asText())
                .isEqualTo("Court case: Person record (Civil Status and Passports Department)");
        assertThat(newest.path("receiverCode").asText()).isEqualTo("JO/GOV/MOJ");
        assertThat(newest.path("receiverName").asText()).isEqualTo("Ministry of Justice");
        assertThat(newest.path("receiverSystem").asText()).isEqualTo("Case system");
        assertThat(newest).hasSize(6);
        assertThat(second.path("usages").get(0)).isEqualTo(all.path("usages").get(1));
        assertThat(all.toString()).doesNotContain("98700");
        assertThat(get("citizen", "/v2/findUsage", "Wasl-Usage-Scope", "everywhere")
                        .statusCode())
                .isEqualTo(400);
        assertThat(ok(get("citizen", "/v2/findUsage", "Wasl-Usage-Scope", "node"))
                        .path("node")
                        .asText())
                .isEqualTo(edges.part(AuditedLog.class).id().toString());
    }

    @Test
    void usagePeriodAndHeartbeat_tellHowItStands() throws Exception {
        append(replied(asked("case-710", PERSON, "9870000710")));
        assertThat(Instant.parse(ok(get("citizen", "/v2/usagePeriod"))
                        .path("periodStart")
                        .asText()))
                .isBefore(Instant.now());
        JsonNode heartbeat = ok(get("citizen", "/v2/heartbeat", "Accept-Language", "ar"));
        assertThat(heartbeat.path("status").asText()).isEqualTo("OK");
        assertThat(heartbeat.path("message").asText()).isEqualTo("الخدمة جاهزة");
        assertProblem(get("citizen", "/v2/heartbeat?x=1"), FaultCode.REQUEST_PARAMETER);
    }

    @Test
    void usage_whenAnAuditorInvestigates_isToldLater() throws Exception {
        ObjectNode order =
                search().put("subject", "9870000003").put("investigation", true).put("caseReference", "C-2026-17");
        ok(search("auditor", order.toString()));
        ok(search("auditor", search().put("subject", "9870000003").toString()));

        JsonNode told = ok(get("attorney", "/v2/findUsage"));

        assertThat(told.path("totalUsages").asInt())
                .as("the other one is withheld")
                .isEqualTo(1);
        assertThat(document("AUDIT_SEARCH", 1)).contains("tellFrom", "C-2026-17");
    }

    // Nothing without the log, and nothing hidden by silence

    @Test
    void edges_whenNodesAreSilentOrTheLogIsDown_sayNothingThatCouldBeMisread(@TempDir Path other) throws Exception {
        try (EdgeHarness node =
                new EdgeHarness(other, "--wasl.usage.nodes=http://127.0.0.1:1", "--wasl.usage.node-timeout=1s")) {
            HttpResponse<String> nobody = get(node, "citizen", "/v2/findUsage");
            assertProblem(nobody, FaultCode.USAGE_INCOMPLETE);
            assertThat(nobody.headers().firstValue("Wasl-Nodes-Silent")).contains("http://127.0.0.1:1");
            append(
                    node,
                    received(now(), UUID.randomUUID(), "case-1", COURT, PERSON, "COURT_CASE", EdgeHarness.OWN_NUMBER));
            HttpResponse<String> some = get(node, "citizen", "/v2/findUsage");
            JsonNode told = ok(some);
            assertThat(told.path("complete").asBoolean()).isFalse();
            assertThat(told.path("nodesSilent").get(0).asText()).isEqualTo("http://127.0.0.1:1");
            assertThat(some.headers().firstValue("Wasl-Nodes-Silent")).isPresent();
            assertThat(told.path("usages").get(0).path("action").asText()).contains("[not answered yet]");
            assertThat(ok(get(node, "citizen", "/v2/findUsage", "Wasl-Usage-Scope", "node"))
                            .path("complete")
                            .asBoolean())
                    .as("a node that is asked asks nobody")
                    .isTrue();

            node.part(GroupCommitMessageLog.class).close();
            JsonNode problem = assertProblem(search(node, "auditor", search().toString()), FaultCode.LOG_UNAVAILABLE);
            assertThat(problem.path("retryable").asBoolean()).isTrue();
            assertThat(problem.has("leaves")).isFalse();
            assertThat(ok(get(node, "citizen", "/v2/heartbeat")).path("status").asText())
                    .isEqualTo("FAIL");
        }
    }
}
