package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.population.Personas;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.publication.CheckpointPublisher;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.FreePorts;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryFiles;

/** A whole node whose log is witnessed by its members and by two processes of others. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EvidenceIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOAD = Duration.ofSeconds(12);

    @TempDir
    static Path root;

    private static DataDirectory directory;
    private static NodeProcess process;
    private static RunningNode node;
    private static ForeignAuditor auditor;
    private static List<Integer> ports;
    private static WitnessProcess court;
    private static WitnessProcess office;

    @BeforeAll
    static void start() throws Exception {
        directory = RunningNode.smallDirectory(root.resolve("data"));
        process = NodeProcess.start(RunningNode.settings(directory));
        node = new RunningNode(directory, process.state());
        auditor = new ForeignAuditor(process.state().portalUrl() + "/log");
        ports = FreePorts.find(2);
        court = witness("court", 0);
        office = witness("audit-office", 1);
        int members = registry().witnesses().size();
        // All members but the portal itself witness its log, and two from outside: nobody can be missing.
        int quorum = members - 1 + 2;
        EvidenceFixture.edit(
                directory,
                EvidenceFixture.evidence(
                        quorum,
                        "PT3S",
                        "PT8S",
                        court.told().path("registryElement").asText()
                                + office.told().path("registryElement").asText()));
        await().atMost(PATIENCE).until(() -> registry().witnesses().size() == members + 2);
        await().atMost(PATIENCE)
                .until(() -> publisher().state().cosigners().size() == quorum
                        && publisher().closed().isEmpty());
    }

    @AfterAll
    static void stop() throws Exception {
        process.close();
        for (WitnessProcess witness : List.of(court, office)) {
            witness.close();
        }
    }

    private static WitnessProcess witness(String name, int port) throws Exception {
        TrustFiles files = new TrustFiles(directory.root());
        return WitnessProcess.start(
                root.resolve(name),
                name + ".example/witness",
                ports.get(port),
                files.registry(),
                files.authorityCertificate());
    }

    private static Registry registry() {
        return process.part(RegistryFiles.class).get();
    }

    private static CheckpointPublisher publisher() {
        return process.part(CheckpointPublisher.class);
    }

    private static ForeignAuditor.Seen checkpoint() throws Exception {
        PublicKey log = EvidenceFixture.logKey(registry()).key();
        return auditor.checkpoint(log, EvidenceFixture.witnessKeys(registry()));
    }

    private static JsonNode health() throws Exception {
        HttpResponse<byte[]> response =
                new ForeignAuditor(process.state().managementUrl()).get("/actuator/health/evidence");
        return JSON.readTree(response.body());
    }

    @Test
    @Order(1)
    void checkpoints_whileRequestsRun_comeAtLeastEveryTwoSecondsAndFitTheTiles() throws Exception {
        ExecutorService load = Executors.newFixedThreadPool(2);
        AtomicBoolean stop = new AtomicBoolean();
        List<ForeignAuditor.Seen> seen = new ArrayList<>();
        try {
            List<Future<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                callers.add(load.submit(() -> {
                    int answered = 0;
                    while (!stop.get()) {
                        answered += EvidenceFixture.ask(node).statusCode() == 200 ? 1 : 0;
                    }
                    return answered;
                }));
            }
            long until = System.nanoTime() + LOAD.toNanos();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
                ForeignAuditor.Seen now = checkpoint();
                if (seen.isEmpty() || seen.get(seen.size() - 1).size() < now.size()) {
                    seen.add(now);
                }
                return System.nanoTime() > until;
            });
            stop.set(true);
            int answered = 0;
            for (Future<Integer> caller : callers) {
                answered += caller.get();
            }
            assertThat(answered).isPositive();
        } finally {
            stop.set(true);
            load.shutdownNow();
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo((int) LOAD.toSeconds() / 2);
        for (ForeignAuditor.Seen one : List.of(seen.get(0), seen.get(seen.size() / 2), seen.get(seen.size() - 1))) {
            assertThat(ForeignAuditor.root(auditor.leafHashes(one.size()))).isEqualTo(one.root());
        }
    }

    @Test
    @Order(2)
    void entries_whenAskedForByAnAuditor_hashToTheTilesAndAreNobodyElses() throws Exception {
        String entries = "/log/tile/entries/000";
        HttpResponse<byte[]> bundle = node.portal("auditor", "GET", entries, "");
        if (bundle.statusCode() == 404) {
            bundle =
                    node.portal("auditor", "GET", entries + ".p/" + checkpoint().size(), "");
        }
        assertThat(bundle.statusCode()).isEqualTo(200);
        byte[] octets = bundle.body();
        int length = (octets[0] & 0xFF) << 8 | octets[1] & 0xFF;
        byte[] first = Arrays.copyOfRange(octets, 2, 2 + length);
        assertThat(ForeignAuditor.leafHash(first))
                .isEqualTo(auditor.leafHashes(checkpoint().size()).get(0));

        for (String path : List.of(entries, "/log/tile/%65ntries/000", "/log/tile/0/../entries/000")) {
            assertThat(node.portal("citizen", "GET", path, "").statusCode())
                    .as(path)
                    .isIn(400, 403, 404);
            assertThat(auditor.get(path.substring("/log".length())).statusCode())
                    .as(path)
                    .isIn(400, 401, 403, 404);
            assertThat(node.agency(EvidenceFixture.COURT, "GET", path, "").statusCode())
                    .as(path)
                    .isIn(400, 403, 404);
        }
        assertThat(node.agency(EvidenceFixture.COURT, "GET", "/log/checkpoint", "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @Order(3)
    void files_whenThePathIsNoTiles_areNotThere() throws Exception {
        for (String path : List.of(
                "/tile/0/x000/000",
                "/tile/00/000",
                "/tile/0/000.p/0",
                "/tile/0/000.p/256",
                "/tile/64/000",
                "/tile/9/999",
                "/tile/0/..%2f..%2fwasl.db",
                "/tile/0/%2e%2e/%2e%2e/checkpoint")) {
            HttpResponse<byte[]> response = auditor.get(path);
            assertThat(response.statusCode()).as(path).isIn(400, 401, 404);
            assertThat(response.headers().firstValue("Content-Type").orElse("application/problem+json"))
                    .as(path)
                    .startsWith("application/problem+json");
        }
    }

    @Test
    @Order(4)
    void exchanges_whenTheQuorumIsLost_areRefusedAfterTheDeclaredTimeAndGoOnWhenItIsBack() throws Exception {
        await().atMost(PATIENCE).until(() -> EvidenceFixture.ask(node).statusCode() == 200);
        await().atMost(PATIENCE).until(() -> health().path("status").asText().equals("UP"));

        court.kill();
        office.kill();
        EvidenceFixture.ask(node);
        await().atMost(PATIENCE).until(() -> health().path("status").asText().equals("DEGRADED"));
        await().atMost(PATIENCE).until(() -> EvidenceFixture.text(EvidenceFixture.ask(node))
                .contains(FaultCode.LOG_NOT_WITNESSED.wireCode()));
        assertThat(health().path("status").asText()).isEqualTo("DOWN");
        assertThat(node.composite(
                                "officer",
                                "general-clearance",
                                Map.of("nationalNumber", Personas.CLEAN.nationalNumber()))
                        .toString())
                .contains(FaultCode.LOG_NOT_WITNESSED.wireCode());

        court = witness("court", 0);
        office = witness("audit-office", 1);
        await().atMost(PATIENCE).until(() -> EvidenceFixture.ask(node).statusCode() == 200);
        await().atMost(PATIENCE).until(() -> health().path("status").asText().equals("UP"));
        long size = process.part(MessageLog.class).size();
        // The newest one may be waiting for its cosignatures.
        await().atMost(PATIENCE).until(() -> {
            ForeignAuditor.Seen now = checkpoint();
            return now.size() >= size
                    && now.cosigners().containsAll(List.of("court.example/witness", "audit-office.example/witness"));
        });
    }
}
