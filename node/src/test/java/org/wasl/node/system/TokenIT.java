package org.wasl.node.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.population.Personas;
import org.wasl.node.system.WaslProcess.Ended;

/**
 * The whole exchange with message keys that never leave a PKCS#11 token, SoftHSM2's, set up by the very commands of
 * {@code docs/operations.md}. Skipped by name where softhsm2 is absent.
 */
@Tag("long")
class TokenIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECTION = "## Keys in a hardware module";
    private static final int EXCHANGES = 20;
    private static final Duration WARMING_UP = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @BeforeEach
    void softHsm() {
        Assumptions.assumeTrue(
                onPath("softhsm2-util") && onPath("openssl"), "keys in a token skipped: softhsm2 is absent");
    }

    @Test
    void exchanges_whenKeysNeverLeaveTheToken_areSignedAndVerified() throws Exception {
        setUp();
        Path data = folder.resolve("data");
        try (WaslProcess node = WaslProcess.up(data, List.of(0, 0, 0), environment())) {
            Edges edges = new Edges(node);
            for (int i = 0; i < EXCHANGES; i++) {
                assertThat(person(edges).statusCode()).isEqualTo(200);
            }
            // The first composite after a start may find a back-end that is still warming up, and says so.
            await("a complete answer")
                    .atMost(WARMING_UP)
                    .pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> {
                        JsonNode answer = clearance();
                        assertThat(answer.path("overall").asText()).isEqualTo("COMPLETE");
                        assertThat(answer.path("decision").asText()).isEqualTo("CLEAR");
                    });
            assertKeysAreInTheToken();
            assertThat(node.stop()).isIn(0, 143);
        }
        JsonNode log = JSON.readTree(run("log", "verify", "--json").output());
        assertThat(log.path("intact").asBoolean()).isTrue();
        assertThat(log.path("signaturesVerified").asInt()).isGreaterThanOrEqualTo(4 * EXCHANGES);
    }

    @Test
    void exchanges_whenTheTokenGoesAway_areRefusedWithACodeAndGoOnAfterARestart() throws Exception {
        setUp();
        Path data = folder.resolve("data");
        try (WaslProcess node = WaslProcess.up(data, List.of(0, 0, 0), environment())) {
            Edges edges = new Edges(node);
            assertThat(person(edges).statusCode()).isEqualTo(200);

            Path tokens = folder.resolve("token/tokens");
            Files.move(tokens, tokens.resolveSibling("away"));
            HttpResponse<byte[]> refused = person(edges);
            assertThat(refused.statusCode())
                    .as(new String(refused.body(), UTF_8))
                    .isEqualTo(503);
            assertThat(new String(refused.body(), UTF_8)).contains("wasl.key.unavailable");

            Files.move(tokens.resolveSibling("away"), tokens);
            node.kill();
        }
        try (WaslProcess node = WaslProcess.up(data, List.of(0, 0, 0), environment())) {
            assertThat(person(new Edges(node)).statusCode()).isEqualTo(200);
            assertThat(node.stop()).isIn(0, 143);
        }
    }

    private void assertKeysAreInTheToken() throws Exception {
        int messageKeys = 0;
        for (JsonNode key : JSON.readTree(run("keys", "list", "--json").output())) {
            if (List.of("CHECKPOINT", "WITNESS").contains(key.path("use").asText())) {
                continue;
            }
            assertThat(key.path("extractable").asBoolean(true))
                    .as(key.toString())
                    .isFalse();
            assertThat(key.path("state").asText()).as(key.toString()).isEqualTo("listed");
            assertThat(key.path("place").asText()).startsWith("token wasl");
            messageKeys += key.path("use").asText().equals("MESSAGE") ? 1 : 0;
        }
        assertThat(messageKeys).isGreaterThanOrEqualTo(5);
        try (Stream<Path> files = Files.walk(folder.resolve("data/keys"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("message") || name.startsWith("encryption"));
        }
        if (onPath("pkcs11-tool")) {
            String objects =
                    bash("pkcs11-tool --module \"$(sed -n 's/.*library: //p' data/wasl.yaml)\" --token-label wasl"
                            + " --login --pin \"$(cat data/secrets/token-pin)\" --list-objects --type privkey");
            assertThat(objects.lines().filter(line -> line.contains("Access:")))
                    .hasSizeGreaterThanOrEqualTo(messageKeys)
                    .allMatch(line -> line.contains("sensitive, always sensitive, never extractable, local"));
        }
    }

    private JsonNode clearance() throws Exception {
        String question = "nationalNumber=" + Personas.CLEAN.nationalNumber();
        Path data = folder.resolve("data");
        return JSON.readTree(WaslProcess.run(
                        environment(),
                        List.of(
                                "ask",
                                "general-clearance",
                                question,
                                "--as",
                                "citizen",
                                "--json",
                                "--data",
                                data.toString()))
                .output());
    }

    private static HttpResponse<byte[]> person(Edges edges) throws Exception {
        return edges.agency(
                Edges.COURT,
                "GET",
                Edges.PERSON + "?nationalNumber=" + Personas.CLEAN.nationalNumber(),
                "",
                "X-Road-Client",
                "JO/GOV/MOJ/case-system",
                "X-Road-Issue",
                "2026/17",
                "Wasl-Purpose",
                "COURT_CASE",
                "Wasl-Legal-Basis",
                "JO-LAW-9-2001");
    }

    /** Runs what operators are told to run: the first block of commands of the section. */
    private void setUp() throws Exception {
        String text = Files.readString(WaslProcess.ROOT.resolve("docs/operations.md"), UTF_8);
        String section = text.substring(text.indexOf(SECTION));
        String block = section.substring(section.indexOf("```bash\n") + "```bash\n".length());
        bash(block.substring(0, block.indexOf("```")));
    }

    private Map<String, String> environment() {
        return Map.of("SOFTHSM2_CONF", folder.resolve("token/softhsm2.conf").toString());
    }

    private Ended run(String... command) throws Exception {
        List<String> arguments = Stream.concat(
                        Stream.of(command),
                        Stream.of("--data", folder.resolve("data").toString()))
                .toList();
        Ended ended = WaslProcess.run(environment(), arguments);
        assertThat(ended.exitCode())
                .as("%s%n%s%n%s", arguments, ended.output(), ended.errors())
                .isZero();
        return ended;
    }

    private String bash(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euc", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("%s ends", script).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", script, output).isZero();
        return output;
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
