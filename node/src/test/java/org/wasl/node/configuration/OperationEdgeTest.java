package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.wasl.node.edge.audit.LoggedEntries.COURT;
import static org.wasl.node.edge.audit.LoggedEntries.PERSON;
import static org.wasl.node.edge.audit.LoggedEntries.received;
import static org.wasl.node.edge.audit.LoggedEntries.refused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.connectors.template.BackEndState;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.node.watch.Vitals;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.Expiring;

/** What operators are told and may order, over a real log and a bus of fakes. */
class OperationEdgeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ASK = "/r1/JO/GOV/CSPD/registry/person-record/v1?nationalNumber=9870000001";

    @TempDir
    static Path root;

    private static EdgeHarness edges;

    @BeforeAll
    static void start() throws Exception {
        edges = new EdgeHarness(root, "--wasl.statistics.interval=100ms", "--wasl.operation.least-exchanges=3");
    }

    @AfterAll
    static void stop() {
        edges.close();
    }

    private static JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = edges.portal("GET", path, "", "Authorization", edges.bearer("operator"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode problem(HttpResponse<String> answer, FaultCode code) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(code.httpStatus());
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo(code.wireCode());
        return problem;
    }

    private static HttpResponse<String> rerun(String id, String body) throws Exception {
        return edges.portal(
                "POST",
                "/operation/dead-letters/" + id + "/rerun",
                body,
                "Authorization",
                edges.bearer("operator"),
                "Content-Type",
                "application/json");
    }

    /** One exchange that ends by this fault after that time. */
    private static void ask(FaultCode fault, Duration lasted) throws Exception {
        edges.exchange.answer = request -> {
            edges.exchange.aged.addAndGet(lasted.toNanos());
            return EdgeHarness.faulted(fault);
        };
        edges.agency(
                "GET",
                ASK,
                "",
                "X-Road-Client",
                COURT.toString(),
                "X-Road-Id",
                UUID.randomUUID().toString(),
                "X-Road-UserId",
                "clerk-1",
                "Wasl-Purpose",
                "COURT_CASE",
                "Wasl-Legal-Basis",
                "JO-LAW-9-2001");
    }

    private static @Nullable JsonNode find(JsonNode list, String name, String value) {
        for (JsonNode one : list) {
            if (one.path(name).asText().equals(value)) {
                return one;
            }
        }
        return null;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/operation/overview",
                "/operation/league",
                "/operation/alerts",
                "/operation/dead-letters",
            })
    void operation_whenTheCallerIsNoOperator_isRefused(String path) throws Exception {
        for (String user : List.of("citizen", "officer", "auditor")) {
            problem(edges.portal("GET", path, "", "Authorization", edges.bearer(user)), FaultCode.ACCESS_DENIED);
        }
        problem(edges.portal("GET", path, ""), FaultCode.UNAUTHENTICATED);
    }

    @Test
    void overview_afterExchanges_tellsFlowsFaultsAndPercentilesAndNobodysData() throws Exception {
        long before = get("/operation/overview").path("total").path("asked").asLong();
        ask(FaultCode.RECORD_NOT_FOUND, Duration.ofMillis(40));
        ask(FaultCode.BACKEND_TIMED_OUT, Duration.ofMillis(3_000));

        JsonNode overview = get("/operation/overview");
        assertThat(overview.path("total").path("asked").asLong()).isEqualTo(before + 2);
        JsonNode flow = find(overview.path("flows"), "consumer", "JO/GOV/MOJ");
        assertThat(flow).isNotNull();
        assertThat(flow.path("provider").asText()).isEqualTo("JO/GOV/CSPD");
        JsonNode service = find(overview.path("services"), "service", PERSON.toString());
        assertThat(service).isNotNull();
        assertThat(service.path("levelMillis").asLong()).isEqualTo(1_000);
        assertThat(service.path("total").path("p99Millis").asLong()).isBetween(2_500L, 3_600L);
        assertThat(find(overview.path("errors"), "code", "wasl.backend.timed-out"))
                .isNotNull();
        assertThat(find(overview.path("agencies"), "member", "JO/GOV/PTAX")).isNotNull();
        assertThat(overview.path("series")).hasSize(15);
        assertThat(overview.path("backEnds").path(0).path("breaker").asText()).isEqualTo("CLOSED");
        assertThat(overview.toString()).doesNotContain(EdgeHarness.OWN_NUMBER).doesNotContain("clerk-1");
    }

    @Test
    void league_whenAnAgencyIsSlow_saysThatItsWordIsBrokenAndOfHowMany() throws Exception {
        ask(FaultCode.RECORD_NOT_FOUND, Duration.ofMillis(20));
        for (int i = 0; i < 3; i++) {
            ask(FaultCode.RECORD_NOT_FOUND, Duration.ofMillis(1_500));
        }
        ask(FaultCode.AGREEMENT_HOURS, Duration.ofMillis(1));

        JsonNode league = get("/operation/league?hours=1");
        JsonNode standing = find(league.path("agencies"), "member", "JO/GOV/CSPD");
        assertThat(standing).isNotNull();
        assertThat(standing.path("verdict").asText()).isEqualTo("BROKEN");
        assertThat(standing.path("promised").asLong()).isGreaterThanOrEqualTo(4);
        assertThat(standing.path("within").asLong())
                .isLessThan(standing.path("promised").asLong());
        assertThat(standing.path("share").asText()).matches("0\\.[0-9]{4}");
        assertThat(standing.path("p95Millis").asLong()).isGreaterThanOrEqualTo(1_400);
        assertThat(standing.path("services").path(0).path("levelMillis").asLong())
                .isEqualTo(1_000);
        assertThat(Instant.parse(league.path("from").asText()))
                .isBefore(Instant.parse(league.path("to").asText()).plusSeconds(1));

        assertThat(find(get("/operation/alerts").path("alerts"), "kind", "SERVICE_LEVEL"))
                .isNotNull();
        problem(
                edges.portal("GET", "/operation/league?hours=0", "", "Authorization", edges.bearer("operator")),
                FaultCode.REQUEST_PARAMETER);
        problem(
                edges.portal("GET", "/operation/league?hours=x", "", "Authorization", edges.bearer("operator")),
                FaultCode.REQUEST_PARAMETER);
    }

    @Test
    void alerts_whenThresholdsArePassed_sayWhatInBothLanguagesTheUrgentFirst() throws Exception {
        Vitals well = edges.vitals;
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            edges.vitals = new Vitals(
                    now,
                    false,
                    7,
                    4096,
                    3,
                    100,
                    Duration.ofMinutes(10),
                    Duration.ZERO,
                    0,
                    0,
                    0,
                    new TreeMap<>(Map.of("wasl.request.JO.GOV.CSPD.registry", 5_000L)),
                    List.of(new BackEndState("person-record", PERSON, BackEndState.Breaker.OPEN, 20, 15, 0, 2, 8)),
                    3,
                    now.plus(Duration.ofDays(2)),
                    List.of(new Expiring(Expiring.Kind.CERTIFICATE, "MESSAGE of JO/GOV/CSPD", now.plusSeconds(60))));
            JsonNode alerts = get("/operation/alerts").path("alerts");
            for (String kind : List.of(
                    "LOG_UNAVAILABLE",
                    "DISK_SPACE",
                    "CHECKPOINT_AGE",
                    "REGISTRY_EXPIRY",
                    "CERTIFICATE_EXPIRY",
                    "BREAKER_OPEN",
                    "QUEUE_DEPTH")) {
                JsonNode alert = find(alerts, "kind", kind);
                assertThat(alert).as(kind).isNotNull();
                assertThat(alert.path("title").path("ar").asText()).isNotEmpty();
                assertThat(alert.path("title").path("en").asText()).isNotEmpty();
            }
            assertThat(alerts.path(0).path("severity").asText()).isEqualTo("CRITICAL");
            assertThat(find(alerts, "kind", "QUEUE_DEPTH").path("measured").asLong())
                    .isEqualTo(5_000);
        } finally {
            edges.vitals = well;
        }
        assertThat(find(get("/operation/alerts").path("alerts"), "kind", "DISK_SPACE"))
                .isNull();
    }

    @Test
    void deadLetter_whenItIsItsConsumersOwnRequest_isAskedAgainAsAnotherThatNamesIt() throws Exception {
        Container request = request(UUID.randomUUID(), "case-rerun");
        Ledger ledger = ledger();
        ledger.durable(ledger.sent(COURT.member(), request, null, null));
        long leaf = index(ledger.durable(
                ledger.refused(PERSON.member(), request.header(), request.octets(), FaultCode.INTERNAL)));
        JsonNode letter = listed(leaf);
        assertThat(letter.path("code").asText()).isEqualTo("wasl.node.internal");
        assertThat(letter.path("rerunnable").asBoolean()).isTrue();
        assertThat(letter.toString()).doesNotContain(EdgeHarness.OWN_NUMBER);
        assertThat(find(get("/operation/alerts").path("alerts"), "kind", "DEAD_LETTERS"))
                .isNotNull();

        problem(rerun(Long.toString(leaf), "{}"), FaultCode.REQUEST_PARAMETER);
        int asked = edges.exchange.asked.size();
        edges.exchange.answer = again -> EdgeHarness.faulted(FaultCode.BACKEND_UNAVAILABLE);
        HttpResponse<String> answer = rerun(Long.toString(leaf), "{\"reason\":\"the back-end is mended\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode result = JSON.readTree(answer.body());
        assertThat(result.path("outcome").asText()).isEqualTo("FAULTED");
        assertThat(result.path("code").asText()).isEqualTo("wasl.backend.unavailable");
        assertThat(result.path("of").asText())
                .isEqualTo(request.header().messageId().toString());

        ExchangeRequest again = edges.exchange.asked.get(asked);
        assertThat(again.messageId()).isNotEqualTo(request.header().messageId());
        assertThat(again.messageId()).hasToString(result.path("messageId").asText());
        assertThat(again.correlationId()).isEqualTo("case-rerun");
        assertThat(again.idempotencyKey())
                .isEqualTo("rerun-of-" + request.header().messageId());
        assertThat(again.parameters()).isEqualTo(Map.of("nationalNumber", EdgeHarness.OWN_NUMBER));
        byte[] record = edges
                .part(AuditedLog.class)
                .search(LogQuery.all().withPurpose("OPERATOR_RERUN"), null, Long.MAX_VALUE, 1)
                .stream()
                .findFirst()
                .flatMap(found -> edges.part(AuditedLog.class).row(found.index()))
                .orElseThrow()
                .payload()
                .container();
        assertThat(new String(record, StandardCharsets.UTF_8))
                .contains("the back-end is mended", request.header().messageId().toString())
                .contains(result.path("messageId").asText())
                .doesNotContain(EdgeHarness.OWN_NUMBER);

        // Ordered twice, it is the same request.
        rerun(Long.toString(leaf), "{\"reason\":\"once more\"}");
        assertThat(edges.exchange.asked.get(edges.exchange.asked.size() - 1).messageId())
                .isEqualTo(again.messageId());
    }

    @Test
    void deadLetter_whenNobodySentIt_saysWhyItCannotBeAskedAgain() throws Exception {
        LogEntry claimed = received(
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                UUID.randomUUID(),
                "case-forged",
                COURT,
                PERSON,
                "COURT_CASE",
                EdgeHarness.OWN_NUMBER);
        long forged = index(append(refused(claimed, FaultCode.SIGNATURE_NOT_COVERED)));
        long unread = index(ledger().durable(ledger().refusedUnread(
                        PERSON.member(), "poison".getBytes(StandardCharsets.UTF_8), FaultCode.INTERNAL)));
        assertThat(listed(forged).path("rerunnable").asBoolean()).isFalse();
        assertThat(listed(unread).has("messageId")).isFalse();
        problem(rerun(Long.toString(forged), "{\"reason\":\"try\"}"), FaultCode.RERUN_IMPOSSIBLE);
        problem(rerun(Long.toString(unread), "{\"reason\":\"try\"}"), FaultCode.RERUN_IMPOSSIBLE);
        problem(rerun("999999999", "{\"reason\":\"try\"}"), FaultCode.RESOURCE_NOT_FOUND);
        // A refusal of what may not be asked is no dead letter.
        long denied = index(append(refused(claimed, FaultCode.AGREEMENT_HOURS)));
        problem(rerun(Long.toString(denied), "{\"reason\":\"try\"}"), FaultCode.RESOURCE_NOT_FOUND);
    }

    @Test
    void prometheus_afterAnExchange_tellsItByRegisteredNamesAlone() throws Exception {
        ask(FaultCode.RECORD_NOT_FOUND, Duration.ofMillis(5));
        String page = edges.management("/actuator/prometheus").body();
        assertThat(page)
                .contains("wasl_exchanges_total{consumer=\"JO/GOV/MOJ\",outcome=\"wasl.record.not-found\","
                        + "provider=\"JO/GOV/CSPD\",service=\"" + PERSON + "\"}")
                .contains("wasl_exchange_duration_seconds_bucket{provider=\"JO/GOV/CSPD\"")
                .doesNotContain(EdgeHarness.OWN_NUMBER)
                .doesNotContain("clerk-1");
    }

    private static JsonNode listed(long leaf) throws Exception {
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        find(get("/operation/dead-letters").path("deadLetters"), "id", Long.toString(leaf)) != null);
        return find(get("/operation/dead-letters").path("deadLetters"), "id", Long.toString(leaf));
    }

    private static AppendResult append(LogEntry entry) throws Exception {
        return edges.part(GroupCommitMessageLog.class).append(entry).get(10, TimeUnit.SECONDS);
    }

    private static long index(AppendResult result) {
        return ((AppendResult.Appended) result).index();
    }

    private static Ledger ledger() {
        return new Ledger(edges.part(GroupCommitMessageLog.class), java.time.Clock.systemUTC(), Duration.ofSeconds(10));
    }

    private static Container request(UUID id, String correlationId) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Header header = new Header(
                id,
                correlationId,
                MessageKind.REQUEST,
                COURT,
                COURT,
                PERSON.subsystem(),
                PERSON,
                "1.1",
                "application/xml",
                null,
                new Actor(ActorKind.SYSTEM, AssuranceLevel.SUBSTANTIAL, "system-1", null),
                null,
                null,
                "COURT_CASE",
                "JO-LAW-9-2001",
                "SYSTEM",
                "ar",
                Priority.NORMAL,
                now,
                now.plusSeconds(20),
                null,
                null,
                null);
        return edges.part(ContainerSigner.class)
                .sign(
                        header,
                        PayloadXml.query(Map.of("nationalNumber", EdgeHarness.OWN_NUMBER), null),
                        edges.part(MemberKeys.class).messageKey(COURT.member()).orElseThrow());
    }
}
