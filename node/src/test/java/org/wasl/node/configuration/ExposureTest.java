package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.node.edge.problem.SecurityHeaders;
import org.wasl.screens.frame.ScreenPolicy;

/** What the node shows to whoever knocks, and how long it lets them take. */
class ExposureTest {

    private static final String PERSON = "/r1/JO/GOV/CSPD/registry/person-record/v1";
    private static final int SLOW_CALLERS = 40;

    @TempDir
    static Path root;

    private static EdgeHarness edges;

    @BeforeAll
    static void start() throws Exception {
        edges = new EdgeHarness(root, "--wasl.edge.head-timeout=1s");
    }

    @AfterAll
    static void stop() {
        edges.close();
    }

    // Headers

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openapi.json",
                "/composites",
                "/nothing/here",
                "/error",
                "/.well-known/openid-configuration",
                "/oauth2/authorize?response_type=code",
                "/oauth2/jwks",
                "/login",
                "/a/%2e%2e/b",
                "/log/checkpoint",
                "/log/tile/0/000",
                "/log/tile/entries/000",
            })
    void answer_whateverItIs_carriesTheSecurityHeaders(String path) throws Exception {
        assertHeaders(edges.portal("GET", path, ""), "/login".equals(path));
    }

    @Test
    void answer_whenItIsARefusalBeforeAllElse_carriesTheSecurityHeaders() throws Exception {
        assertHeaders(edges.portal("POST", "/composites/x", "x".repeat(10_000)), false);
    }

    @Test
    void answer_ofTheAgenciesEdge_carriesTheSecurityHeadersAndInsistsOnTls() throws Exception {
        HttpResponse<String> answer = edges.agency("GET", PERSON, "");
        assertHeaders(answer, false);
        assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                .contains("max-age=63072000 ; includeSubDomains");
    }

    @Test
    void answer_ofTheManagementPort_carriesTheSecurityHeaders() throws Exception {
        assertHeaders(edges.management("/actuator/health"), false);
        assertHeaders(edges.management("/actuator/env"), false);
    }

    private static void assertHeaders(HttpResponse<String> answer, boolean page) {
        SecurityHeaders.ALWAYS.forEach(
                (name, value) -> assertThat(answer.headers().allValues(name))
                        .as("%s of %s", name, answer.uri())
                        .containsExactly(value));
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .as("policy of %s", answer.uri())
                .containsExactly(page ? ScreenPolicy.CONTENT : SecurityHeaders.DATA_POLICY);
        assertThat(answer.headers().firstValue("Server")).isEmpty();
        assertThat(answer.headers().firstValue("X-Powered-By")).isEmpty();
        if (!answer.uri().getPath().startsWith("/oauth2/jwks")
                && !answer.uri().getPath().startsWith("/.well-known")) {
            assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                    .as("caching of %s", answer.uri())
                    .contains("no-store");
        }
    }

    // What is not shown

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env",
                "beans",
                "heapdump",
                "threaddump",
                "loggers",
                "shutdown",
                "jolokia",
                "configprops",
                "mappings",
                "conditions",
                "httpexchanges",
                "caches",
                "scheduledtasks",
                "sessions",
                "startup",
                "sbom",
                "info",
                "logfile",
                "auditevents",
                "flyway",
                "liquibase",
                "refresh",
                "gateway/routes",
                "camel",
                "hawtio"
            })
    void management_beyondHealthAndMetrics_isNowhere(String endpoint) throws Exception {
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (String path : List.of("/actuator/" + endpoint, "/" + endpoint, "/manage/" + endpoint)) {
            answers.add(edges.management(path));
            answers.add(edges.portal("GET", path, ""));
            answers.add(edges.portal("POST", path, "{}", "Authorization", edges.bearer("operator")));
            answers.add(edges.agency("GET", path, ""));
        }
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.statusCode()).as("%s", answer.uri()).isBetween(400, 499));
    }

    @Test
    void health_andMetrics_areOnTheirOwnPortOnly() throws Exception {
        for (String path : List.of("/actuator", "/actuator/health", "/actuator/metrics", "/actuator/prometheus")) {
            assertThat(edges.portal("GET", path, "").statusCode()).isBetween(400, 499);
            assertThat(edges.agency("GET", path, "").statusCode()).isBetween(400, 499);
        }
        // What is unwell is said there, but nothing of the machine: no path, no disk.
        assertThat(edges.management("/actuator/health").body())
                .startsWith("{\"status\":\"UP\"")
                .contains("\"registry\"")
                .doesNotContain("path")
                .doesNotContain("disk");
        assertThat(edges.management("/actuator").statusCode()).isBetween(400, 499);
    }

    // Object streams

    @ParameterizedTest
    @ValueSource(strings = {"application/x-java-serialized-object", "application/octet-stream", "application/json"})
    void body_whenItIsAnObjectStream_isRefused(String type) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(octets)) {
            stream.writeObject(new ArrayList<>(List.of("gadget")));
        }
        int asked = edges.exchange.asked.size();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + edges.portalPort() + "/composites/anything"))
                                .timeout(Duration.ofSeconds(20))
                                .header("Authorization", edges.bearer("officer"))
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(octets.toByteArray()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(edges.exchange.asked).hasSize(asked);
    }

    // Slow callers

    @Test
    void callers_whenTheyDripTheirHeaders_areCutOffAndKeepNobodyOut() throws Exception {
        List<Socket> slow = new ArrayList<>();
        AtomicInteger dripping = new AtomicInteger(SLOW_CALLERS);
        try {
            for (int i = 0; i < SLOW_CALLERS; i++) {
                boolean secured = i % 2 == 0;
                Socket socket = secured
                        ? edges.client(EdgeHarness.COURT.member())
                                .getSocketFactory()
                                .createSocket("127.0.0.1", edges.agencyPort())
                        : new Socket("127.0.0.1", edges.portalPort());
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: localhost\r\nX-".getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                slow.add(socket);
            }
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        // One octet now and then is what Tomcat's own timeout never minds.
                        slow.removeIf(socket -> !drips(socket, dripping));
                        assertThat(edges.portal("GET", "/openapi.json", "").statusCode())
                                .isEqualTo(200);
                        return dripping.get() == 0;
                    });
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        assertThat(edges.agency("GET", "/openapi.json", "").statusCode()).isEqualTo(200);
    }

    @Test
    void caller_whenItStallsTheHandshake_isCutOff() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", edges.agencyPort())) {
            // The first octets of a TLS record that never comes.
            socket.getOutputStream().write(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01});
            socket.setSoTimeout(100);
            await().atMost(Duration.ofSeconds(20)).until(() -> ended(socket));
        }
    }

    private static boolean drips(Socket socket, AtomicInteger dripping) {
        try {
            socket.getOutputStream().write('x');
            socket.getOutputStream().flush();
            socket.setSoTimeout(1);
            if (ended(socket)) {
                dripping.decrementAndGet();
                socket.close();
                return false;
            }
            return true;
        } catch (IOException cut) {
            dripping.decrementAndGet();
            return false;
        }
    }

    private static boolean ended(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
