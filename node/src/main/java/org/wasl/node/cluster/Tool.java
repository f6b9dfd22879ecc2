package org.wasl.node.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of the system to its end. */
final class Tool {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_OUTPUT = 1_000_000;

    private Tool() {}

    /**
     * What a program left.
     *
     * @param exitCode 0 when it did what it was asked
     * @param output what it said, on both streams
     */
    record Ended(int exitCode, String output) {

        boolean ok() {
            return exitCode == 0;
        }
    }

    /**
     * Runs it, and tells what it said.
     *
     * @throws ClusterException when it cannot be run, takes too long or fails
     */
    static String run(List<String> command) throws ClusterException {
        return run(command, Map.of());
    }

    /** The same, with this environment on top. */
    static String run(List<String> command, Map<String, String> environment) throws ClusterException {
        Ended ended = attempt(command, environment);
        if (!ended.ok()) {
            throw new ClusterException(ClusterProblem.TOOL, String.join(" ", command) + ": " + ended.output());
        }
        return ended.output();
    }

    /**
     * Runs it, whatever comes of it.
     *
     * @throws ClusterException when it cannot be run or takes too long
     */
    static Ended attempt(List<String> command, Map<String, String> environment) throws ClusterException {
        Path said = null;
        try {
            // To a file: a pipe that nobody reads would stop a program that says much.
            said = Files.createTempFile("wasl-tool", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ClusterException(ClusterProblem.TOOL, command.get(0) + " did not end in time");
            }
            byte[] octets;
            try (var in = Files.newInputStream(said)) {
                octets = in.readNBytes(MOST_OUTPUT);
            }
            return new Ended(process.exitValue(), new String(octets, StandardCharsets.UTF_8).strip());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ClusterException(ClusterProblem.TOOL, new InterruptedIOException(command.get(0)));
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.TOOL, failed);
        } finally {
            delete(said);
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) throws ClusterException {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.TOOL, failed);
        }
    }
}
