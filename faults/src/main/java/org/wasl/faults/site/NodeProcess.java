package org.wasl.faults.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.NodeState;

/** One node in a process of its own, started by the launcher as its users start it. */
final class NodeProcess {

    private static final Duration START = Duration.ofMinutes(4);
    /**
     * Long, since a clock that was set back by minutes makes the broker's client wait that much longer for its next message, and each
     * of some seventy consumers is then ended after a second of its own.
     */
    private static final Duration END = Duration.ofMinutes(3);

    private static final long POLL_MILLIS = 50;

    private final Process process;
    private final NodeState state;

    private NodeProcess(Process process, NodeState state) {
        this.process = process;
        this.state = state;
    }

    /**
     * Starts it, and waits until it serves.
     *
     * @param ports of portal, agencies and management
     * @param environment on top of the harness' own
     */
    static NodeProcess up(Launcher launcher, Path data, List<Integer> ports, Map<String, String> environment)
            throws IOException, InterruptedException {
        DataDirectory directory = new DataDirectory(data);
        Path output = data.resolveSibling(data.getFileName() + ".out");
        Path errors = data.resolveSibling(data.getFileName() + ".err");
        Process process = launcher.wasl(
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
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        long until = System.nanoTime() + START.toNanos();
        try {
            while (!Files.readString(output, StandardCharsets.UTF_8).contains("\"ready\" : true")) {
                if (!process.isAlive() || System.nanoTime() > until) {
                    throw new SiteException("the node does not start: "
                            + tail(Files.readString(output, StandardCharsets.UTF_8)
                                    + Files.readString(errors, StandardCharsets.UTF_8)));
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
        NodeState state = NodeState.running(directory)
                .orElseThrow(() -> new SiteException("the node that serves did not write where it is"));
        return new NodeProcess(process, state);
    }

    private static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 2_000)).strip();
    }

    NodeState state() {
        return state;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Ends it as a power cut would. */
    void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        ended();
    }

    /** Ends it as a service manager does. */
    void stop() throws IOException, InterruptedException {
        process.destroy();
        ended();
    }

    private void ended() throws IOException, InterruptedException {
        if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
            // Gone before anybody asks whether it runs.
            process.destroyForcibly().waitFor();
            throw new SiteException("the node does not end");
        }
    }
}
