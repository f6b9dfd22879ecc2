package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.population.Personas;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.NodeState;
import org.wasl.node.data.RegistryState;
import org.wasl.node.system.WaslProcess.Ended;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.RegistryAuthority;
import org.wasl.security.authority.SigningOutcome;
import org.wasl.security.authority.SigningTerms;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.registry.RegistryPublication;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.SignedRegistry;

/**
 * A node that holds no authority's key: its registry is made, signed and published elsewhere, by the commands that the
 * manual shows, while it runs and is asked.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RegistryIT {

    private static final RegistryXml XML = new RegistryXml(SchemaCatalogue.load());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int VERSIONS = 20;
    private static final String[] ALLOWED = {
        "X-Road-Client", "JO/GOV/MOJ/case-system",
        "X-Road-UserId", "judge-1",
        "X-Road-Issue", "case-2026-1",
        "Wasl-Purpose", "COURT_CASE",
        "Wasl-Legal-Basis", "JO-LAW-9-2001"
    };

    @TempDir
    private static Path root;

    private static WaslProcess node;
    private static Edges edges;
    private static Path desk;
    private static Path passwordFile;
    private static RegistryAuthority authority;
    private static RegistryPublication publication;

    @BeforeAll
    static void startANodeWithoutAuthority() throws Exception {
        Path data = Files.createDirectories(root.resolve("data"));
        TrustFiles files = new TrustFiles(data);
        new DemoAuthority(files, XML, DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC())
                .establish(DemoRegistry.draft(Packs.shipped()));
        removeAuthority(data);
        desk = root.resolve("authority");
        passwordFile = root.resolve("password");
        wasl("init", "--password-file", passwordFile.toString());
        wasl("edit", "--file", files.registry().resolve("registry.xml").toString());
        wasl("sign", "--password-file", passwordFile.toString());
        Files.copy(
                desk.resolve("registry-authority.pem"),
                files.authorityCertificate(),
                StandardCopyOption.REPLACE_EXISTING);
        wasl("publish", "--data", data.toString());
        Files.writeString(
                data.resolve("wasl.yaml"),
                "wasl:\n  trust:\n    demo-authority: false\n  samples:\n    families: 60\n",
                StandardCharsets.UTF_8);
        node = WaslProcess.up(data);
        edges = new Edges(node);
        authority = new RegistryAuthority(desk);
        publication =
                new RegistryPublication(files.registrySource(Duration.ofSeconds(1)), authority.certificate(), XML);
    }

    @AfterAll
    static void stop() throws Exception {
        if (node != null) {
            try (WaslProcess ending = node) {
                ending.stop();
            }
        }
    }

    /** All private keys of authorities, and what opened them. */
    private static void removeAuthority(Path data) throws IOException {
        List<Path> gone = new ArrayList<>();
        try (Stream<Path> keys = Files.list(data.resolve("authority"))) {
            keys.filter(file -> !file.toString().endsWith(".pem")).forEach(gone::add);
        }
        try (Stream<Path> secrets = Files.list(data.resolve("secrets"))) {
            secrets.filter(file -> file.getFileName().toString().startsWith("authority-"))
                    .forEach(gone::add);
        }
        for (Path file : gone) {
            Files.delete(file);
        }
    }

    @Test
    @Order(1)
    void node_withoutAnyAuthoritysKey_runsOnARegistrySignedElsewhere() throws Exception {
        assertThat(ask().statusCode()).isEqualTo(200);

        try (Stream<Path> all = Files.walk(node.directory().root())) {
            assertThat(all.filter(file -> file.toString().endsWith(".p12")))
                    .noneMatch(file -> file.getParent().endsWith("authority"));
        }
        assertThat(registry().state()).isEqualTo("CURRENT");
        assertThat(health().path("status").asText()).isEqualTo("UP");
    }

    @Test
    @Order(2)
    void requests_whileNewVersionsArePublished_loseNone() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        List<Future<List<String>>> refusals = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            refusals.add(callers.submit(() -> {
                List<String> refused = new ArrayList<>();
                while (!stop.get()) {
                    HttpResponse<byte[]> answer = ask();
                    if (answer.statusCode() == 200) {
                        answered.incrementAndGet();
                    } else {
                        refused.add(new String(answer.body(), StandardCharsets.UTF_8));
                    }
                }
                return refused;
            }));
        }
        long slowest = 0;
        for (int i = 0; i < VERSIONS; i++) {
            long version = publishNext(Duration.ofDays(30), Duration.ZERO);
            long begun = System.nanoTime();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> publication.acceptedVersion() == version);
            slowest = Math.max(slowest, System.nanoTime() - begun);
        }
        stop.set(true);
        callers.shutdown();
        for (Future<List<String>> refused : refusals) {
            assertThat(refused.get()).isEmpty();
        }
        assertThat(answered.get()).isGreaterThan(VERSIONS);
        // Within a second on a machine of its own; here others build beside it.
        assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    @Order(3)
    void agreement_whenRemovedByTheCommands_isRefusedAtOnce() throws Exception {
        byte[] before = authority.readDraft();
        wasl(
                "edit",
                "set",
                "agreement",
                courtAgreement(),
                "validTo=" + Instant.now().minusSeconds(1).toString());
        Ended diff = wasl("diff", "--data", node.directory().root().toString());
        assertThat(diff.output()).contains("Agreement " + courtAgreement()).contains("validTo was");
        wasl("sign", "--password-file", passwordFile.toString());
        Ended published = wasl("publish", "--data", node.directory().root().toString(), "--json");
        assertThat(JSON.readTree(published.output()).path("inForce").asBoolean())
                .isTrue();

        HttpResponse<byte[]> refused = ask();
        assertThat(refused.statusCode()).isEqualTo(403);

        authority.writeDraft(before);
        long version = publishNext(Duration.ofDays(30), Duration.ZERO);
        await().atMost(PATIENCE).until(() -> publication.acceptedVersion() == version);
        assertThat(ask().statusCode()).isEqualTo(200);
    }

    @Test
    @Order(4)
    void registry_whenAnotherSignedIt_isRefusedAndAlarmed() throws Exception {
        RegistryAuthority stranger = new RegistryAuthority(root.resolve("stranger"));
        stranger.create("JO", "a stranger's password", authority.readDraft(), Clock.systemUTC());
        long version = registry().version();
        stranger.sign(
                XML,
                new SigningTerms(OptionalLong.of(version + 100), Duration.ofDays(1), Optional.empty()),
                "a stranger's password",
                Instant.now());
        Ended refused = WaslProcess.run(
                "registry",
                "publish",
                "--authority",
                root.resolve("stranger").toString(),
                "--data",
                node.directory().root().toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors()).contains("wasl.registry.invalid");
        SignedRegistry good = SignedRegistry.read(node.directory().root().resolve("registry"));

        // By whoever can write there all the same.
        stranger.signed().orElseThrow().write(node.directory().root().resolve("registry"));

        await().atMost(PATIENCE)
                .until(() -> "wasl.registry.invalid".equals(registry().refused()));
        assertThat(health().path("status").asText()).isEqualTo("DEGRADED");
        assertThat(health().path("components")
                        .path("registry")
                        .path("details")
                        .path("refused")
                        .asText())
                .isEqualTo("wasl.registry.invalid");
        assertThat(management("/actuator/metrics/wasl.registry.refused?tag=code:wasl.registry.invalid")
                        .path("measurements")
                        .get(0)
                        .path("value")
                        .asDouble())
                .isPositive();
        assertThat(Files.readString(node.directory().processLog(), StandardCharsets.UTF_8))
                .contains("a registry is refused: wasl.registry.invalid")
                .contains("\"wasl.registry.refused\"");
        Ended shown = WaslProcess.run(
                "registry", "show", "--data", node.directory().root().toString());
        assertThat(shown.exitCode()).isEqualTo(1);
        assertThat(shown.output()).contains("The node refuses it [wasl.registry.invalid]");
        assertThat(registry().version()).isEqualTo(version);
        assertThat(ask().statusCode()).isEqualTo(200);

        good.write(node.directory().root().resolve("registry"));
        await().atMost(PATIENCE).until(() -> registry().refused() == null);
        assertThat(health().path("status").asText()).isEqualTo("UP");
    }

    @Test
    @Order(5)
    void registry_whenRolledBack_isRefusedAndAlarmed() throws Exception {
        SignedRegistry older = authority.signed().orElseThrow();
        long version = publishNext(Duration.ofDays(30), Duration.ZERO);
        await().atMost(PATIENCE).until(() -> registry().version() == version);

        older.write(node.directory().root().resolve("registry"));

        await().atMost(PATIENCE)
                .until(() -> "wasl.registry.rollback".equals(registry().refused()));
        assertThat(registry().version()).isEqualTo(version);
        assertThat(ask().statusCode()).isEqualTo(200);
    }

    /** Last: after it, nothing is answered. */
    @Test
    @Order(6)
    void registry_whenItExpires_servesThroughItsGraceAndNoLonger() throws Exception {
        Duration life = Duration.ofSeconds(8);
        Duration grace = Duration.ofSeconds(25);
        long version = publishNext(life, grace);
        await().atMost(PATIENCE).until(() -> registry().version() == version);

        await().atMost(PATIENCE).until(() -> "GRACE".equals(registry().state()));
        assertThat(ask().statusCode()).isEqualTo(200);
        assertThat(health().path("status").asText()).isEqualTo("DEGRADED");
        assertThat(WaslProcess.run(
                                "registry",
                                "show",
                                "--data",
                                node.directory().root().toString())
                        .output())
                .contains("in its grace");

        await().atMost(life.plus(grace).plus(PATIENCE))
                .until(() -> "EXPIRED".equals(registry().state()));
        HttpResponse<byte[]> refused = ask();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(refused.body()).path("code").asText()).isEqualTo("wasl.registry.expired");
    }

    private static String courtAgreement() throws Exception {
        return XML.examineDraft(authority.readDraft()).registry().orElseThrow().agreements().stream()
                .filter(agreement -> agreement.consumer().toString().equals("JO/GOV/MOJ/case-system")
                        && agreement.service().code().equals("person-record"))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static long publishNext(Duration life, Duration grace) throws Exception {
        SigningOutcome outcome = authority.sign(
                XML,
                new SigningTerms(OptionalLong.empty(), life, Optional.of(grace)),
                Files.readString(passwordFile, StandardCharsets.UTF_8).strip(),
                Instant.now());
        assertThat(outcome).isInstanceOf(SigningOutcome.Signed.class);
        assertThat(publication.publish(authority.signed().orElseThrow(), Instant.now()))
                .isEmpty();
        return ((SigningOutcome.Signed) outcome).registry().version();
    }

    private static HttpResponse<byte[]> ask() throws Exception {
        return edges.agency(
                Edges.COURT, "GET", Edges.PERSON + "?nationalNumber=" + Personas.CLEAN.nationalNumber(), "", ALLOWED);
    }

    private static RegistryState registry() throws IOException {
        return NodeState.running(new DataDirectory(node.directory().root()))
                .map(NodeState::registry)
                .orElseThrow();
    }

    private static JsonNode health() throws Exception {
        return management("/actuator/health");
    }

    private static JsonNode management(String path) throws Exception {
        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.state().managementUrl() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        return JSON.readTree(response.body());
    }

    /** Runs a registry command that must do what it is asked. */
    private static Ended wasl(String command, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("registry", command, "--authority", desk.toString()));
        arguments.addAll(List.of(more));
        Ended ended = WaslProcess.run(Map.of(), arguments);
        assertThat(ended.exitCode()).as("%s: %s", arguments, ended.errors()).isZero();
        return ended;
    }
}
