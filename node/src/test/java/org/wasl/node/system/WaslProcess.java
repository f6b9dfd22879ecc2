package org.wasl.node.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.NodeState;

/** The program as its users run it: through the launcher, in a process of its own, on free ports. */
final class WaslProcess implements AutoCloseable {

    static final Path ROOT = Path.of(System.getProperty("wasl.root")).toAbsolutePath();

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final Duration COMMAND = Duration.ofMinutes(2);

    private final Process process;
    private final DataDirectory directory;
    private final Path output;
    private final Path errors;
    private final NodeState state;

    private WaslProcess(Process process, DataDirectory directory, Path output, Path errors, NodeState state) {
        this.process = process;
        this.directory = directory;
        this.output = output;
        this.errors = errors;
        this.state = state;
    }

    /** Starts a node on this data directory and any free ports, and waits until it serves. */
    static WaslProcess up(Path data) throws IOException {
        return up(data, List.of(0, 0, 0));
    }

    /**
     * Starts a node on this data directory, and waits until it serves.
     *
     * @param ports of portal, agencies and management; 0 for any free one
     */
    static WaslProcess up(Path data, List<Integer> ports) throws IOException {
        return up(data, ports, Map.of());
    }

    /** The same, in this environment. */
    static WaslProcess up(Path data, List<Integer> ports, Map<String, String> environment) throws IOException {
        DataDirectory directory = new DataDirectory(data);
        directory.create();
        Path output = Files.createTempFile("wasl-up", ".out");
        Path errors = Files.createTempFile("wasl-up", ".err");
        Process process = builder(
                        environment,
                        List.of(
                                "up",
                                "--port",
                                ports.get(0).toString(),
                                "--agency-port",
                                ports.get(1).toString(),
                                "--management-port",
                                ports.get(2).toString(),
                                "--json",
                                "--data",
                                directory.root().toString()))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean serves = false;
        try {
            await("the node serves")
                    .atMost(START)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !process.isAlive() || text(output).contains("\"ready\" : true"));
            assertThat(process.isAlive())
                    .as("the node runs:%n%s%n%s", text(output), text(errors))
                    .isTrue();
            NodeState state = NodeState.running(directory).orElseThrow();
            // The launcher becomes the program, so that a signal to the one is a signal to the other.
            assertThat(state.pid()).isEqualTo(process.pid());
            serves = true;
            return new WaslProcess(process, directory, output, errors, state);
        } finally {
            if (!serves) {
                process.destroyForcibly();
            }
        }
    }

    /** What a command that ended left. */
    record Ended(int exitCode, String output, String errors) {}

    /** Runs a command to its end. */
    static Ended run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), List.of(arguments));
    }

    /** Runs a command to its end, in this environment. */
    static Ended run(Map<String, String> environment, List<String> arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("wasl", ".out");
        Path errors = Files.createTempFile("wasl", ".err");
        Process process = builder(environment, arguments)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            boolean ended = process.waitFor(COMMAND.toSeconds(), TimeUnit.SECONDS);
            assertThat(ended).as("wasl %s ends", arguments).isTrue();
            return new Ended(process.exitValue(), text(output), text(errors));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    private static ProcessBuilder builder(Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("wasl").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile());
        builder.environment().remove("WASL_LANG");
        builder.environment().remove("LC_MESSAGES");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("WASL_NO_BUILD", "1");
        // Nothing here runs long enough for the slower, better compiler to pay.
        builder.environment().put("WASL_TIER", "1");
        // The Java that runs the tests, so that they say something about that one.
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    DataDirectory directory() {
        return directory;
    }

    NodeState state() {
        return state;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** What it has said so far, on both streams. */
    String said() throws IOException {
        return text(output) + text(errors);
    }

    /** Ends it as a power cut would: {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS))
                .as("the node dies")
                .isTrue();
    }

    /** Ends it as Ctrl-C or a service manager does, and tells the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS))
                .as("the node stops")
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(output);
        Files.deleteIfExists(errors);
    }
}
