package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.wasl.node.edge.agency.EventsController;
import org.wasl.node.edge.operation.EventPositionsController;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.screens.frame.ScreenPolicy;

/** Both edges as a client meets them: every refusal is a problem with its own code. */
class HttpEdgesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PERSON = "/r1/JO/GOV/CSPD/registry/person-record";
    private static final String GOOD_BODY = "{\"nationalNumber\":\"" + EdgeHarness.OWN_NUMBER + "\"}";
    private static final String[] GOOD = {
        "X-Road-Client", "JO/GOV/MOJ/case-system",
        "X-Road-Id", "case-7-1",
        "X-Road-UserId", "JO123",
        "X-Road-Issue", "case-7",
        "Wasl-Purpose", "COURT_CASE",
        "Wasl-Legal-Basis", "JO-LAW-9-2001"
    };

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

    // The agencies' edge

    @Test
    void ask_whenEverythingIsThere_reachesTheExchangeAsWritten() throws Exception {
        HttpResponse<String> response = edges.agency("GET", PERSON + "/v1?nationalNumber=9870000001", "", GOOD);

        assertProblem(response, FaultCode.RECORD_NOT_FOUND);
        assertThat(JSON.readTree(response.body()).path("stage").asText()).isEqualTo("connector");
        assertThat(JSON.readTree(response.body()).path("leg").asText()).isEqualTo("JO/GOV/CSPD");
        assertThat(response.headers().firstValue("X-Road-Id")).contains("case-7-1");
        assertThat(response.headers().firstValue("X-Road-Client")).contains("JO/GOV/MOJ/case-system");
        assertThat(response.headers().firstValue("X-Road-Service")).contains("JO/GOV/CSPD/registry/person-record");
        assertThat(response.headers().firstValue("X-Road-Issue")).contains("case-7");
        assertThat(response.headers().firstValue("X-Road-Error")).contains("wasl.record.not-found");
        var asked = edges.exchange.asked.get(edges.exchange.asked.size() - 1);
        assertThat(asked.consumer()).isEqualTo(EdgeHarness.COURT);
        assertThat(asked.service()).isEqualTo(EdgeHarness.PERSON);
        assertThat(asked.parameters()).containsOnly(java.util.Map.entry("nationalNumber", "9870000001"));
        assertThat(asked.correlationId()).isEqualTo("case-7");
        assertThat(asked.caseReference()).isEqualTo("case-7");
        assertThat(asked.messageId().toString())
                .isEqualTo(response.headers().firstValue("X-Road-Request-Id").orElseThrow());
        assertThat(asked.actor().id()).doesNotContain("JO123");
    }

    @Test
    void ask_whenXmlQueryIsPosted_readsItsParameters() throws Exception {
        String query = "<q:query xmlns:q=\"urn:wasl:envelope:1\"><q:parameter name=\"nationalNumber\">9870000009"
                + "</q:parameter></q:query>";
        edges.agency("POST", PERSON, query, with(GOOD, "Content-Type", "application/xml"));

        var asked = edges.exchange.asked.get(edges.exchange.asked.size() - 1);
        assertThat(asked.parameters().get("nationalNumber")).isEqualTo("9870000009");
    }

    @Test
    void ask_whenIdIsGivenTwice_isTheSameMessage() throws Exception {
        var one = edges.agency("GET", PERSON, "", GOOD);
        var other = edges.agency("GET", PERSON, "", GOOD);

        assertThat(one.headers().firstValue("X-Road-Request-Id"))
                .isPresent()
                .isEqualTo(other.headers().firstValue("X-Road-Request-Id"));
    }

    @ParameterizedTest
    @CsvSource({
        "/r1/JO/GOV/NOBODY/registry/person-record, wasl.member.unknown",
        "/r1/XX/GOV/CSPD/registry/person-record, wasl.member.unknown",
        "/r1/JO/GOV/CSPD/nothing/person-record, wasl.subsystem.unknown",
        "/r1/JO/GOV/CSPD/registry/nothing, wasl.service.unknown",
        "/r1/JO/GOV/CSPD/registry/person-record/v2, wasl.service.unknown",
        "/r1/JO/GOV/CSPD/registry/person-record/v1/more, wasl.service.unknown",
        "/r1/JO/GOV/CSPD/reg.istry/person-record, wasl.request.malformed",
        "/composites, wasl.resource.not-found",
        "/nothing, wasl.resource.not-found",
        "/r1/JO/GOV, wasl.resource.not-found",
    })
    void ask_whenAddressNamesNothing_isRefusedByName(String path, String code) throws Exception {
        assertProblem(edges.agency("GET", path, "", GOOD), code(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Road-Client", "Wasl-Purpose", "Wasl-Legal-Basis"})
    void ask_whenHeaderIsMissing_isRefused(String name) throws Exception {
        assertProblem(edges.agency("GET", PERSON, "", without(GOOD, name)), FaultCode.REQUEST_HEADER_MISSING);
    }

    @Test
    void ask_whenClientIsAnotherMember_isRefused() throws Exception {
        String[] headers = with(without(GOOD, "X-Road-Client"), "X-Road-Client", "JO/GOV/CSPD/registry");
        assertProblem(edges.agency("GET", PERSON, "", headers), FaultCode.CLIENT_MISMATCH);
    }

    @Test
    void ask_whenHeaderIsThereTwice_isRefused() throws Exception {
        String[] headers = with(GOOD, "Wasl-Purpose", "OTHER");
        assertProblem(edges.agency("GET", PERSON, "", headers), FaultCode.REQUEST_INVALID);
    }

    @Test
    void ask_whenCertificateIsNobodys_isRefused() throws Exception {
        assertProblem(edges.agency(edges.stranger(), "GET", PERSON, "", GOOD), FaultCode.CERTIFICATE_UNKNOWN);
    }

    @Test
    void ask_whenNoCertificateIsShown_endsTheHandshake() throws Exception {
        try (Socket socket = edges.nobody().getSocketFactory().createSocket("127.0.0.1", edges.agencyPort())) {
            assertThatThrownBy(() -> exchange(socket, "GET " + PERSON + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .isInstanceOfAny(SSLException.class, java.net.SocketException.class);
        }
    }

    @Test
    void ask_whenMethodIsNotTaken_saysWhichAre() throws Exception {
        HttpResponse<String> response = edges.agency("DELETE", PERSON, "", GOOD);
        assertProblem(response, FaultCode.SERVICE_METHOD);
        assertThat(response.headers().firstValue("Allow")).contains("GET, POST");
    }

    @Test
    void metadata_listsDescribesAndAllows() throws Exception {
        String base = "/r1/JO/GOV/CSPD/registry/";
        JsonNode all = JSON.readTree(
                edges.agency("GET", base + "listMethods", "", GOOD).body());
        assertThat(all.path("service").get(0).path("service_code").asText()).isEqualTo("person-record");
        JsonNode allowed = JSON.readTree(
                edges.agency("GET", base + "allowedMethods", "", GOOD).body());
        assertThat(allowed.path("service").toString())
                .contains("\"person-record\"")
                .contains("\"v1\"");
        JsonNode described = JSON.readTree(edges.agency("GET", base + "getOpenAPI?serviceCode=person-record", "", GOOD)
                .body());
        assertThat(described.path("openapi").asText()).startsWith("3.1");
        assertThat(described.path("paths").path("/v1").path("get").isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/r1/JO/GOV/CSPD/registry/..%2f..%2fadmin",
                "/r1/..%2F..%2Fetc/passwd",
                "/r1/JO/GOV/CSPD/%2e%2e/registry/person-record",
                "/r1/JO/GOV/CSPD/registry;a=b/person-record",
                "/r1/JO/GOV/CSPD//registry/person-record",
                "/r1/JO/GOV/CSPD/registry/person-record%5c..",
                "/r1/JO/GOV/CSPD/registry/person%00record",
                "/r1/JO/GOV/CSPD/registry/%252e%252e/x",
            })
    void ask_whenPathLeavesItsPlace_isRefused(String path) throws Exception {
        String answer = raw(
                edges.agencyPort(), true, "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("wasl.request.path-traversal");
        assertThat(answer).contains("application/problem+json");
    }

    @Test
    void ask_whenAnAgreementRefuses_isExplainedInTheCallersLanguage() throws Exception {
        var answer = edges.exchange.answer;
        try {
            edges.exchange.answer = request -> new ExchangeResult.Faulted(
                    new Fault(
                            FaultCode.AGREEMENT_HOURS,
                            Stage.AUTHORIZE,
                            "JO/GOV/CSPD",
                            "agreement case-person, rule hours: only Monday 08:00-15:00 (Asia/Amman)"),
                    Optional.empty(),
                    Optional.empty());
            JsonNode english =
                    JSON.readTree(edges.agency("GET", PERSON, "", GOOD).body());
            JsonNode arabic = JSON.readTree(edges.agency("GET", PERSON, "", with(GOOD, "Accept-Language", "ar"))
                    .body());

            assertThat(english.path("agreement").asText()).isEqualTo("case-person");
            assertThat(english.path("rule").asText()).isEqualTo("hours");
            assertThat(english.path("explanation").asText()).startsWith("Agreement case-person, rule on hours: ");
            assertThat(english.path("detail").asText()).contains("Monday 08:00-15:00");
            assertThat(arabic.path("explanation").asText())
                    .contains("case-person")
                    .contains("الأوقات")
                    .containsPattern("\\p{IsArabic}{3}");
        } finally {
            edges.exchange.answer = answer;
        }
    }

    @Test
    void composite_whenAnOfficerNamesACase_isAskedForIt() throws Exception {
        edges.portal(
                "POST",
                "/composites/general-clearance",
                GOOD_BODY,
                with(json(edges.bearer("officer")), "Wasl-Case-Reference", "C-2026-17"));

        assertThat(edges.composites.asked.get(edges.composites.asked.size() - 1).caseReference())
                .isEqualTo("C-2026-17");
    }

    @Test
    void composite_whenTheClientNamesAChannel_isAskedThroughIt() throws Exception {
        for (String channel : List.of("WEB", "KIOSK")) {
            edges.portal(
                    "POST",
                    "/composites/general-clearance",
                    GOOD_BODY,
                    with(json(edges.bearer("citizen")), "Wasl-Channel", channel));
            assertThat(edges.composites
                            .asked
                            .get(edges.composites.asked.size() - 1)
                            .channel())
                    .isEqualTo(channel);
        }
        HttpResponse<String> refused = edges.portal(
                "POST",
                "/composites/general-clearance",
                GOOD_BODY,
                with(json(edges.bearer("citizen")), "Wasl-Channel", "FAX"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("wasl.request.invalid");
    }

    @Test
    void statistics_whenReadExactly_areForOperatorsAndAuditors() throws Exception {
        for (String user : List.of("operator", "auditor")) {
            assertThat(edges.portal("GET", "/statistics", "", "Authorization", edges.bearer(user))
                            .statusCode())
                    .as(user)
                    .isEqualTo(200);
        }
        assertThat(edges.portal("GET", "/statistics", "", "Authorization", edges.bearer("citizen"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(edges.portal("GET", "/statistics", "").statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(
                                edges.portal("GET", "/catalogue/statistics", "").body())
                        .path("threshold")
                        .asInt())
                .isEqualTo(10);
    }

    // Bodies

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"nationalNumber\":|wasl.request.malformed|400",
                "{\"a\":\"1\",\"a\":\"2\"}|wasl.request.malformed|400",
                "{\"a\":\"1\"} {}|wasl.request.malformed|400",
                "[]|wasl.request.invalid|400",
                "{\"nationalNumber\":9870000001}|wasl.request.invalid|400",
                "{\"nationalNumber\":{\"x\":\"y\"}}|wasl.request.invalid|400",
                "{\"../x\":\"1\"}|wasl.request.parameter|400",
                "{\"x\":\"\\u0000\"}|wasl.request.parameter|400",
            })
    void body_whenJsonIsWrong_isRefused(String body, String code, int status) throws Exception {
        HttpResponse<String> response =
                edges.agency("POST", PERSON, body, with(GOOD, "Content-Type", "application/json"));
        assertProblem(response, code(code));
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<q|wasl.request.malformed|400",
                "<!DOCTYPE q [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><q>&e;</q>|wasl.request.doctype|400",
                "<q/>|wasl.request.invalid|400",
                "<query xmlns='urn:wasl:envelope:1'><x/></query>|wasl.request.invalid|400",
            })
    void body_whenXmlIsWrong_isRefused(String body, String code, int status) throws Exception {
        HttpResponse<String> response =
                edges.agency("POST", PERSON, body, with(GOOD, "Content-Type", "application/xml"));
        assertProblem(response, code(code));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).doesNotContain("passwd");
    }

    @Test
    void body_whenTooLarge_isRefusedBeforeItIsRead() throws Exception {
        String answer = raw(
                edges.portalPort(),
                false,
                "POST /composites/general-clearance HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 10000000\r\nConnection: close\r\n\r\n{");
        assertThat(answer).startsWith("HTTP/1.1 413").contains("wasl.request.oversized");
    }

    @ParameterizedTest
    @CsvSource({"application/json,wasl.request.oversized", "application/xml,wasl.request.oversized"})
    void body_whenTooLargeInChunks_isRefused(String type, String code) throws Exception {
        String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
        String answer = raw(
                edges.portalPort(),
                false,
                "POST /composites/general-clearance HTTP/1.1\r\nHost: x\r\nContent-Type: " + type
                        + "\r\nAuthorization: " + edges.bearer("officer")
                        + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunk + chunk + "0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 413").contains(code);
    }

    @Test
    void body_whenItDripsIn_isGivenUp() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", edges.portalPort())) {
            socket.setSoTimeout(15_000);
            var out = socket.getOutputStream();
            out.write(("POST /composites/general-clearance HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                            + "Authorization: " + edges.bearer("officer")
                            + "\r\nContent-Length: 3000\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            ScheduledExecutorService drips = Executors.newSingleThreadScheduledExecutor();
            try {
                drips.scheduleAtFixedRate(() -> drip(out), 0, 100, TimeUnit.MILLISECONDS);
                assertThat(until(socket.getInputStream(), "\"code\":\"wasl.request.timed-out\""))
                        .startsWith("HTTP/1.1 408");
            } finally {
                drips.shutdownNow();
            }
        }
    }

    /** Reads up to these words; what follows them may be lost with the connection. */
    private static String until(InputStream in, String words) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(words) < 0) {
            int octet = in.read();
            assertThat(octet).as("the end came after: %s", read).isNotNegative();
            read.append((char) octet);
        }
        return read.toString();
    }

    private static void drip(OutputStream out) {
        try {
            out.write(' ');
            out.flush();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed); // ends the dripping
        }
    }

    @Test
    void body_whenMediaTypeIsOther_isRefused() throws Exception {
        assertProblem(
                edges.agency("POST", PERSON, "a=b", with(GOOD, "Content-Type", "text/plain")),
                FaultCode.REQUEST_MEDIA_TYPE);
    }

    @Test
    void answer_whenNoFormFits_isRefused() throws Exception {
        assertProblem(
                edges.agency("GET", PERSON, "", with(GOOD, "Accept", "image/png")), FaultCode.REQUEST_NOT_ACCEPTABLE);
    }

    // The portal's edge

    @Test
    void composite_whenCitizenAsksAboutThemselves_isAsked() throws Exception {
        HttpResponse<String> response =
                edges.portal("POST", "/composites/general-clearance", GOOD_BODY, json(edges.bearer("citizen")));
        assertProblem(response, FaultCode.COMPOSITE_DEADLINE);
        var asked = edges.composites.asked.get(edges.composites.asked.size() - 1);
        assertThat(asked.actor().kind().name()).isEqualTo("CITIZEN");
        assertThat(asked.actor().id()).doesNotContain(EdgeHarness.OWN_NUMBER).doesNotContain("citizen");
    }

    @Test
    void composite_whenCitizenAsksAboutAnother_isRefused() throws Exception {
        HttpResponse<String> response = edges.portal(
                "POST",
                "/composites/general-clearance",
                "{\"nationalNumber\":\"9870000002\"}",
                json(edges.bearer("citizen")));
        assertProblem(response, FaultCode.ACCESS_DENIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditor", "operator"})
    void composite_whenRoleMayNotAsk_isRefused(String user) throws Exception {
        assertProblem(
                edges.portal("POST", "/composites/general-clearance", GOOD_BODY, json(edges.bearer(user))),
                FaultCode.ACCESS_DENIED);
    }

    @Test
    void composite_whenIdempotencyKeyIsTheSame_isTheSameRequest() throws Exception {
        String[] headers = with(json(edges.bearer("officer")), "Idempotency-Key", "k-1");
        edges.portal("POST", "/composites/general-clearance", GOOD_BODY, headers);
        edges.portal("POST", "/composites/general-clearance", GOOD_BODY, headers);
        var asked = edges.composites.asked;
        assertThat(asked.get(asked.size() - 1).trackingId())
                .isEqualTo(asked.get(asked.size() - 2).trackingId());
    }

    @Test
    void composite_whenUnknown_isNotFound() throws Exception {
        assertProblem(
                edges.portal("POST", "/composites/nothing", GOOD_BODY, json(edges.bearer("officer"))),
                FaultCode.COMPOSITE_UNKNOWN);
    }

    @Test
    void composite_whenDescribed_saysWhatItNeeds() throws Exception {
        HttpResponse<String> response = edges.portal("GET", "/composites/general-clearance", "");
        JsonNode declaration = JSON.readTree(response.body());
        assertThat(declaration.path("name").path("ar").asText()).isEqualTo("براءة ذمة عامة");
        assertThat(declaration.path("inputs").get(0).path("name").asText()).isEqualTo("nationalNumber");
        assertThat(declaration.path("purposeName").path("ar").asText()).isEqualTo("براءة ذمة عامة");
        assertThat(declaration.path("askers").toString()).contains("CITIZEN");
    }

    @Test
    void terms_areForAnybody_andOwnRequestsForCitizensOnly() throws Exception {
        JsonNode terms =
                JSON.readTree(edges.portal("GET", "/catalogue/terms", "").body());
        assertThat(terms.path("members").path("JO/GOV/CSPD").path("en").asText())
                .isNotEmpty();
        assertThat(terms.path("records").path("civil:person").asText()).isEqualTo("civil:Person");
        HttpResponse<String> own = edges.portal("GET", "/requests", "", "Authorization", edges.bearer("citizen"));
        assertThat(JSON.readTree(own.body()).path("requests").isArray()).isTrue();
        assertThat(edges.portal("GET", "/requests", "").statusCode()).isEqualTo(401);
        for (String user : List.of("officer", "auditor", "operator")) {
            assertProblem(
                    edges.portal("GET", "/requests", "", "Authorization", edges.bearer(user)), FaultCode.ACCESS_DENIED);
        }
        for (String wrong : List.of("limit=0", "limit=51", "before=x")) {
            assertProblem(
                    edges.portal("GET", "/requests?" + wrong, "", "Authorization", edges.bearer("citizen")),
                    FaultCode.REQUEST_PARAMETER);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/composites,401,wasl.access.unauthenticated",
        "POST,/composites/general-clearance,401,wasl.access.unauthenticated",
        "GET,/requests/7e3ff6a2-5f2f-4b5e-9d7c-3c8f0a2b1d4e,401,wasl.access.unauthenticated",
        "GET,/nothing,401,wasl.access.unauthenticated",
        "GET,/actuator/health,401,wasl.access.unauthenticated",
        "GET,/r1/JO/GOV/CSPD/registry/person-record,401,wasl.access.client-certificate-required",
    })
    void portal_whenNobodyCalls_isRefused(String method, String path, int status, String code) throws Exception {
        HttpResponse<String> response = edges.portal(method, path, "");
        assertProblem(response, code(code));
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/nothing,wasl.resource.not-found",
        "GET,/requests/7e3ff6a2-5f2f-4b5e-9d7c-3c8f0a2b1d4e,wasl.request.not-found",
        "GET,/requests/no-uuid,wasl.request.not-found",
        "GET,/requests/7e3ff6a2-5f2f-4b5e-9d7c-3c8f0a2b1d4e/progress,wasl.request.not-found",
        "GET,/containers/7e3ff6a2-5f2f-4b5e-9d7c-3c8f0a2b1d4e,wasl.container.not-found",
        "DELETE,/composites/general-clearance,wasl.request.method",
        "GET,/r1/JO/GOV/CSPD/registry/person-record,wasl.access.client-certificate-required",
        "GET,/error,wasl.resource.not-found",
    })
    void portal_whenOfficerGoesAstray_isToldSo(String method, String path, String code) throws Exception {
        assertProblem(edges.portal(method, path, "", "Authorization", edges.bearer("officer")), code(code));
    }

    @Test
    void portal_whenOperatorWantsRequests_isRefused() throws Exception {
        assertProblem(
                edges.portal(
                        "GET",
                        "/requests/7e3ff6a2-5f2f-4b5e-9d7c-3c8f0a2b1d4e",
                        "",
                        "Authorization",
                        edges.bearer("operator")),
                FaultCode.ACCESS_DENIED);
    }

    @Test
    void portal_whenTokenIsForged_isRefused() throws Exception {
        String good = edges.bearer("officer");
        String forged = good.substring(0, good.length() - 6) + "AAAAAA";
        HttpResponse<String> response = edges.portal("GET", "/composites", "", "Authorization", forged);
        assertProblem(response, FaultCode.UNAUTHENTICATED);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @Test
    void problem_whenArabicIsPreferred_isInArabic() throws Exception {
        HttpResponse<String> response = edges.portal("GET", "/composites", "", "Accept-Language", "ar-JO,en;q=0.5");
        assertThat(JSON.readTree(response.body()).path("title").asText()).isEqualTo(FaultCode.UNAUTHENTICATED.arabic());
        assertThat(response.headers().firstValue("Content-Language")).contains("ar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /\u0001 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n",
                "GET /a|b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            })
    void server_whenRequestIsNotHttp_answersAProblem(String request) throws Exception {
        String answer = raw(edges.portalPort(), false, request);
        assertThat(answer)
                .startsWith("HTTP/1.1 4")
                .contains("application/problem+json")
                .contains("\"code\":\"wasl.");
        assertThat(answer).doesNotContain("Tomcat").doesNotContain("<html");
    }

    @Test
    void answers_carrySecurityHeaders() throws Exception {
        HttpResponse<String> response = edges.portal("GET", "/openapi.json", "");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
        assertThat(response.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void management_showsHealthAndMetricsOnly() throws Exception {
        assertThat(edges.management("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(edges.management("/actuator/metrics").statusCode()).isEqualTo(200);
        assertThat(edges.management("/actuator/env").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(edges.management("/actuator/heapdump").statusCode()).isGreaterThanOrEqualTo(400);
    }

    // The description

    @Test
    void openApi_describesExactlyTheRoutesThereAre() throws Exception {
        JsonNode document =
                JSON.readTree(edges.portal("GET", "/openapi.json", "").body());
        assertThat(document.path("openapi").asText()).startsWith("3.1");
        Set<String> described = new TreeSet<>();
        document.path("paths").fieldNames().forEachRemaining(path -> described.add(shape(path)));
        Set<String> mapped = new TreeSet<>();
        edges.part(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, handler) -> {
            // Pages are no API.
            if (!handler.getBeanType().getName().startsWith("org.wasl.screens.")) {
                mapping.getPatternValues().forEach(pattern -> mapped.add(shape(pattern.replace("/{*rest}", ""))));
            }
        });
        // These need a bus: in the program they stand beside it, not at these edges alone.
        for (Class<?> controller : List.of(EventsController.class, EventPositionsController.class)) {
            for (Method method : controller.getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    Stream.of(mapping.path()).forEach(pattern -> mapped.add(shape(pattern)));
                }
            }
        }
        mapped.remove("/error");
        mapped.removeIf(ScreenPolicy::isPage);
        described.removeIf(path -> path.startsWith("/r1/{}/{}/{}/{}/"));
        mapped.removeIf(path -> path.startsWith("/r1/{}/{}/{}/{}/"));
        assertThat(described).isEqualTo(mapped);
        // Below /r1 one mapping takes all that the document tells apart.
        assertThat(JSON.readTree(edges.portal("GET", "/openapi.json", "").body())
                        .path("paths")
                        .has("/r1/{instance}/{memberClass}/{member}/{subsystem}/{service}"))
                .isTrue();
    }

    private static String shape(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }

    private static String[] json(String bearer) {
        return new String[] {"Content-Type", "application/json", "Authorization", bearer};
    }

    private static void assertProblem(HttpResponse<String> response, FaultCode code) throws IOException {
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.path("code").asText()).isEqualTo(code.wireCode());
        assertThat(response.statusCode()).isEqualTo(code.httpStatus());
        assertThat(problem.path("status").asInt()).isEqualTo(code.httpStatus());
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(problem.path("retryable").isBoolean()).isTrue();
        assertThat(problem.path("leg").asText()).isNotEmpty();
        assertThat(problem.path("stage").asText()).isNotEmpty();
    }

    private static FaultCode code(String wireCode) {
        return FaultCode.byWireCode(wireCode).orElseThrow();
    }

    private static String[] with(String[] headers, String... more) {
        return Stream.concat(Arrays.stream(headers), Arrays.stream(more)).toArray(String[]::new);
    }

    private static String[] without(String[] headers, String name) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            if (!headers[i].equals(name)) {
                kept.add(headers[i]);
                kept.add(headers[i + 1]);
            }
        }
        return kept.toArray(String[]::new);
    }

    /** Sends octets that no well-behaved client would. */
    private static String raw(int port, boolean tls, String request) throws Exception {
        if (!tls) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return exchange(socket, request);
            }
        }
        SSLContext context = edges.client(EdgeHarness.COURT.member());
        try (Socket socket = context.getSocketFactory().createSocket("127.0.0.1", port)) {
            return exchange(socket, request);
        }
    }

    private static String exchange(Socket socket, String request) throws IOException {
        socket.setSoTimeout(15_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
