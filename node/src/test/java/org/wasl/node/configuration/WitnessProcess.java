package org.wasl.node.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** {@code wasl witness} in a process of its own. */
final class WitnessProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(2);

    private final Process process;
    private final JsonNode told;

    private WitnessProcess(Process process, JsonNode told) {
        this.process = process;
        this.told = told;
    }

    static WitnessProcess start(Path directory, String name, int port, Path registry, Path authority) throws Exception {
        Path out = directory.resolveSibling(directory.getFileName() + ".out");
        Files.deleteIfExists(out);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "org.wasl.node.Main",
                        "witness",
                        "--json",
                        "--directory",
                        directory.toString(),
                        "--name",
                        name,
                        "--port",
                        Integer.toString(port),
                        "--registry",
                        registry.toString(),
                        "--authority",
                        authority.toString()))
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Awaitility.await()
                .atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !process.isAlive() || document(out).endsWith("}"));
        return new WitnessProcess(process, new ObjectMapper().readTree(document(out)));
    }

    /** What it printed as JSON: from a line that opens to the one that closes. */
    private static String document(Path out) throws IOException {
        List<String> lines = Files.readAllLines(out);
        int first = lines.indexOf("{");
        int last = lines.indexOf("}");
        return first < 0 || last < first ? "" : String.join("\n", lines.subList(first, last + 1));
    }

    JsonNode told() {
        return told;
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
