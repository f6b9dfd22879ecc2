package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.node.edge.audit.LoggedEntries.COURT;
import static org.wasl.node.edge.audit.LoggedEntries.PERSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.Container;
import org.wasl.security.container.Coverage;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.keys.SigningKey;

/** What the auditors' console needs beside searching, over a real log with really signed messages. */
class AuditConsoleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REASON = "complaint 17 of 2026";
    private static final ZoneId AMMAN = ZoneId.of("Asia/Amman");
    /** A Tuesday. */
    private static final LocalDate DAY = LocalDate.of(2026, 11, 17);

    @TempDir
    static Path root;

    private static EdgeHarness edges;
    private static SigningKey court;
    private static SigningKey registry;

    @BeforeAll
    static void start() throws Exception {
        edges = new EdgeHarness(root, "--wasl.audit.volume-least=4");
        TrustFiles files = new TrustFiles(root);
        court = key(files, COURT.member());
        registry = key(files, PERSON.member());
    }

    private static SigningKey key(TrustFiles files, MemberId member) throws Exception {
        return Pkcs12MemberKeys.load(files.keys(), files.secrets(), Set.of(member))
                .messageKey(member)
                .orElseThrow();
    }

    @AfterAll
    static void stop() {
        edges.close();
    }

    private static HttpResponse<String> get(String user, String path, String... more) throws Exception {
        List<String> headers = new ArrayList<>(List.of("Authorization", edges.bearer(user)));
        headers.addAll(List.of(more));
        return edges.portal("GET", path, "", headers.toArray(String[]::new));
    }

    private static HttpResponse<String> post(String user, String path, String body, String... more) throws Exception {
        List<String> headers =
                new ArrayList<>(List.of("Authorization", edges.bearer(user), "Content-Type", "application/json"));
        headers.addAll(List.of(more));
        return edges.portal("POST", path, body, headers.toArray(String[]::new));
    }

    private static JsonNode ok(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 201);
        assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        return JSON.readTree(response.body());
    }

    private static void assertProblem(HttpResponse<String> response, FaultCode code) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(code.httpStatus());
        assertThat(JSON.readTree(response.body()).path("code").asText()).isEqualTo(code.wireCode());
    }

    private static int recorded(String purpose) {
        return edges.part(AuditedLog.class)
                .search(LogQuery.all().withPurpose(purpose), null, Long.MAX_VALUE, 1_000)
                .size();
    }

    private static Instant at(int hour) {
        return DAY.atTime(hour, 0).atZone(AMMAN).toInstant();
    }

    private static Header header(
            UUID id, String correlationId, MessageKind kind, String officer, Instant at, @Nullable InReplyTo asked) {
        return new Header(
                id,
                correlationId,
                kind,
                kind == MessageKind.REQUEST ? COURT : PERSON.subsystem(),
                COURT,
                PERSON.subsystem(),
                PERSON,
                "1.1",
                "application/xml",
                new Actor(ActorKind.OFFICER, AssuranceLevel.HIGH, officer, null),
                null,
                "COURT_CASE",
                "JO-LAW-9-2001",
                "SYSTEM",
                "ar",
                Priority.NORMAL,
                at,
                at.plusSeconds(30),
                null,
                asked);
    }

    /** An officer's request about this person, and the answer; the request's id. */
    private static UUID asked(String officer, Instant at, String number, String family) throws Exception {
        UUID id = UUID.randomUUID();
        String correlationId = "case-" + id;
        Container request = new AsicContainerSigner()
                .sign(
                        header(id, correlationId, MessageKind.REQUEST, officer, at, null),
                        PayloadXml.query(Map.of("nationalNumber", number)),
                        court);
        append(entry(Direction.RECEIVED, request, number));
        String person = "<civil:person xmlns:common=\"urn:wasl:common:1\" xmlns:civil=\"urn:wasl:civil:1\">"
                + "<civil:identifier scheme=\"JO-NAT\">" + number + "</civil:identifier>"
                + "<civil:name script=\"Arab\"><common:familyName>" + family + "</common:familyName></civil:name>"
                + "</civil:person>";
        Container reply = new AsicContainerSigner()
                .sign(
                        header(UUID.randomUUID(), correlationId, MessageKind.REPLY, officer, at, request.asInReplyTo()),
                        PayloadXml.record(person.getBytes(StandardCharsets.UTF_8), at, Coverage.COMPLETE),
                        registry);
        append(entry(Direction.SENT, reply, null));
        return id;
    }

    private static LogEntry entry(Direction direction, Container container, @Nullable String subject) {
        Header header = container.header();
        InReplyTo asked = header.inReplyTo();
        return new LogEntry(
                PERSON.member(),
                direction,
                header.issued(),
                header.messageId(),
                header.correlationId(),
                header.kind(),
                header.sender(),
                header.consumer(),
                header.provider(),
                header.service(),
                header.purpose(),
                header.actor().id(),
                asked == null ? null : asked.messageId(),
                header.expires(),
                subject,
                null,
                container.octets());
    }

    private static void append(LogEntry entry) throws Exception {
        edges.part(GroupCommitMessageLog.class).append(entry).get(10, TimeUnit.SECONDS);
    }

    // Who may

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/audit/health",
                "/audit/anomalies",
                "/audit/trail",
                "/audit/saved-searches",
                "/audit/containers/8a8b3f0e-6a8e-4c39-8c4b-0d1f3a2b4c5d",
                "/audit/exports/8a8b3f0e-6a8e-4c39-8c4b-0d1f3a2b4c5d/statement",
            })
    void console_whenTheCallerIsNoAuditor_isRefused(String path) throws Exception {
        for (String user : List.of("citizen", "officer", "operator")) {
            assertProblem(get(user, path), FaultCode.ACCESS_DENIED);
        }
        assertProblem(edges.portal("GET", path, ""), FaultCode.UNAUTHENTICATED);
    }

    // Health

    @Test
    void health_whereNothingIsPublished_saysWhatThereIs() throws Exception {
        asked("officer-h", at(10), "9870000900", "العبادي");
        JsonNode health = ok(get("auditor", "/audit/health"));
        assertThat(health.path("size").asLong()).isPositive();
        assertThat(health.path("writable").asBoolean()).isTrue();
        assertThat(health.path("gateOpen").asBoolean()).isTrue();
        assertThat(Instant.parse(health.path("newestAt").asText())).isBefore(Instant.now());
        assertThat(health.has("checkpoint")).isFalse();
        assertThat(health.path("witnesses")).isNotEmpty();
    }

    // Anomalies

    private static String week() {
        return "/audit/anomalies?from=" + DAY.minusDays(2) + "T00:00:00Z&to=" + DAY.plusDays(1) + "T12:00:00Z";
    }

    @Test
    void anomalies_whenOfficersAskAtNightOrMuchMoreThanOthers_tellRuleThresholdAndLeaves() throws Exception {
        asked("officer-1", at(9), "9870000901", "العبادي");
        asked("officer-2", at(10), "9870000902", "العبادي");
        asked("officer-3", at(3), "9870000903", "العبادي");
        for (int i = 0; i < 6; i++) {
            asked("officer-4", at(11), "987000091" + i, "الخطيب");
        }
        assertProblem(get("auditor", week()), FaultCode.AUDIT_REASON);
        int before = recorded("AUDIT_ANOMALIES");

        JsonNode found = ok(get("auditor", week(), "Wasl-Audit-Reason", REASON));

        assertThat(recorded("AUDIT_ANOMALIES")).isEqualTo(before + 1);
        assertThat(found.path("officers").asInt()).isGreaterThanOrEqualTo(4);
        JsonNode odd = finding(found, "ODD_HOURS", "officer-3");
        assertThat(odd.path("count").asInt()).isEqualTo(1);
        assertThat(odd.path("body").path("label").path("en").asText()).isEqualTo("Case system");
        assertThat(odd.path("leaves").get(0).path("correlationId").asText()).startsWith("case-");
        JsonNode volume = finding(found, "VOLUME", "officer-4");
        assertThat(volume.path("count").asInt()).isEqualTo(6);
        assertThat(volume.path("limit").asDouble()).isEqualTo(4);
        assertThat(finding(found, "VOLUME", "officer-1").isNull()).isTrue();
        JsonNode rule = found.path("rules").get(0);
        assertThat(rule.path("threshold").path("timeZone").asText()).isEqualTo("Asia/Amman");
        assertThat(found.toString()).doesNotContain("98700009");
        assertProblem(
                get(
                        "auditor",
                        "/audit/anomalies?from=2026-01-01T00:00:00Z&to=2026-11-01T00:00:00Z",
                        "Wasl-Audit-Reason",
                        REASON),
                FaultCode.REQUEST_PARAMETER);
        assertProblem(
                get("auditor", "/audit/anomalies?from=yesterday", "Wasl-Audit-Reason", REASON),
                FaultCode.REQUEST_PARAMETER);
    }

    private static JsonNode finding(JsonNode found, String rule, String officer) {
        for (JsonNode each : found.path("findings")) {
            if (each.path("rule").asText().equals(rule)
                    && each.path("officer").asText().equals(officer)) {
                return each;
            }
        }
        return JSON.nullNode();
    }

    @Test
    void familyNames_openAnswersOfOneOfficerForAReasonAndTellThoseTheyAreAbout() throws Exception {
        asked("officer-f", at(12), EdgeHarness.OWN_NUMBER, "العبّادي");
        asked("officer-f", at(12), "9870000922", "العبادى");
        asked("officer-f", at(13), "9870000923", "عبادي");
        asked("officer-f", at(13), "9870000924", "الخطيب");
        ObjectNode body = JSON.createObjectNode()
                .put("person", "officer-f")
                .put("service", PERSON.toString())
                .put("familyName", "الخطيب")
                .put("from", DAY + "T00:00:00Z")
                .put("to", DAY.plusDays(1) + "T00:00:00Z");
        String path = "/audit/anomalies/family-names";
        assertProblem(post("auditor", path, body.toString()), FaultCode.BREAK_GLASS_REQUIRED);
        int before = recorded("BREAK_GLASS");

        JsonNode found = ok(post("auditor", path, body.toString(), "Wasl-Break-Glass", REASON));

        assertThat(found.path("opened").asInt()).isEqualTo(4);
        assertThat(found.path("groups")).hasSize(2);
        assertThat(found.path("groups").get(0).path("own").asBoolean()).isTrue();
        assertThat(found.path("groups").get(1).path("people").asInt()).isEqualTo(3);
        assertThat(recorded("BREAK_GLASS")).as("each person is told").isEqualTo(before + 4);
        assertThat(ok(get("citizen", "/v2/findUsage?limit=1&purpose=BREAK_GLASS"))
                        .path("usages"))
                .hasSize(1);
        assertProblem(
                post("auditor", path, body.put("service", "x").toString(), "Wasl-Break-Glass", REASON),
                FaultCode.REQUEST_PARAMETER);
    }

    // Messages

    @Test
    void container_whenOpened_tellsHeaderAndPayloadValueByValue() throws Exception {
        UUID id = asked("officer-c", at(9), EdgeHarness.OWN_NUMBER, "العبادي");
        String path = "/audit/containers/" + id;
        assertProblem(get("auditor", path), FaultCode.BREAK_GLASS_REQUIRED);
        assertProblem(
                get("auditor", "/audit/containers/" + UUID.randomUUID(), "Wasl-Break-Glass", REASON),
                FaultCode.CONTAINER_NOT_FOUND);

        JsonNode opened = ok(get("auditor", path, "Wasl-Break-Glass", REASON));

        assertThat(opened.path("header").path("raw").asText()).contains("officer-c");
        assertThat(opened.path("header").path("fields").findValuesAsText("path"))
                .contains("messageId", "actor/id", "purpose");
        assertThat(opened.path("payload").path("fields").toString()).contains(EdgeHarness.OWN_NUMBER);
        assertThat(opened.path("headerDigest").asText()).hasSize(64);
    }

    // The auditor's own

    @Test
    void trail_tellsOnesOwnDoingsAndReasons() throws Exception {
        ok(post("auditor", "/audit/searches", "{\"reason\":\"" + REASON + "\",\"subject\":\"9870000931\"}"));
        JsonNode page = ok(get("auditor", "/audit/trail"));
        JsonNode newest = page.path("entries").get(0);
        assertThat(newest.path("what").path("id").asText()).isEqualTo("AUDIT_SEARCH");
        assertThat(newest.path("reason").asText()).isEqualTo(REASON);
        assertThat(newest.path("told").asBoolean()).isTrue();
        assertThat(newest.path("details").path("criteria.subject").asText()).isEqualTo("true");
        assertThat(page.toString()).doesNotContain("9870000931");
        assertThat(ok(get("auditor", "/audit/trail?before=0")).path("entries")).isEmpty();
        assertProblem(get("auditor", "/audit/trail?before=x"), FaultCode.REQUEST_PARAMETER);
    }

    @Test
    void savedSearches_areKeptWithoutNumbersAndRemoved() throws Exception {
        String path = "/audit/saved-searches";
        JsonNode saved = ok(
                post(
                        "auditor",
                        path,
                        "{\"name\":\"رفض بلا اتفاقية\",\"withSubject\":true,\"status\":\"REFUSED\",\"refusalCode\":\"wasl.agreement.none\"}"));
        JsonNode listed = ok(get("auditor", path)).path("searches").get(0);
        assertThat(listed).isEqualTo(saved);
        assertThat(listed.path("criteria").path("status").asText()).isEqualTo("REFUSED");
        for (String none : new String[] {
            "{}",
            "{\"name\":\"of 9870000001\"}",
            "{\"name\":\"of ٩٨٧٠٠٠٠٠٠١\"}",
            "{\"name\":\"x\",\"correlationId\":\"9870000001\"}",
            "{\"name\":\"x\",\"status\":\"LOST\"}",
            "{\"name\":\"x\",\"service\":\"y\"}",
            "{\"name\":\"x\",\"from\":\"y\"}"
        }) {
            assertProblem(post("auditor", path, none), FaultCode.REQUEST_PARAMETER);
        }
        assertProblem(post("auditor", path, "{\"name\":\"x\",\"subject\":\"9870000001\"}"), FaultCode.REQUEST_INVALID);
        String removal = path + "/" + saved.path("id").asText() + "/removal";
        assertThat(post("auditor", removal, "").statusCode()).isEqualTo(204);
        assertProblem(post("auditor", removal, ""), FaultCode.SAVED_SEARCH_UNKNOWN);
        assertThat(ok(get("auditor", path)).path("searches")).isEmpty();
        for (int i = 0; i < 50; i++) {
            ok(post("auditor", path, "{\"name\":\"search " + i + "\"}"));
        }
        assertProblem(post("auditor", path, "{\"name\":\"one more\"}"), FaultCode.SAVED_SEARCH_LIMIT);
    }
}
