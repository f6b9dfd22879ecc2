package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.wasl.node.edge.audit.LoggedEntries.CLEARANCE;
import static org.wasl.node.edge.audit.LoggedEntries.COURT;
import static org.wasl.node.edge.audit.LoggedEntries.PERSON;
import static org.wasl.node.edge.audit.LoggedEntries.WEB;
import static org.wasl.node.edge.audit.LoggedEntries.received;
import static org.wasl.node.edge.audit.LoggedEntries.replied;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.node.edge.audit.AuditedLog;
import org.wasl.routes.composite.CompositeResult;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.Priority;

/** What people say of answers and ask about uses of their data, over a real log. */
class SaidByPeopleTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path root;

    private static EdgeHarness edges;

    @BeforeAll
    static void start() throws Exception {
        edges = new EdgeHarness(root, "--wasl.statistics.interval=1s");
    }

    @AfterAll
    static void stop() {
        edges.close();
    }

    private static HttpResponse<String> get(String user, String path, String... more) throws Exception {
        String[] headers = new String[more.length + 2];
        headers[0] = "Authorization";
        headers[1] = edges.bearer(user);
        System.arraycopy(more, 0, headers, 2, more.length);
        return edges.portal("GET", path, "", headers);
    }

    private static HttpResponse<String> post(String user, String path, String body) throws Exception {
        return edges.portal(
                "POST", path, body, "Authorization", edges.bearer(user), "Content-Type", "application/json");
    }

    private static JsonNode ok(HttpResponse<String> response, int status) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        return JSON.readTree(response.body());
    }

    private static void assertProblem(HttpResponse<String> response, FaultCode code) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(code.httpStatus());
        assertThat(JSON.readTree(response.body()).path("code").asText()).isEqualTo(code.wireCode());
    }

    private static Container asked(UUID id, String user) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Header header = new Header(
                id,
                id.toString(),
                MessageKind.REQUEST,
                WEB,
                WEB,
                CLEARANCE.subsystem(),
                CLEARANCE,
                "1.0",
                "application/xml",
                new Actor(
                        ActorKind.CITIZEN,
                        AssuranceLevel.HIGH,
                        edges.caller(user).actorId(),
                        null),
                null,
                "GENERAL_CLEARANCE",
                "JO-BYLAW-CLEARANCE",
                "WEB",
                "ar",
                Priority.NORMAL,
                now,
                now.plusSeconds(30),
                null,
                null);
        return new Container(new byte[0], header, new byte[0], new byte[0], "", "");
    }

    private static UUID answered(String user) throws Exception {
        UUID id = UUID.randomUUID();
        Container container = asked(id, user);
        edges.composites.tracked.put(id, new CompositeResult.Answered(container, container));
        return id;
    }

    // Satisfaction

    @Test
    void satisfaction_whenTheAskerSaysIt_isKeptOnceAndCounted() throws Exception {
        UUID id = answered("citizen");
        String path = "/requests/" + id + "/satisfaction";
        JsonNode before = ok(get("citizen", path), 200);
        assertThat(before.path("open").asBoolean()).isTrue();
        assertThat(before.has("score")).isFalse();

        JsonNode said = ok(post("citizen", path, "{\"score\":4,\"comment\":\" سريعة وواضحة\\r\\nشكراً \"}"), 201);

        assertThat(said.path("score").asInt()).isEqualTo(4);
        assertThat(said.path("comment").asText()).isEqualTo("سريعة وواضحة\nشكراً");
        assertThat(ok(get("citizen", path), 200)).isEqualTo(said);
        assertProblem(post("citizen", path, "{\"score\":5}"), FaultCode.SATISFACTION_GIVEN);
        ok(post("citizen", "/requests/" + answered("citizen") + "/satisfaction", "{\"score\":2}"), 201);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode counted = ok(get("operator", "/statistics"), 200)
                    .path("services")
                    .get(0)
                    .path("satisfaction");
            assertThat(counted.path("byScore").path("4").asInt()).isEqualTo(1);
            assertThat(counted.path("byScore").path("2").asInt()).isEqualTo(1);
            double sum = 0;
            for (int score = 1; score <= 5; score++) {
                sum += score * counted.path("byScore").path(score + "").asInt();
            }
            assertThat(counted.path("average").asDouble())
                    .isCloseTo(sum / counted.path("ratings").asInt(), within(0.005));
        });
        assertThat(edges.portal("GET", "/catalogue/statistics", "").body())
                .as("two averages, one after the other, tell what one person said")
                .doesNotContain("satisfaction");
    }

    @Test
    void satisfaction_whenItIsAnothersRequestOrNone_isNotFound() throws Exception {
        UUID id = answered("citizen");
        for (String user : new String[] {"attorney", "officer"}) {
            assertProblem(
                    post(user, "/requests/" + id + "/satisfaction", "{\"score\":1}"), FaultCode.REQUEST_NOT_FOUND);
            assertProblem(get(user, "/requests/" + id + "/satisfaction"), FaultCode.REQUEST_NOT_FOUND);
        }
        assertProblem(get("auditor", "/requests/" + id + "/satisfaction"), FaultCode.ACCESS_DENIED);
        assertProblem(get("citizen", "/requests/" + UUID.randomUUID() + "/satisfaction"), FaultCode.REQUEST_NOT_FOUND);
        assertProblem(get("citizen", "/requests/no-id/satisfaction"), FaultCode.REQUEST_NOT_FOUND);
    }

    @Test
    void satisfaction_whileThereIsNoFinalAnswer_isTooEarly() throws Exception {
        UUID id = UUID.randomUUID();
        Container container = asked(id, "citizen");
        edges.composites.tracked.put(id, new CompositeResult.Pending(container, container));
        String path = "/requests/" + id + "/satisfaction";
        assertThat(ok(get("citizen", path), 200).path("open").asBoolean()).isFalse();
        assertProblem(post("citizen", path, "{\"score\":3}"), FaultCode.SATISFACTION_EARLY);
        edges.composites.tracked.put(
                id,
                new CompositeResult.Faulted(
                        new Fault(FaultCode.COMPOSITE_DEADLINE, Stage.COMPOSE, "composer", "Too late."),
                        Optional.of(container),
                        Optional.empty()));
        ok(post("citizen", path, "{\"score\":1}"), 201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | wasl.request.parameter",
                "{\"score\":0} | wasl.request.parameter",
                "{\"score\":6} | wasl.request.parameter",
                "{\"score\":99999999999} | wasl.request.parameter",
                "{\"score\":\"4\"} | wasl.request.invalid",
                "{\"score\":4,\"of\":\"x\"} | wasl.request.invalid",
                "{\"score\":4,\"comment\":\"a\\u0007b\"} | wasl.request.parameter",
                "{\"score\":4,\"comment\":\"\\u202Eb\"} | wasl.request.parameter",
                "{\"score\":4 | wasl.request.malformed",
            })
    void satisfaction_whenItIsNone_isRefusedAndNotKept(String body, String code) throws Exception {
        UUID id = answered("citizen");
        String path = "/requests/" + id + "/satisfaction";
        assertProblem(post("citizen", path, body), FaultCode.byWireCode(code).orElseThrow());
        assertProblem(
                post("citizen", path, "{\"score\":4,\"comment\":\"" + "x".repeat(1_001) + "\"}"),
                FaultCode.REQUEST_PARAMETER);
        assertThat(ok(get("citizen", path), 200).path("open").asBoolean()).isTrue();
    }

    // Questions

    private static JsonNode use(String number, String correlationId) throws Exception {
        LogEntry request = received(
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                UUID.randomUUID(),
                correlationId,
                COURT,
                PERSON,
                "COURT_CASE",
                number);
        for (LogEntry entry : new LogEntry[] {request, replied(request)}) {
            edges.part(GroupCommitMessageLog.class).append(entry).get(10, TimeUnit.SECONDS);
        }
        return ok(get("citizen", "/v2/findUsage?limit=1"), 200).path("usages").get(0);
    }

    private static String question(String use, String text) {
        return JSON.createObjectNode().put("use", use).put("text", text).toString();
    }

    @Test
    void question_whenAskedAndAnswered_isToldToBothAndNamesNobody() throws Exception {
        JsonNode use = use(EdgeHarness.OWN_NUMBER, "case-801");
        String id = use.path("details").path("id").asText();
        assertThat(use.path("details").path("kind").asText()).isEqualTo("ASKED");
        assertThat(use.path("details").path("purpose").asText()).isEqualTo("COURT_CASE");
        assertThat(use.path("details").path("parts").get(0).path("provider").asText())
                .isEqualTo("JO/GOV/CSPD");
        String text = "لماذا سألت المحكمة عن قيدي؟";

        JsonNode asked = ok(post("citizen", "/usage/questions", question(id, text)), 201);

        assertThat(asked.path("state").asText()).isEqualTo("OPEN");
        assertThat(asked.path("use").path("receiverCode").asText()).isEqualTo("JO/GOV/MOJ");
        assertThat(asked.path("use").has("leaf")).isFalse();
        assertProblem(post("citizen", "/usage/questions", question(id, text)), FaultCode.QUESTION_ASKED);
        JsonNode open = ok(get("auditor", "/audit/questions?state=OPEN"), 200).path("questions");
        assertThat(open.toString()).doesNotContain(EdgeHarness.OWN_NUMBER);
        assertThat(open.get(0).path("text").asText()).isEqualTo(text);
        assertThat(open.get(0).path("use").path("correlationId").asText()).isEqualTo("case-801");
        assertThat(recorded("AUDIT_QUESTIONS")).isPositive();

        String path = "/audit/questions/" + asked.path("id").asText() + "/answer";
        String answer = "{\"text\":\"القضية ما زالت منظورة، والسؤال جزء منها\"}";
        assertProblem(post("citizen", path, answer), FaultCode.ACCESS_DENIED);
        assertProblem(post("auditor", path, "{\"text\":\"short\"}"), FaultCode.REQUEST_PARAMETER);
        JsonNode answered = ok(post("auditor", path, answer), 201);
        assertThat(answered.path("answer").path("auditor").asText())
                .isEqualTo(edges.caller("auditor").actorId());
        assertProblem(post("auditor", path, answer), FaultCode.QUESTION_ANSWERED);
        assertProblem(
                post("auditor", "/audit/questions/" + UUID.randomUUID() + "/answer", answer),
                FaultCode.QUESTION_UNKNOWN);

        JsonNode own =
                ok(get("citizen", "/usage/questions"), 200).path("questions").get(0);
        assertThat(own.path("state").asText()).isEqualTo("ANSWERED");
        assertThat(own.path("answer").path("text").asText()).startsWith("القضية ما زالت");
        assertThat(own.path("answer").has("auditor")).isFalse();
        assertThat(ok(get("attorney", "/usage/questions"), 200).path("questions"))
                .isEmpty();
        assertThat(ok(get("auditor", "/audit/questions?state=ANSWERED"), 200)
                        .path("questions")
                        .get(0)
                        .path("id"))
                .isEqualTo(asked.path("id"));
    }

    private static int recorded(String purpose) {
        return edges.part(AuditedLog.class)
                .search(LogQuery.all().withPurpose(purpose), null, Long.MAX_VALUE, 1_000)
                .size();
    }

    @Test
    void question_whenItIsNotAboutAUseOfOnesOwnData_isRefused() throws Exception {
        JsonNode use = use(EdgeHarness.OWN_NUMBER, "case-802");
        String id = use.path("details").path("id").asText();
        String text = "who looked and why was it";
        assertProblem(post("attorney", "/usage/questions", question(id, text)), FaultCode.USAGE_UNKNOWN);
        for (String other : new String[] {id + "0", UUID.randomUUID() + ".0", "x", ""}) {
            assertProblem(post("citizen", "/usage/questions", question(other, text)), FaultCode.USAGE_UNKNOWN);
        }
        assertProblem(post("citizen", "/usage/questions", question(id, "short")), FaultCode.REQUEST_PARAMETER);
        assertProblem(post("citizen", "/usage/questions", "{}"), FaultCode.REQUEST_PARAMETER);
        assertProblem(post("officer", "/usage/questions", question(id, text)), FaultCode.ACCESS_DENIED);
        assertProblem(get("citizen", "/audit/questions"), FaultCode.ACCESS_DENIED);
        assertProblem(get("auditor", "/audit/questions?state=LOST"), FaultCode.REQUEST_PARAMETER);
        assertProblem(get("auditor", "/audit/questions?before=-1"), FaultCode.REQUEST_PARAMETER);
    }

    @Test
    void questions_whenTooManyWait_areRefusedUntilSomeAreAnswered() throws Exception {
        for (int i = 0; i < 20; i++) {
            String id = use("9870000003", "case-803-" + i).toString();
            assertThat(id).isNotEmpty();
        }
        JsonNode uses = ok(get("attorney", "/v2/findUsage?limit=30"), 200).path("usages");
        String first = null;
        for (int i = 0; i < 20; i++) {
            String id = uses.get(i).path("details").path("id").asText();
            JsonNode asked = ok(post("attorney", "/usage/questions", question(id, "question number " + i)), 201);
            first = first == null ? asked.path("id").asText() : first;
        }
        use("9870000003", "case-804");
        String next = ok(get("attorney", "/v2/findUsage?limit=1"), 200)
                .path("usages")
                .get(0)
                .path("details")
                .path("id")
                .asText();
        assertProblem(post("attorney", "/usage/questions", question(next, "one too many")), FaultCode.QUESTION_LIMIT);
        ok(post("auditor", "/audit/questions/" + first + "/answer", "{\"text\":\"this was in order\"}"), 201);
        ok(post("attorney", "/usage/questions", question(next, "one too many")), 201);
    }

    @Test
    void findUsage_withAReceiverOrPurpose_tellsTheseAndWhatThereIs() throws Exception {
        use(EdgeHarness.OWN_NUMBER, "case-805");
        JsonNode all = ok(get("citizen", "/v2/findUsage", "Accept-Language", "ar"), 200);
        assertThat(all.path("receivers").findValuesAsText("code")).contains("JO/GOV/MOJ");
        assertThat(all.path("purposes").findValuesAsText("name")).contains("قضية منظورة أمام المحكمة");
        JsonNode some = ok(get("citizen", "/v2/findUsage?receiver=JO/GOV/MOJ&purpose=COURT_CASE"), 200);
        assertThat(some.path("totalUsages").asInt()).isPositive();
        JsonNode none = ok(get("citizen", "/v2/findUsage?receiver=JO/GOV/PTAX"), 200);
        assertThat(none.path("totalUsages").asInt()).isZero();
        assertThat(none.path("receivers").findValuesAsText("code")).contains("JO/GOV/MOJ");
        assertProblem(get("citizen", "/v2/findUsage?receiver="), FaultCode.REQUEST_PARAMETER);
    }
}
