package org.wasl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node per agency over network namespaces: up, one question answered by two agencies, down, and nothing is left. */
@Tag("long")
class ClusterIT {

    private static final Path ROOT = NativeCluster.ROOT;
    private static final Duration START = Duration.ofSeconds(240);
    private static final Duration COMMAND = Duration.ofSeconds(90);

    /** Life status, fines, restrictions on vehicles. */
    private static final int SOURCES = 3;

    @Test
    void cluster_answersOverNamespaces_andLeavesNothing() throws Exception {
        try (NativeCluster started =
                NativeCluster.up(new ClusterPlan(List.of("CSPD", "DVLD"), Map.of(), 20), Assumptions::abort)) {
            answersAndEnds(started.cluster());
        }
    }

    private static void answersAndEnds(Cluster cluster) throws Exception {
        cluster.awaitServing(START, part -> {});

        // The nodes serve once they have started; the first answer may still meet cold connections.
        await().atMost(START).pollDelay(Duration.ZERO).until(() -> answered(ask(cluster)));
        assertThat(cluster.disclosed("CSPD")).isPositive();
        assertThat(cluster.disclosed("DVLD")).isPositive();
        assertThat(cluster.databases().synchronous()).isTrue();

        List<Long> processes = new ArrayList<>();
        for (ClusterProcess process : cluster.processes()) {
            processes.add(process.pid());
        }
        assertThat(processes).doesNotContain(0L);
        cluster.down();

        assertThat(Tool.run(List.of("ip", "netns", "list")))
                .doesNotContain(cluster.directory().prefix());
        assertThat(processes).noneMatch(pid -> RunState.startTicks(pid).isPresent());
        assertThat(cluster.supervised()).isFalse();
    }

    /** Whether every source of the two agencies that run answered. */
    private static boolean answered(JsonNode answer) {
        int answered = 0;
        for (JsonNode source : answer.path("source")) {
            String member = source.path("member").asText();
            if (member.endsWith("/CSPD") || member.endsWith("/DVLD")) {
                if (!"AVAILABLE".equals(source.path("status").asText())) {
                    return false;
                }
                answered++;
            }
        }
        return answered == SOURCES;
    }

    private static JsonNode ask(Cluster cluster) throws IOException, InterruptedException {
        List<String> command = cluster.within(
                Topology.PORTAL,
                List.of(
                        ROOT.resolve("wasl").toString(),
                        "ask",
                        "general-clearance",
                        "nationalNumber=9990045842",
                        "--as",
                        "citizen",
                        "--json",
                        "--data",
                        cluster.process(Topology.PORTAL).dataDirectory().toString()));
        Path output = Files.createTempFile("wasl-ask", ".json");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("WASL_NO_BUILD", "1");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            assertThat(process.waitFor(COMMAND.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return new ObjectMapper().readTree(Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
