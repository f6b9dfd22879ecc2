package org.wasl.security.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the kernel saw: while the verifier goes through the corpus it opens no file and no connection. The canary goes
 * through the part that asks for such things, and does both, so that the watching is known to work.
 */
class NetworkSilenceTest {

    @TempDir
    static Path directory;

    private static List<String> calls;

    @BeforeAll
    static void trace() throws IOException, InterruptedException {
        assumeTrue(canTrace(), "skipped: strace is absent, or may not trace here");
        Path trace = directory.resolve("trace.txt");
        Path output = directory.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-qq",
                        "-e",
                        "trace=network,open,openat",
                        "-o",
                        trace.toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        // The JVM itself reads files of the container's limits now and then.
                        "-XX:-UseContainerSupport",
                        "-XX:-UsePerfData",
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SilentRun.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // In other locales the C library looks for translations of the markers' own errors.
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        boolean ended = process.waitFor(300, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0)
                .as(Files.readString(output))
                .isTrue();
        calls = Files.readAllLines(trace, StandardCharsets.ISO_8859_1);
    }

    @Test
    void verify_whenTheCorpusIsSent_opensNeitherFileNorConnection() {
        assertThat(between(SilentRun.BEGIN, SilentRun.END)).isEmpty();
    }

    @Test
    void validate_whenTheCanaryIsSentTheSame_opensFilesAndConnections() {
        List<String> seen = between(SilentRun.END, SilentRun.CONTROL);
        assertThat(seen).anyMatch(call -> call.contains("\"/etc/hostname\""));
        assertThat(seen).anyMatch(call -> call.contains("connect(") && call.contains("htons(9)"));
    }

    private static List<String> between(String begin, String end) {
        int from = position(begin);
        int to = position(end);
        assertThat(from).isLessThan(to);
        // The JVM's own threads have nothing to open either: whatever any thread does counts.
        return calls.subList(from + 1, to).stream()
                .filter(call -> !call.contains("+++ exited") && !call.contains("--- SIG"))
                .toList();
    }

    private static int position(String marker) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).contains("\"" + marker + "\"")) {
                return i;
            }
        }
        throw new AssertionError("the traced process never came to " + marker);
    }

    private static boolean canTrace() throws IOException, InterruptedException {
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "strace")));
        if (!installed) {
            return false;
        }
        Process process = new ProcessBuilder("strace", "-qq", "-o", "/dev/null", "true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
