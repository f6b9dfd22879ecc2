package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.agencies.population.Personas;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.node.data.DataDirectory;

/** What was accepted is answered, once, whatever becomes of the process. */
@EnabledOnOs(OS.LINUX)
class CrashIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CALLERS = 6;
    private static final int ENOUGH = 40;
    private static final List<Personas> PEOPLE = List.of(Personas.CLEAN, Personas.FINED, Personas.DEFERRED);

    @TempDir
    Path root;

    private final List<String> accepted = new CopyOnWriteArrayList<>();

    @Test
    void node_whenKilledUnderLoad_answersAllThatItAcceptedOnce() throws Exception {
        DataDirectory directory = RunningNode.smallDirectory(root);
        try (NodeInOwnProcess process = new NodeInOwnProcess(directory)) {
            loadUntilKilled(process);
            process.startAgain();
            RunningNode node = process.node();
            for (String location : accepted) {
                Awaitility.await(location)
                        .atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(100))
                        .until(() -> ended(node.portal("officer", "GET", location, "")));
            }
            // And it goes on working.
            assertThat(node.composite(
                                    "officer",
                                    "general-clearance",
                                    Map.of("nationalNumber", Personas.CLEAN.nationalNumber()))
                            .path("overall")
                            .asText())
                    .isEqualTo("COMPLETE");
        }
        assertThat(accepted).hasSizeGreaterThanOrEqualTo(ENOUGH);
        Process verification = NodeInOwnProcess.command(
                "log", "verify", "--data", directory.root().toString());
        assertThat(verification.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(verification.exitValue()).isZero();
        assertThat(answersByRequest(directory))
                .allSatisfy((request, answers) -> assertThat(answers).isEqualTo(1));
    }

    /** Many callers, each with its own key, until enough was accepted; then the process is killed while they go on. */
    private void loadUntilKilled(NodeInOwnProcess process) throws Exception {
        RunningNode node = process.node();
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            int number = i;
            callers.submit(() -> call(node, number, stop));
        }
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> accepted.size() >= ENOUGH);
        process.kill();
        stop.set(true);
        callers.shutdown();
        assertThat(callers.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
    }

    private Void call(RunningNode node, int number, AtomicBoolean stop) throws Exception {
        for (int i = number; !stop.get(); i++) {
            Personas person = PEOPLE.get(i % PEOPLE.size());
            String body = JSON.writeValueAsString(Map.of("nationalNumber", person.nationalNumber()));
            try {
                HttpResponse<byte[]> response = node.portal(
                        "officer",
                        "POST",
                        "/composites/general-clearance",
                        body,
                        "Prefer",
                        "respond-async",
                        "Idempotency-Key",
                        UUID.randomUUID().toString());
                if (response.statusCode() == 202) {
                    accepted.add(response.headers().firstValue("Location").orElseThrow());
                } else if (response.statusCode() == 200) {
                    accepted.add(
                            response.headers().firstValue("Content-Location").orElseThrow());
                }
            } catch (IOException killed) {
                // Not accepted: nobody was told so.
                return null;
            }
        }
        return null;
    }

    /** Answered, or ended by a fault of its own; an unknown request would be a lost one. */
    private static boolean ended(HttpResponse<byte[]> tracked) {
        assertThat(tracked.statusCode()).isNotEqualTo(404);
        return tracked.statusCode() != 202;
    }

    /** How many answers were sent for each request that was received. */
    private static Map<String, Integer> answersByRequest(DataDirectory directory) throws Exception {
        Map<String, Integer> answers = new HashMap<>();
        try (LogSource log = SqliteLogStore.openReadOnly(directory.logDatabase())) {
            log.scan(0, Integer.MAX_VALUE, row -> {
                boolean answer = "REPLY".equals(row.leaf().kind())
                        || "FAULT".equals(row.leaf().kind());
                if (answer && "SENT".equals(row.leaf().direction())) {
                    answers.merge(row.leaf().inReplyTo() + " by " + row.leaf().member(), 1, Integer::sum);
                }
            });
        }
        return answers;
    }
}
