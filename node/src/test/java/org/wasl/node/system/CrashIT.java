package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.node.data.FreePorts;
import org.wasl.node.system.CrashLoad.Question;
import org.wasl.node.system.CrashLoad.Told;
import org.wasl.schemas.fault.FaultCode;

/**
 * {@code kill -9} under load, again and again: whatever was accepted ends as an answer or a signed fault, once.
 * {@code -Dwasl.crash.rounds=N} asks for more rounds, {@code -Dwasl.crash.seed=S} for other moments.
 */
class CrashIT {

    private static final int ROUNDS = Integer.getInteger("wasl.crash.rounds", 3);
    private static final long SEED = Long.getLong("wasl.crash.seed", 20261121L);
    private static final int PEOPLE = 6;
    private static final int LEAST_ANSWERS = 12;
    private static final int SPREAD_OF_ANSWERS = 40;
    private static final int CHECKED_AGAIN = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    /** What all rounds saw. */
    private static final class Tally {
        int asked;
        int answered;
        int faulted;
        int silent;
        int resentAnswered;
        int resentFaulted;
        int comparedBodies;
        int comparedContainers;

        @Override
        public String toString() {
            return asked + " asked, " + answered + " answered, " + faulted + " faulted, " + silent
                    + " cut off by the kill; asked again: " + resentAnswered + " answered, " + resentFaulted
                    + " faulted; compared with the first answer: " + comparedBodies + " bodies, " + comparedContainers
                    + " containers";
        }
    }

    @Test
    void node_whenKilledUnderLoad_endsEveryAcceptedRequestOnce() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        // The population is not what is tested, and every start counts.
        Files.writeString(data.resolve("wasl.yaml"), "wasl:\n  samples:\n    families: 60\n");
        Tally tally = new Tally();
        List<Told> remembered = new ArrayList<>();
        // The same ports each time: people's identities are their issuer's, and that is the node's address.
        List<Integer> ports = FreePorts.find(3);
        WaslProcess node = WaslProcess.up(data, ports);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                List<Question> silent = killUnderLoad(node, SEED + round, tally, remembered);
                node.close();
                node = WaslProcess.up(data, ports);
                askAgain(new Edges(node), silent, remembered, tally);
            }
            Path database = node.directory().logDatabase();
            await("everything that was accepted has ended").atMost(PATIENCE).untilAsserted(() -> assertThat(
                            LogReading.of(database).unanswered())
                    .isEmpty());
            assertThat(node.stop()).isIn(0, 143);
            assertThat(node.said()).contains("stopped");
            checkLog(database, data, tally);
        } finally {
            node.close();
        }
        // Nothing was proven unless some were cut off.
        assertThat(tally.silent).isPositive();
        assertThat(tally.comparedContainers).isPositive();
    }

    private static List<Question> killUnderLoad(WaslProcess node, long seed, Tally tally, List<Told> remembered)
            throws Exception {
        int enough = LEAST_ANSWERS + new Random(seed).nextInt(SPREAD_OF_ANSWERS);
        try (CrashLoad load = new CrashLoad(new Edges(node), seed, PEOPLE)) {
            await("the load is under way")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> load.answers() >= enough || !node.alive());
            assertThat(node.alive()).as("the node bears the load").isTrue();
            node.kill();
            load.end();
            tally.asked += load.asked();
            tally.silent += load.silent().size();
            for (Told told : load.told()) {
                if (told.status() == 200 || told.status() == 202) {
                    tally.answered++;
                } else {
                    tally.faulted++;
                    faultCode(told.status(), told.body(), told.question());
                }
            }
            load.told().stream()
                    .filter(told -> told.status() == 200)
                    .sorted((one, other) -> Boolean.compare(
                            other.container().isPresent(), one.container().isPresent()))
                    .limit(CHECKED_AGAIN)
                    .forEach(remembered::add);
            return load.silent();
        }
    }

    /** Asks again what got no answer, and what got one, of all rounds so far. */
    private static void askAgain(Edges edges, List<Question> silent, List<Told> remembered, Tally tally)
            throws Exception {
        for (Question question : silent) {
            HttpResponse<byte[]> answer = ended(edges, question);
            if (answer.statusCode() == 202) {
                // Its answer is announced for later, by a clerk who decides nothing here.
                tally.resentAnswered++;
            } else if (answer.statusCode() == 200) {
                tally.resentAnswered++;
                remembered.add(new Told(
                        question, 200, answer.body(), answer.headers().firstValue("Wasl-Reply-Id"), Optional.empty()));
            } else {
                tally.resentFaulted++;
                faultCode(answer.statusCode(), answer.body(), question);
            }
        }
        for (Told told : remembered) {
            HttpResponse<byte[]> answer = ended(edges, told.question());
            assertThat(answer.statusCode())
                    .as("%s, answered before the kill: %s", told.question(), text(answer.body()))
                    .isEqualTo(200);
            assertThat(answer.headers().firstValue("Wasl-Reply-Id"))
                    .as("%s has one answer", told.question())
                    .isEqualTo(told.replyId());
            assertThat(text(answer.body())).isEqualTo(text(told.body()));
            tally.comparedBodies++;
            if (told.container().isPresent()) {
                HttpResponse<byte[]> container =
                        told.question().evidence(edges, told.replyId().orElseThrow());
                assertThat(container.statusCode()).isEqualTo(200);
                assertThat(CrashLoad.same(container.body(), told.container().get()))
                        .as("the evidence of %s is the same", told.question())
                        .isTrue();
                tally.comparedContainers++;
            }
        }
    }

    /** The end of a question, or the announcement of a later one: a request that runs is waited for. */
    private static HttpResponse<byte[]> ended(Edges edges, Question question) {
        List<HttpResponse<byte[]>> last = new ArrayList<>();
        await("an end of " + question)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    last.add(question.ask(edges));
                    HttpResponse<byte[]> now = last.get(last.size() - 1);
                    return now.statusCode() != 202
                            || now.headers().firstValue("Wasl-Interim-Id").isPresent();
                });
        return last.get(last.size() - 1);
    }

    private static void faultCode(int status, byte[] body, Question question) throws Exception {
        JsonNode problem = JSON.readTree(body);
        FaultCode code = FaultCode.byWireCode(problem.path("code").asText())
                .orElseThrow(() -> new AssertionError(question + " ends in " + status + " " + text(body)));
        assertThat(code.httpStatus()).isEqualTo(status);
        assertThat(code).as("%s is no bug: %s", question, text(body)).isNotEqualTo(FaultCode.INTERNAL);
    }

    private static void checkLog(Path database, Path data, Tally tally) throws Exception {
        LogReading log = LogReading.of(database);
        WaslProcess.Ended verified = WaslProcess.run("log", "verify", "--json", "--data", data.toString());
        assertThat(verified.exitCode())
                .as(verified.output() + verified.errors())
                .isZero();
        JsonNode verdict = JSON.readTree(verified.output());
        assertThat(verdict.path("intact").asBoolean()).isTrue();
        assertThat(verdict.path("size").asLong()).isEqualTo(log.leaves().size());
        assertThat(verdict.path("signaturesVerified").asLong())
                .as("every container that was not refused is genuine")
                .isEqualTo(log.leaves().size() - log.refused().size());
        assertThat(log.unanswered()).isEmpty();
        Map<String, Long> answers = log.providersAnswers();
        List<Leaf> received = log.requests("RECEIVED");
        assertThat(received).isNotEmpty();
        // A clerk's answers are announced, and not there yet.
        Set<String> announced = new HashSet<>(log.open());
        assertThat(received).as("each request has one effect").allSatisfy(request -> assertThat(
                        answers.getOrDefault(request.provider() + " " + request.messageId(), 0L))
                .isEqualTo(announced.contains("RECEIVED " + request.service() + " " + request.messageId()) ? 0L : 1L));
        System.out.println("CrashIT: " + ROUNDS + " kills; " + tally + "; the log: "
                + log.leaves().size() + " leaves, "
                + log.requests("SENT").size() + " requests sent, " + received.size() + " received, "
                + log.leaves().stream()
                        .filter(leaf -> "FAULT".equals(leaf.kind()))
                        .count() + " signed faults, "
                + log.refused().size() + " refusals");
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
