package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.wasl.agencies.population.Personas;
import org.wasl.node.data.DataDirectory;

/**
 * What a node that logs everything writes where an operator reads: no secret of its data directory, no token, no key, no
 * person's number; and nothing that a caller sent can pass for a line of the log.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LEAST_SECRET = 12;
    private static final String FORGED = "forged-by-a-caller";
    /** What ends a line or steers a terminal, percent-encoded where it must be. */
    private static final String INJECTION =
            "%0d%0a%7b%22log.level%22%3a%22ERROR%22%2c%22message%22%3a%22" + FORGED + "%22%7d%0a%1b%5b31m%00%e2%80%ae";

    private Path data;
    /** Secrets by where they come from. */
    private final Map<String, String> secrets = new LinkedHashMap<>();
    /** What an operator, or a caller, gets to see, by where. */
    private final Map<String, String> seen = new TreeMap<>();

    @BeforeAll
    void useEverythingAtDebugLevel() throws Exception {
        data = Files.createTempDirectory("wasl-secrets");
        DataDirectory directory = new DataDirectory(data);
        directory.create();
        Files.writeString(data.resolve("wasl.yaml"), """
                wasl:
                  samples:
                    families: 60
                logging:
                  level:
                    root: debug
                    org.wasl: trace
                """);
        try (WaslProcess node = WaslProcess.up(data)) {
            Edges edges = new Edges(node);
            askWell(edges);
            audit(edges);
            askBadly(edges, node);
            node.stop();
            seen.put("standard output and error", node.said());
        }
        collectSecrets(directory);
        try (Stream<Path> logs = Files.list(data)) {
            for (Path log : logs.filter(path -> path.getFileName().toString().startsWith("node.log"))
                    .toList()) {
                seen.put(log.getFileName().toString(), text(log));
            }
        }
    }

    @AfterAll
    void clean() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private void askWell(Edges edges) throws Exception {
        for (String user : List.of("citizen", "officer", "operator", "auditor")) {
            secrets.put("token of " + user, edges.bearer(user).substring("Bearer ".length()));
        }
        String person = Personas.CLEAN.nationalNumber();
        for (String service : List.of("general-clearance", "no-conviction-certificate")) {
            for (String user : List.of("citizen", "officer")) {
                HttpResponse<byte[]> answer = edges.portal(
                        "POST",
                        "/composites/" + service,
                        "{\"nationalNumber\":\"" + person + "\"}",
                        "Authorization",
                        edges.bearer(user),
                        "Content-Type",
                        "application/json",
                        "Wasl-Case-Reference",
                        "case-1");
                assertThat(answer.statusCode()).as(user).isBetween(200, 299);
            }
        }
        assertThat(edges.agency(
                                Edges.COURT,
                                "GET",
                                Edges.PERSON + "/v1?nationalNumber=" + person,
                                "",
                                "X-Road-Client",
                                "JO/GOV/MOJ/case-system",
                                "Wasl-Purpose",
                                "COURT_CASE",
                                "Wasl-Legal-Basis",
                                "JO-LAW-9-2001",
                                "X-Road-Issue",
                                "case-1")
                        .statusCode())
                .isEqualTo(200);
    }

    private void audit(Edges edges) throws Exception {
        String person = Personas.CLEAN.nationalNumber();
        HttpResponse<byte[]> search = edges.portal(
                "POST",
                "/audit/searches",
                "{\"reason\":\"complaint 17 of 2026\",\"subject\":\"" + person + "\"}",
                "Authorization",
                edges.bearer("auditor"),
                "Content-Type",
                "application/json");
        assertThat(search.statusCode()).isEqualTo(200);
        seen.put("an auditor's search", new String(search.body(), StandardCharsets.UTF_8));
        JsonNode leaf = JSON.readTree(search.body()).path("leaves").get(0);
        HttpResponse<byte[]> history = edges.portal(
                "GET",
                leaf.path("request").asText(),
                "",
                "Authorization",
                edges.bearer("auditor"),
                "Wasl-Audit-Reason",
                "complaint 17 of 2026");
        assertThat(history.statusCode()).isEqualTo(200);
        seen.put("a request's history", new String(history.body(), StandardCharsets.UTF_8));
        HttpResponse<byte[]> opened = edges.portal(
                "GET",
                "/containers/" + leaf.path("messageId").asText(),
                "",
                "Authorization",
                edges.bearer("auditor"),
                "Wasl-Break-Glass",
                "complaint 17 of 2026");
        assertThat(opened.statusCode()).isEqualTo(200);
        HttpResponse<byte[]> usage = edges.get("citizen", "/v2/findUsage");
        assertThat(usage.statusCode()).isEqualTo(200);
        seen.put("a person's list", new String(usage.body(), StandardCharsets.UTF_8));
        keep(
                "bad search",
                edges.portal(
                        "POST",
                        "/audit/searches",
                        "{\"reason\":\"complaint 17 of 2026\",\"subject\":\"" + person + "\" \"" + FORGED,
                        "Authorization",
                        edges.bearer("auditor"),
                        "Content-Type",
                        "application/json"));
        keep("another's list", edges.get("citizen", "/v2/findUsage?userCode=" + person));
    }

    private void askBadly(Edges edges, WaslProcess node) throws Exception {
        String forged = "eyJhbGciOiJub25lIn0." + "c2VjcmV0LXRva2Vu".repeat(4) + ".";
        secrets.put("a forged token", forged);
        String person = Personas.CLEAN.nationalNumber();
        keep("forged token", edges.portal("GET", "/requests/1", "", "Authorization", "Bearer " + forged));
        keep(
                "bad body",
                edges.portal(
                        "POST",
                        "/composites/general-clearance",
                        "{\"nationalNumber\":\"" + person + "\",",
                        "Authorization",
                        edges.bearer("officer"),
                        "Content-Type",
                        "application/json"));
        for (String path :
                List.of("/" + INJECTION, "/composites/" + INJECTION, "/requests/" + INJECTION, "/requests/" + person)) {
            keep(path, edges.portal("GET", path, "", "Authorization", edges.bearer("officer")));
        }
        for (String path : List.of(
                Edges.PERSON + "/v1?nationalNumber=" + INJECTION,
                Edges.PERSON + "/v1?" + INJECTION + "=1",
                "/r1/JO/GOV/CSPD/registry/" + INJECTION,
                Edges.PERSON + "/v1?nationalNumber=" + person + "x")) {
            keep(path, edges.agency(Edges.COURT, "GET", path, "", "X-Road-Client", "JO/GOV/MOJ/case-system"));
        }
        edges.raw("GET / HTTP/1.1\r\nHost: x\r\nX-Road-Id: a\u001b[31m\n" + FORGED + "\r\nConnection: close\r\n\r\n");
        edges.raw("GET /\u0007" + FORGED + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        secrets.put("a wrong password", "not-the-password-of-anybody");
        String form = "username=" + URLEncoder.encode("officer\r\n" + FORGED, StandardCharsets.UTF_8)
                + "&password=not-the-password-of-anybody";
        HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.state().portalUrl() + "/login"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
    }

    private void keep(String what, HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(what).isBetween(400, 499);
        seen.put("problem: " + what, new String(answer.body(), StandardCharsets.UTF_8));
    }

    private void collectSecrets(DataDirectory directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory.secrets())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = "secrets/" + file.getFileName();
                byte[] octets = Files.readAllBytes(file);
                if (name.endsWith("json") || name.endsWith("jwk")) {
                    values(name, JSON.readTree(octets));
                } else {
                    secret(name, new String(octets, StandardCharsets.UTF_8));
                    secrets.put(
                            name + " in base 64",
                            Base64.getEncoder().withoutPadding().encodeToString(octets));
                }
            }
        }
        try (Stream<Path> files = Files.walk(directory.clients())) {
            for (Path file : files.filter(path -> path.endsWith("key.pem")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (!line.startsWith("-----")) {
                        secret("clients/" + file.getParent().getFileName() + "/key.pem", line);
                    }
                }
            }
        }
        for (Personas persona : Personas.values()) {
            secrets.put("number of " + persona, persona.nationalNumber());
        }
        assertThat(secrets).hasSizeGreaterThan(40);
    }

    private void values(String name, JsonNode node) {
        if (node.isTextual()) {
            secret(name, node.asText());
        }
        if (name.endsWith("jwk")) {
            // The other members of a key are public.
            secrets.put(name, node.findValue("d").asText());
            return;
        }
        node.properties().forEach(entry -> values(name + ":" + entry.getKey(), entry.getValue()));
    }

    private void secret(String name, String value) {
        if (value.strip().length() >= LEAST_SECRET) {
            secrets.put(name, value.strip());
        }
    }

    /** Where which secret stands, in words that repeat none. */
    private static List<String> leaks(Map<String, String> secrets, Map<String, String> seen) {
        List<String> leaks = new ArrayList<>();
        seen.forEach((where, text) -> secrets.forEach((name, secret) -> {
            int at = text.indexOf(secret);
            if (at >= 0) {
                leaks.add(name + " in " + where + " by " + logger(text, at));
            }
        }));
        return leaks;
    }

    private static String logger(String text, int at) {
        int begin = text.lastIndexOf('\n', at) + 1;
        int logger = text.indexOf("\"logger\":\"", begin);
        return logger < 0 ? "?" : text.substring(logger, Math.min(text.length(), logger + 90));
    }

    private static String text(Path log) throws IOException {
        byte[] octets = Files.readAllBytes(log);
        if (log.toString().endsWith(".gz")) {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(octets))) {
                octets = in.readAllBytes();
            }
        }
        return new String(octets, StandardCharsets.UTF_8);
    }

    @Test
    void logsAndProblems_atDebugLevel_holdNoSecretAndNoPersonsNumber() {
        assertThat(seen.values().stream().mapToInt(String::length).sum()).isGreaterThan(100_000);
        assertThat(leaks(secrets, seen)).isEmpty();
    }

    @Test
    void logsAndProblems_atDebugLevel_holdNoJsonWebToken() {
        assertThat(seen).allSatisfy((where, text) -> assertThat(text)
                .as(where)
                .doesNotContainPattern("eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}")
                .doesNotContain("BEGIN PRIVATE KEY"));
    }

    @Test
    void scan_whenASecretIsPlanted_findsIt() {
        assertThat(secrets).allSatisfy((name, secret) -> assertThat(
                        leaks(Map.of(name, secret), Map.of("planted", "a line that says " + secret + ".")))
                .hasSize(1));
    }

    @Test
    void files_beyondThoseForKeys_holdNoSecretOfTheNode() throws Exception {
        Map<String, String> nodesOwn = new LinkedHashMap<>(secrets);
        nodesOwn.keySet().removeIf(name -> name.startsWith("number of") || name.startsWith("a "));
        List<String> leaks = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = data.relativize(file).toString();
                if (name.startsWith("secrets") || name.startsWith("clients") || name.startsWith("node.log")) {
                    continue;
                }
                String octets = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                nodesOwn.forEach((secret, value) -> {
                    if (octets.contains(value)) {
                        leaks.add(secret + " in " + name);
                    }
                });
            }
        }
        assertThat(leaks).isEmpty();
    }

    @Test
    void log_whateverCallersSend_isOneObjectALine() throws Exception {
        int lines = 0;
        for (Map.Entry<String, String> log : seen.entrySet()) {
            if (!log.getKey().startsWith("node.log")) {
                continue;
            }
            for (String line : log.getValue().split("\n")) {
                lines++;
                assertThat(line).as(log.getKey()).doesNotContainPattern("[\\x00-\\x08\\x0b-\\x1f\\x7f]");
                JsonNode entry = JSON.readTree(line);
                assertThat(entry.path("@timestamp").asText()).as(line).isNotBlank();
                assertThat(entry.path("message").asText()).isNotEqualTo(FORGED);
            }
        }
        assertThat(lines).isGreaterThan(500);
        assertThat(seen.get("standard output and error")).doesNotContain(FORGED);
    }
}
