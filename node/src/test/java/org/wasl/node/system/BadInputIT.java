package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.agencies.population.Personas;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.identity.IssuerKey;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;

/**
 * What is wrong with a request is said by its own fault code, in the caller's language, without repeating what the caller
 * sent; and whatever reached the exchange left its refusal in the log.
 */
@ExtendWith(SharedNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {

    /** Stands in inputs, and must stand in no answer. */
    private static final String MARK = "Zz7731qq";

    private static final String CLEARANCE = "/composites/general-clearance";
    private static final String GOOD_BODY = "{\"nationalNumber\":\"" + Personas.CLEAN.nationalNumber() + "\"}";
    private static final String GOOD_QUERY = "?nationalNumber=" + Personas.CLEAN.nationalNumber();
    private static final int OVERSIZED = 300_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Edges edges;
    private final DataDirectory directory;
    /** The refusals that the log must hold in the end, by fault code, and how many. */
    private final Map<String, Integer> logged = new TreeMap<>();
    /** The ids of refused requests that must stand in their refusal's leaf. */
    private final List<String> loggedIds = new ArrayList<>();

    private int problems;
    private int before;

    BadInputIT(WaslProcess node) {
        edges = new Edges(node);
        directory = node.directory();
    }

    @BeforeAll
    void begin() throws Exception {
        before = LogReading.of(directory.logDatabase()).leaves().size();
    }

    @AfterAll
    void refusals_areInTheLog() throws Exception {
        LogReading log = LogReading.of(directory.logDatabase());
        List<Leaf> since = log.since(before).refused();
        Map<String, Integer> found = new TreeMap<>();
        since.forEach(leaf -> found.merge(String.valueOf(leaf.fault()), 1, Integer::sum));
        assertThat(found).isEqualTo(logged);
        assertThat(since).extracting(Leaf::messageId).containsAll(loggedIds);
        System.out.println("BadInputIT: " + problems + " problems; refusals in the log: " + found);
        WaslProcess.Ended verified =
                WaslProcess.run("log", "verify", "--data", directory.root().toString());
        assertThat(verified.exitCode())
                .as(verified.output() + verified.errors())
                .isZero();
    }

    // The portal's edge

    static Stream<Arguments> badBodies() {
        String query = "<query xmlns=\"urn:wasl:envelope:1\">";
        return Stream.of(
                body("application/json", "{\"nationalNumber\":\"" + MARK, FaultCode.REQUEST_MALFORMED),
                body("application/json", GOOD_BODY + MARK, FaultCode.REQUEST_MALFORMED),
                body("application/json", "[\"" + MARK + "\"]", FaultCode.REQUEST_INVALID),
                body("application/json", "{\"" + MARK + "\":{\"a\":1}}", FaultCode.REQUEST_INVALID),
                body("application/json", "{\"a\":\"" + MARK.repeat(200) + "\"}", FaultCode.REQUEST_PARAMETER),
                body("application/json", GOOD_BODY + " ".repeat(OVERSIZED), FaultCode.REQUEST_OVERSIZED),
                body(
                        "application/xml",
                        query + "<parameter name='nationalNumber'>" + MARK,
                        FaultCode.REQUEST_MALFORMED),
                body("application/xml", "<" + MARK + "/>", FaultCode.REQUEST_INVALID),
                body("application/xml", query + "<" + MARK + "/></query>", FaultCode.REQUEST_INVALID),
                body("application/xml", query + " ".repeat(OVERSIZED) + "</query>", FaultCode.REQUEST_OVERSIZED),
                body(
                        "application/xml",
                        query + "<a>".repeat(500) + "</a>".repeat(500) + "</query>",
                        FaultCode.REQUEST_OVERSIZED),
                body(
                        "application/xml",
                        "<!DOCTYPE q [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + query
                                + "<parameter name='nationalNumber'>&e;" + MARK + "</parameter></query>",
                        FaultCode.REQUEST_DOCTYPE),
                body("text/plain", "nationalNumber=" + MARK, FaultCode.REQUEST_MEDIA_TYPE),
                body("application/json;charset=UTF-16", GOOD_BODY, FaultCode.REQUEST_MEDIA_TYPE));
    }

    private static Arguments body(String type, String text, FaultCode code) {
        return Arguments.of(type, text, code);
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("badBodies")
    void composite_whenTheBodyIsBad_isRefused(String type, String body, FaultCode code) throws Exception {
        problem(ask("officer", CLEARANCE, body, "Content-Type", type), code);
    }

    @Test
    void composite_whenTheServiceIsUnknown_isRefused() throws Exception {
        problem(ask("officer", "/composites/" + MARK, GOOD_BODY), FaultCode.COMPOSITE_UNKNOWN);
        problem(edges.get("officer", "/composites/" + MARK), FaultCode.COMPOSITE_UNKNOWN, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"nationalNumber\":\"" + MARK + "\"}",
                "{\"nationalNumber\":\"9990045842\",\"" + MARK + "\":\"1\"}",
                "{\"nationalNumber\":\"9990045842\u0661\"}",
            })
    void composite_whenAnInputIsBad_isRefusedAndLogged(String body) throws Exception {
        problem(ask("officer", CLEARANCE, body), FaultCode.COMPOSITE_INPUT);
        expectLogged(FaultCode.COMPOSITE_INPUT);
    }

    @Test
    void composite_whenTheIdempotencyKeyWasForSomethingElse_isRefusedAndLogged() throws Exception {
        String key = UUID.randomUUID().toString();
        HttpResponse<byte[]> first = ask("officer", CLEARANCE, GOOD_BODY, "Idempotency-Key", key);
        assertThat(first.statusCode()).isEqualTo(200);
        problem(
                ask(
                        "officer",
                        CLEARANCE,
                        "{\"nationalNumber\":\"" + Personas.FINED.nationalNumber() + "\"}",
                        "Idempotency-Key",
                        key),
                FaultCode.EXCHANGE_ID_REUSED);
        expectLogged(FaultCode.EXCHANGE_ID_REUSED);
        HttpResponse<byte[]> again = ask("officer", CLEARANCE, GOOD_BODY, "Idempotency-Key", key);
        assertThat(text(again)).as("the first answer stands").isEqualTo(text(first));
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE,/composites/general-clearance",
        "PUT,/composites/general-clearance",
        "POST,/composites",
        "POST,/requests/7e3ff6a2-5f2f-4b5e-9d7c-3c8f0a2b1d4e",
        "DELETE,/containers/7e3ff6a2-5f2f-4b5e-9d7c-3c8f0a2b1d4e",
    })
    void portal_whenTheMethodIsWrong_isRefused(String method, String path) throws Exception {
        HttpResponse<byte[]> answer =
                edges.portal(method, path, "", "Authorization", edges.bearer("officer"), "Accept-Language", "ar");
        problem(answer, FaultCode.REQUEST_METHOD);
        assertThat(answer.headers().firstValue("Allow")).isPresent();
    }

    @Test
    void portal_whenTheBearerIsNobody_isRefused() throws Exception {
        problem(edges.portal("GET", "/composites", "", "Accept-Language", "ar"), FaultCode.UNAUTHENTICATED);
        for (String token : List.of(MARK, "a.b.c", expired(), unsigned(), otherKey())) {
            HttpResponse<byte[]> answer =
                    edges.portal("GET", "/composites", "", "Authorization", "Bearer " + token, "Accept-Language", "ar");
            problem(answer, FaultCode.UNAUTHENTICATED);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(text(answer)).doesNotContain(token);
        }
    }

    /** A good token is the same but for its time, or these would prove nothing. */
    @Test
    void portal_whenTheForgedTokenIsInTime_letsIn() throws Exception {
        String good = token(IssuerKey.open(directory, Clock.systemUTC()).key(), Instant.now());
        assertThat(edges.portal("GET", "/composites", "", "Authorization", "Bearer " + good)
                        .statusCode())
                .isEqualTo(200);
    }

    private String expired() throws Exception {
        return token(
                IssuerKey.open(directory, Clock.systemUTC()).key(),
                Instant.now().minus(Duration.ofHours(3)));
    }

    private String otherKey() throws Exception {
        ECKey issuers = IssuerKey.open(directory, Clock.systemUTC()).key();
        ECKey own = new ECKeyGenerator(Curve.P_256).keyID(issuers.getKeyID()).generate();
        return token(own, Instant.now());
    }

    private String unsigned() throws Exception {
        String[] parts = edges.bearer("officer").substring("Bearer ".length()).split("\\.", -1);
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        return header + "." + parts[1] + ".";
    }

    /** The officer's token with other times, signed with this key. */
    private String token(ECKey key, Instant issued) throws Exception {
        SignedJWT officers = SignedJWT.parse(edges.bearer("officer").substring("Bearer ".length()));
        JWTClaimsSet claims = new JWTClaimsSet.Builder(officers.getJWTClaimsSet())
                .issueTime(Date.from(issued))
                .notBeforeTime(Date.from(issued))
                .expirationTime(Date.from(issued.plus(Duration.ofHours(1))))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    @Test
    void composite_whenACitizenAsksAboutSomebodyElse_isRefused() throws Exception {
        problem(
                ask("citizen", CLEARANCE, "{\"nationalNumber\":\"" + Personas.FINED.nationalNumber() + "\"}"),
                FaultCode.ACCESS_DENIED);
        assertThat(ask("citizen", CLEARANCE, GOOD_BODY).statusCode())
                .as("about themselves they may")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auditor", "operator"})
    void composite_whenTheRoleMayNotAsk_isRefused(String user) throws Exception {
        problem(ask(user, CLEARANCE, GOOD_BODY), FaultCode.ACCESS_DENIED);
    }

    @Test
    void request_whenItIsSomebodyElses_isNotFound() throws Exception {
        HttpResponse<byte[]> answer = ask("officer", CLEARANCE, GOOD_BODY, "Accept", "application/json");
        String tracking =
                "/requests/" + JSON.readTree(answer.body()).path("trackingId").asText();
        String evidence =
                "/containers/" + answer.headers().firstValue("Wasl-Reply-Id").orElseThrow();
        assertThat(edges.get("officer", tracking).statusCode()).isEqualTo(200);
        problem(arabic("citizen", tracking), FaultCode.REQUEST_NOT_FOUND);
        problem(arabic("operator", tracking), FaultCode.ACCESS_DENIED);
        problem(arabic("officer", "/requests/" + UUID.randomUUID()), FaultCode.REQUEST_NOT_FOUND);
        problem(arabic("officer", "/requests/" + MARK), FaultCode.REQUEST_NOT_FOUND);
        assertThat(edges.get("officer", evidence).statusCode()).isEqualTo(200);
        problem(arabic("citizen-fined", evidence), FaultCode.CONTAINER_NOT_FOUND);
        // Between the portal's own subsystems: no agency is a party to it.
        problem(agency("GET", evidence, ""), FaultCode.CONTAINER_NOT_FOUND);
    }

    @Test
    void samples_whenTheDelayIsBad_areLeftAsTheyAre() throws Exception {
        for (String delay : List.of("-1", MARK, "999999")) {
            problem(
                    edges.portal(
                            "PUT",
                            "/samples/agencies/CSPD",
                            "{\"delayMillis\":\"" + delay + "\"}",
                            "Content-Type",
                            "application/json",
                            "Authorization",
                            edges.bearer("operator"),
                            "Accept-Language",
                            "ar"),
                    FaultCode.REQUEST_PARAMETER);
        }
    }

    // The agencies' edge

    @ParameterizedTest
    @CsvSource({
        "/r1/JO/GOV/" + MARK + "/registry/person-record, MEMBER_UNKNOWN",
        "/r1/" + MARK + "/GOV/CSPD/registry/person-record, MEMBER_UNKNOWN",
        "/r1/JO/GOV/CSPD/" + MARK + "/person-record, SUBSYSTEM_UNKNOWN",
        "/r1/JO/GOV/CSPD/registry/" + MARK + ", SERVICE_UNKNOWN",
        "/r1/JO/GOV/CSPD/registry/person-record/v9, SERVICE_UNKNOWN",
        "/r1/JO/GOV/CSPD, RESOURCE_NOT_FOUND",
        "/" + MARK + ", RESOURCE_NOT_FOUND",
    })
    void exchange_whenTheAddressNamesNothing_isRefused(String address, FaultCode code) throws Exception {
        problem(agency("GET", address + GOOD_QUERY, ""), code);
    }

    @Test
    void exchange_whenThereIsNoAgreement_isRefusedAndLogged() throws Exception {
        refused("/r1/JO/GOV/PTAX/property/property-account" + GOOD_QUERY, FaultCode.AGREEMENT_NONE);
    }

    @Test
    void exchange_whenThePurposeIsWrong_isRefusedAndLogged() throws Exception {
        refused(Edges.PERSON + GOOD_QUERY, FaultCode.AGREEMENT_PURPOSE, "Wasl-Purpose", MARK);
        refused(Edges.PERSON + GOOD_QUERY, FaultCode.AGREEMENT_PURPOSE, "Wasl-Purpose", "GENERAL_CLEARANCE");
    }

    @Test
    void exchange_whenTheLegalBasisIsWrong_isRefusedAndLogged() throws Exception {
        refused(Edges.PERSON + GOOD_QUERY, FaultCode.AGREEMENT_LEGAL_BASIS, "Wasl-Legal-Basis", "JO-LAW-18-2023");
        refused(Edges.PERSON + GOOD_QUERY, FaultCode.AGREEMENT_LEGAL_BASIS, "Wasl-Legal-Basis", MARK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?nationalNumber=" + MARK, "?nationalNumber=9990045842&other=1", "?nationalNumber=%D9%A1"})
    void exchange_whenAParameterIsBad_isRefusedAndLogged(String query) throws Exception {
        refused(Edges.PERSON + query, FaultCode.REQUEST_PARAMETER);
    }

    @Test
    void exchange_whenThereIsNoSuchPerson_isNotFound() throws Exception {
        HttpResponse<byte[]> answer = agency("GET", Edges.PERSON + "?nationalNumber=" + Personas.UNREGISTERED, "");
        problem(answer, FaultCode.RECORD_NOT_FOUND);
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("instance").asText())
                .as("the provider's signed fault")
                .startsWith("/containers/");
        assertThat(agency("GET", problem.path("instance").asText(), "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void exchange_whenTheIdWasForSomethingElse_isRefusedAndLogged() throws Exception {
        String id = UUID.randomUUID().toString();
        HttpResponse<byte[]> first = agency("GET", Edges.PERSON + GOOD_QUERY, "", "X-Road-Id", id);
        assertThat(first.statusCode()).isEqualTo(200);
        problem(
                agency("GET", Edges.PERSON + "?nationalNumber=" + Personas.FINED.nationalNumber(), "", "X-Road-Id", id),
                FaultCode.EXCHANGE_ID_REUSED);
        expectLogged(FaultCode.EXCHANGE_ID_REUSED);
        loggedIds.add(id);
        HttpResponse<byte[]> again = agency("GET", Edges.PERSON + GOOD_QUERY, "", "X-Road-Id", id);
        assertThat(text(again)).as("the first answer stands").isEqualTo(text(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Wasl-Purpose", "Wasl-Legal-Basis", "X-Road-Client"})
    void exchange_whenAHeaderIsMissing_isRefused(String header) throws Exception {
        problem(agency("GET", Edges.PERSON + GOOD_QUERY, "", header, ""), FaultCode.REQUEST_HEADER_MISSING);
    }

    @ParameterizedTest
    @CsvSource({
        "JO/GOV/DVLD/licensing, CLIENT_MISMATCH",
        "JO/GOV/PORTAL/composer, CLIENT_MISMATCH",
        "JO/GOV/MOJ/" + MARK + ", SUBSYSTEM_UNKNOWN",
        MARK + ", REQUEST_INVALID",
    })
    void exchange_whenTheClientIsAnother_isRefused(String client, FaultCode code) throws Exception {
        problem(agency("GET", Edges.PERSON + GOOD_QUERY, "", "X-Road-Client", client), code);
    }

    @Test
    void exchange_whenNoCertificateIsPresented_endsInTheHandshake() throws Exception {
        assertThatThrownBy(() -> edges.agency(edges.nobody(), "GET", Edges.PERSON + GOOD_QUERY))
                .isInstanceOf(IOException.class);
    }

    @Test
    void exchange_whenTheCertificateIsNoMembers_isRefused() throws Exception {
        problem(
                edges.agency(edges.stranger(), "GET", Edges.PERSON + GOOD_QUERY, "Accept-Language", "ar"),
                FaultCode.CERTIFICATE_UNKNOWN);
    }

    @Test
    void exchange_whenTheMethodIsWrong_isRefused() throws Exception {
        HttpResponse<byte[]> answer = agency("DELETE", Edges.PERSON + GOOD_QUERY, "");
        problem(answer, FaultCode.SERVICE_METHOD);
        assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
    }

    @Test
    void exchange_whenTheBodyIsBad_isRefused() throws Exception {
        problem(agency("POST", Edges.PERSON, MARK, "Content-Type", "text/plain"), FaultCode.REQUEST_MEDIA_TYPE);
        problem(
                agency("POST", Edges.PERSON, "<!DOCTYPE a><a>" + MARK + "</a>", "Content-Type", "application/xml"),
                FaultCode.REQUEST_DOCTYPE);
        problem(
                agency("POST", Edges.PERSON, " ".repeat(OVERSIZED), "Content-Type", "application/xml"),
                FaultCode.REQUEST_OVERSIZED);
        problem(agency("GET", Edges.PERSON + GOOD_QUERY, "", "Accept", "image/png"), FaultCode.REQUEST_NOT_ACCEPTABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/r1/JO/GOV/CSPD/registry/..%2f..%2f..%2fDVLD%2Ffines%2ffines-of-person",
                "/r1/JO/GOV/CSPD/registry/..%2F" + MARK,
                "/r1/JO/GOV/CSPD/%2e%2e/DVLD/fines/fines-of-person",
                "/r1/JO/GOV/CSPD/registry/%2e%2e/person-record",
                "/r1/JO/GOV/CSPD/registry/%252e%252e%252fperson-record",
                "/r1/JO/GOV/CSPD/registry/..%5cperson-record",
                "/r1/JO/GOV/CSPD/registry/..;/person-record",
                "/r1/JO/GOV/CSPD//registry/person-record",
                "/r1/JO/GOV/CSPD/registry/person-record%00",
                "/r1/../actuator/env",
                "/r1/JO/GOV/CSPD/registry/../../../../../composites",
            })
    void exchange_whenThePathLeavesItsPlace_isRefused(String path) throws Exception {
        String answer = edges.raw(
                Edges.COURT,
                "GET " + path + GOOD_QUERY + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Road-Client: JO/GOV/MOJ/case-system\r\n"
                        + "Wasl-Purpose: COURT_CASE\r\nWasl-Legal-Basis: JO-LAW-9-2001\r\nAccept-Language: ar\r\n"
                        + "Connection: close\r\n\r\n");
        rawProblem(answer, FaultCode.REQUEST_PATH_TRAVERSAL);
    }

    /** No HTTP server reads such a line, hence neither its headers: not in Arabic. */
    @Test
    void exchange_whenTheRequestLineIsNotHttp_isRefused() throws Exception {
        String answer = edges.raw(
                Edges.COURT,
                "GET /r1/JO/GOV/CSPD/registry\\..\\" + MARK
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        rawProblem(answer, FaultCode.REQUEST_MALFORMED, false);
    }

    @Test
    void portal_whenThePathLeavesItsPlace_isRefused() throws Exception {
        for (String path : List.of("/composites/..%2frequests", "/composites/%2e%2e/requests", "/composites/%252e/x")) {
            String answer = edges.raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                    + edges.bearer("officer") + "\r\nAccept-Language: ar\r\nConnection: close\r\n\r\n");
            rawProblem(answer, FaultCode.REQUEST_PATH_TRAVERSAL);
        }
    }

    // How it is asked, and what is checked

    private HttpResponse<byte[]> ask(String user, String path, String body, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of("Authorization", edges.bearer(user), "Accept-Language", "ar-JO"));
        if (!Arrays.asList(headers).contains("Content-Type")) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        if (user.equals("officer")) {
            all.addAll(List.of("Wasl-Case-Reference", "C-2026-17"));
        }
        all.addAll(List.of(headers));
        return edges.portal("POST", path, body, all.toArray(String[]::new));
    }

    private HttpResponse<byte[]> arabic(String user, String path) throws Exception {
        return edges.portal("GET", path, "", "Authorization", edges.bearer(user), "Accept-Language", "ar");
    }

    /** The court's case system asks; an empty header is left out. */
    private HttpResponse<byte[]> agency(String method, String path, String body, String... headers) throws Exception {
        Map<String, String> all = new TreeMap<>(Map.of(
                "X-Road-Client",
                "JO/GOV/MOJ/case-system",
                "X-Road-Issue",
                "C-2026-17",
                "Wasl-Purpose",
                "COURT_CASE",
                "Wasl-Legal-Basis",
                "JO-LAW-9-2001",
                "Accept-Language",
                "ar"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        all.values().removeIf(String::isEmpty);
        return edges.agency(
                Edges.COURT,
                method,
                path,
                body,
                all.entrySet().stream()
                        .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                        .toArray(String[]::new));
    }

    /** Refused by the exchange itself, hence in the log under its own id. */
    private void refused(String path, FaultCode code, String... headers) throws Exception {
        String id = UUID.randomUUID().toString();
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("X-Road-Id", id));
        problem(agency("GET", path, "", all.toArray(String[]::new)), code);
        expectLogged(code);
        loggedIds.add(id);
    }

    private void expectLogged(FaultCode code) {
        logged.merge(code.wireCode(), 1, Integer::sum);
    }

    private void problem(HttpResponse<byte[]> answer, FaultCode code) throws IOException {
        problem(answer, code, true);
    }

    private void problem(HttpResponse<byte[]> answer, FaultCode code, boolean arabic) throws IOException {
        assertThat(answer.headers().firstValue("Content-Type"))
                .as("%s %s", answer.request().uri().getPath(), text(answer))
                .contains("application/problem+json");
        assertThat(answer.headers().firstValue("Content-Language")).contains(arabic ? "ar" : "en");
        answer.headers().map().forEach((name, values) -> assertThat(values.toString())
                .as("header %s", name)
                .doesNotContain(MARK));
        document(text(answer), answer.statusCode(), code, arabic);
    }

    private void rawProblem(String answer, FaultCode code) throws IOException {
        rawProblem(answer, code, true);
    }

    private void rawProblem(String answer, FaultCode code, boolean arabic) throws IOException {
        assertThat(answer).startsWith("HTTP/1.1 " + code.httpStatus() + " ");
        int body = answer.indexOf("\r\n\r\n");
        assertThat(answer.substring(0, body)).contains("application/problem+json");
        String text = answer.substring(answer.indexOf('{', body), answer.lastIndexOf('}') + 1);
        document(text, code.httpStatus(), code, arabic);
    }

    private void document(String text, int status, FaultCode code, boolean arabic) throws IOException {
        problems++;
        JsonNode problem = JSON.readTree(text);
        assertThat(problem.path("code").asText()).as(text).isEqualTo(code.wireCode());
        assertThat(status).isEqualTo(code.httpStatus());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asText()).isEqualTo("urn:wasl:fault:" + code.wireCode());
        assertThat(problem.path("title").asText()).isEqualTo(arabic ? code.arabic() : code.english());
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThat(problem.path("leg").asText()).isNotBlank();
        assertThat(Arrays.stream(Stage.values()).map(Stage::wireName))
                .contains(problem.path("stage").asText());
        assertThat(problem.path("retryable").isBoolean()).isTrue();
        assertThat(problem.path("retryable").asBoolean()).isEqualTo(code.retryable());
        assertThat(text)
                .as("nothing of the input is echoed")
                .doesNotContain(MARK)
                .doesNotContain(Personas.FINED.nationalNumber())
                .doesNotContain(Personas.UNREGISTERED)
                .doesNotContain("passwd")
                .doesNotContain("root:");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
