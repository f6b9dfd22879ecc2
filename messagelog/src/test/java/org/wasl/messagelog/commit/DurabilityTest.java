package org.wasl.messagelog.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.store.UnansweredWalk;
import org.wasl.messagelog.verify.ContainerCheck;
import org.wasl.messagelog.verify.LogVerdict;
import org.wasl.messagelog.verify.LogVerifier;
import org.wasl.messagelog.verify.VerificationPlan;
import org.wasl.security.container.MessageKind;

/** What was acknowledged is there, whatever became of the process. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DurabilityTest {

    private static final int KILLS = 3;
    private static final int MOST_UNANSWERED = 1_000;
    private static final int ACKNOWLEDGED_BEFORE_KILL = 400;
    private static final int FILE_LIMIT_KIB = 3_000;
    private static final int FAILING_SYNC = 60;

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("wasl.db");
    }

    private Process start(List<String> prefix) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(AppendingProcess.class.getName());
        command.add(file().toString());
        return new ProcessBuilder(command)
                .redirectError(directory.resolve("errors.txt").toFile())
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void note(String line, Map<Long, UUID> acknowledged) {
        String[] words = line.split(" ", -1);
        // The last line of a killed process may be cut short.
        if (words.length == 3 && words[0].equals("ack") && words[2].length() == 36) {
            acknowledged.put(Long.valueOf(words[1]), UUID.fromString(words[2]));
        }
    }

    private void assertAllThere(Map<Long, UUID> acknowledged) throws Exception {
        List<Long> unanswered;
        try (LogSource source = SqliteLogStore.openReadOnly(file())) {
            LogVerdict verdict = new LogVerifier(VerificationPlan.of(ContainerCheck.NONE)).verify(source);
            assertThat(verdict).isInstanceOf(LogVerdict.Intact.class);
            unanswered = new UnansweredWalk(source).unanswered(Direction.SENT, 0);
        }
        try (GroupCommitMessageLog log = GroupCommitMessageLog.open(
                SqliteLogStore.open(file()), AppendingProcess.KEY, LogSettings.defaults(), cause -> {})) {
            acknowledged.forEach((index, id) -> assertThat(log.messages(id))
                    .singleElement()
                    .extracting(StoredMessage::index)
                    .isEqualTo(index));
            assertThat(unanswered).isNotEmpty();
            assertThat(log.unanswered(MessageKind.REQUEST, Direction.SENT, 0, MOST_UNANSWERED))
                    .extracting(StoredMessage::index)
                    .isEqualTo(unanswered);
        }
    }

    @Test
    void append_whenTheProcessIsKilled_keepsAllThatWasAcknowledged() throws Exception {
        Map<Long, UUID> acknowledged = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            int target = acknowledged.size() + ACKNOWLEDGED_BEFORE_KILL;
            Process process = start(List.of());
            try (BufferedReader output = output(process)) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    note(line, acknowledged);
                    if (acknowledged.size() == target) {
                        // By its handle: the process itself would close what is still to be read.
                        process.toHandle().destroyForcibly();
                    }
                }
            }
            process.waitFor();
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(target);
            assertAllThere(acknowledged);
        }
    }

    @Test
    void append_whenTheFileCannotGrow_failsClosedAndKeepsWhatWasAcknowledged() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/bin/bash")),
                "DurabilityTest.append_whenTheFileCannotGrow skipped: bash is absent");
        assertFailsClosed(List.of("/bin/bash", "-c", "ulimit -f " + FILE_LIMIT_KIB + "; exec \"$@\"", "bash"));
    }

    /** Only that one sync fails, the later ones would succeed: they say nothing about what the first one lost. */
    @Test
    void append_whenOneSyncFails_failsClosedForGood() throws Exception {
        Assumptions.assumeTrue(
                canTrace(), "DurabilityTest.append_whenOneSyncFails skipped: strace is absent or may not trace");
        Path trace = directory.resolve("trace.txt");
        assertFailsClosed(List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                trace.toString(),
                "-e",
                "trace=fdatasync,fsync",
                "-e",
                "inject=fdatasync,fsync:error=EIO:when=" + FAILING_SYNC));
        assertThat(Files.readString(trace)).containsOnlyOnce("(INJECTED)");
    }

    private static boolean canTrace() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void assertFailsClosed(List<String> prefix) throws Exception {
        Process process = start(prefix);
        Map<Long, UUID> acknowledged = new HashMap<>();
        List<String> others = new ArrayList<>();
        try (BufferedReader output = output(process)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                note(line, acknowledged);
                if (!line.startsWith("ack")) {
                    others.add(line);
                }
            }
        }
        assertThat(process.waitFor())
                .as(Files.readString(directory.resolve("errors.txt")))
                .isZero();

        assertThat(others).containsOnlyOnce("alarm").contains("refused LogUnavailableException", "available false");
        assertThat(acknowledged).isNotEmpty();
        assertAllThere(acknowledged);
    }
}
