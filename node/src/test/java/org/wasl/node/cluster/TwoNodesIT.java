package org.wasl.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes of one agency: one is ended while an agency asks, and everything is answered, once. */
@Tag("long")
class TwoNodesIT {

    private static final Duration START = Duration.ofSeconds(480);
    private static final Duration DRILL = Duration.ofSeconds(480);

    @Test
    void nodes_whenOneIsEndedWhileTheyAreAsked_answerEverythingOnce() throws Exception {
        try (NativeCluster started =
                NativeCluster.up(new ClusterPlan(List.of("CSPD", "DVLD"), Map.of("CSPD", 2), 20), Assumptions::abort)) {
            started.cluster().awaitServing(START, part -> {});

            JsonNode verdict = drill(started);

            assertThat(verdict.path("answered").asInt()).isGreaterThan(10);
            assertThat(verdict.path("withoutEnd").asInt()).isZero();
            assertThat(verdict.path("answeredNotOnce").asInt()).isZero();
            // Both took part, and knew each other, before one was ended.
            assertThat(verdict.path("answeredByFirstBefore").asInt()).isPositive();
            assertThat(verdict.path("answeredBySecondBefore").asInt()).isPositive();
            assertThat(verdict.path("nodesThatHoldAnswersTogether").asInt()).isEqualTo(2);
        }
    }

    private static JsonNode drill(NativeCluster started) throws Exception {
        Path output = Files.createTempFile("wasl-drill", ".json");
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            NativeCluster.ROOT
                                    .resolve("docker/native/one-of-two")
                                    .toString(),
                            started.cluster().directory().root().toString(),
                            "10",
                            "20")
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().put("WASL_NO_BUILD", "1");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            assertThat(process.waitFor(DRILL.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return new ObjectMapper().readTree(Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
