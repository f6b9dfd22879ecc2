package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.wasl.schemas.fault.FaultCode;

/**
 * No spelling of a path gets past an access rule: rules, agreements and handlers see the same path, decoded once and
 * normalised, and what could be read in two ways is refused before any of them.
 */
class PathTraversalTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GOOD_QUERY = "?nationalNumber=9870000001";
    private static final String[] COURT = {
        "X-Road-Client", "JO/GOV/MOJ/case-system", "Wasl-Purpose", "COURT_CASE", "Wasl-Legal-Basis", "JO-LAW-9-2001"
    };

    /** Ways to write "one up", or a separator that a rule might not see as one. */
    private static final List<String> SPELLINGS = List.of(
            "..",
            ".",
            "%2e%2e",
            "%2E%2e",
            ".%2e",
            "%2e.",
            "..%2f",
            "..%2F..%2f",
            "%2e%2e%2f",
            "..%5c",
            "%5c..",
            "%5C",
            "%2f",
            "..;",
            "..;x=y",
            "%2e%2e;x",
            "%2e%2e%3b",
            ";x=y",
            "x;y=..",
            "%252e%252e",
            "%252E%252E%252F",
            "..%252f",
            "..%255c",
            "%25252e",
            "%25%32%65%25%32%65",
            "%c0%ae%c0%ae",
            "%c0%ae%c0%ae%c0%af",
            "%c1%9c..",
            "%e0%80%ae%e0%80%ae",
            "%f0%80%80%ae",
            "%ef%bc%8e%ef%bc%8e",
            "%e2%80%a5",
            "..%00",
            "%00",
            "%0d%0a",
            "%0a..",
            "%7f",
            "...%2e//",
            "",
            "%u002e%u002e",
            "%zz",
            "%");

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

    static Stream<Arguments> agencyPaths() {
        return SPELLINGS.stream().flatMap(up -> Stream.of(
                        "/r1/JO/GOV/CSPD/registry/" + up + "/person-record",
                        "/r1/JO/GOV/DVLD/vehicles/" + up + "/" + up + "/CSPD/registry/person-record",
                        "/r1/JO/GOV/CSPD/" + up + "/registry/person-record",
                        "/openapi.json/" + up + "/r1/JO/GOV/CSPD/registry/person-record",
                        "/" + up + "/r1/JO/GOV/CSPD/registry/person-record")
                .map(Arguments::of));
    }

    @ParameterizedTest
    @MethodSource("agencyPaths")
    void ask_whateverTheSpelling_neverReachesTheExchange(String path) throws Exception {
        int before = edges.exchange.asked.size();

        String answer = agencies(path);

        assertRefused(path, answer);
        assertThat(edges.exchange.asked).as(path).hasSize(before);
    }

    static Stream<Arguments> portalPaths() {
        return SPELLINGS.stream().flatMap(up -> Stream.of(
                        "/requests/" + up + "/samples/agencies",
                        "/composites/" + up + "/samples/agencies",
                        "/openapi.json/" + up + "/samples/agencies",
                        "/" + up + "/samples/agencies",
                        "/composites/" + up + "/general-clearance")
                .map(Arguments::of));
    }

    @ParameterizedTest
    @MethodSource("portalPaths")
    void portal_whateverTheSpelling_reachesNothing(String path) throws Exception {
        int before = edges.composites.asked.size();

        String answer = portal("POST", path);

        assertRefused(path, answer);
        assertThat(answer).as(path).doesNotContain("\"agencies\"");
        assertThat(edges.composites.asked).as(path).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({
        "/r1/JO/GOV/CSPD/registry/%70erson-record",
        "/r1/JO/GOV/CSPD/registry/person%2Drecord/v1",
        "/r1/JO/GOV/CSPD/%72%65%67%69%73%74%72%79/person-record",
        "/%72%31/JO/GOV/CSPD/registry/person-record",
    })
    void ask_whenPlainLettersAreEncoded_isAskedForWhatTheyDecodeTo(String path) throws Exception {
        HttpResponse<String> response = edges.agency("GET", path + GOOD_QUERY, "", COURT);

        assertThat(JSON.readTree(response.body()).path("code").asText())
                .isEqualTo(FaultCode.RECORD_NOT_FOUND.wireCode());
        var asked = edges.exchange.asked.get(edges.exchange.asked.size() - 1);
        assertThat(asked.service()).isEqualTo(EdgeHarness.PERSON);
        assertThat(asked.parameters()).isEqualTo(Map.of("nationalNumber", "9870000001"));
    }

    @ParameterizedTest
    @CsvSource({
        "/samples/agencies",
        "/samples/agencie%73",
        "/%73amples/agencies",
        "/samples/%61%67%65%6e%63%69%65%73",
    })
    void portal_whenPlainLettersAreEncoded_isJudgedByTheRuleForWhatTheyDecodeTo(String path) throws Exception {
        assertThat(code(edges.portal("GET", path, "", "Authorization", edges.bearer("officer"))))
                .isEqualTo(FaultCode.ACCESS_DENIED.wireCode());
        assertThat(code(edges.portal("GET", path, ""))).isEqualTo(FaultCode.UNAUTHENTICATED.wireCode());
    }

    @Test
    void inputs_whenTheQueryStringIsEncodedTwice_areDecodedOnce() throws Exception {
        edges.agency("GET", "/r1/JO/GOV/CSPD/registry/person-record?nationalNumber=%2539870000001", "", COURT);

        var asked = edges.exchange.asked.get(edges.exchange.asked.size() - 1);
        assertThat(asked.parameters().get("nationalNumber")).isEqualTo("%39870000001");
    }

    private static String code(HttpResponse<String> response) throws IOException {
        return JSON.readTree(response.body()).path("code").asText();
    }

    private static void assertRefused(String path, String answer) throws IOException {
        assertThat(answer).as(path).startsWith("HTTP/1.1 4").contains("application/problem+json");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        String json = body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1);
        assertThat(JSON.readTree(json).path("code").asText())
                .as("%s: %s", path, json)
                .isIn(
                        FaultCode.REQUEST_PATH_TRAVERSAL.wireCode(),
                        FaultCode.REQUEST_MALFORMED.wireCode(),
                        FaultCode.RESOURCE_NOT_FOUND.wireCode());
    }

    private static String agencies(String path) throws Exception {
        try (Socket socket = edges.client(EdgeHarness.COURT.member())
                .getSocketFactory()
                .createSocket("127.0.0.1", edges.agencyPort())) {
            StringBuilder request = new StringBuilder("GET " + path + GOOD_QUERY + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
            for (int i = 0; i < COURT.length; i += 2) {
                request.append(COURT[i]).append(": ").append(COURT[i + 1]).append("\r\n");
            }
            return exchange(socket, request.append("Connection: close\r\n\r\n").toString());
        }
    }

    private static String portal(String method, String path) throws Exception {
        String body = "{\"nationalNumber\":\"9870000001\"}";
        try (Socket socket = new Socket("127.0.0.1", edges.portalPort())) {
            return exchange(
                    socket,
                    method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: " + edges.bearer("officer")
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                            + "\r\nConnection: close\r\n\r\n" + body);
        }
    }

    private static String exchange(Socket socket, String request) throws IOException {
        socket.setSoTimeout(15_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
