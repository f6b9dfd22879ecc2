package org.wasl.node.configuration;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.FreePorts;
import org.wasl.node.data.NodeState;

/** A node in a process of its own, so that it can be killed. */
final class NodeInOwnProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);

    private final DataDirectory directory;
    private final List<Integer> ports;
    private Process process;

    NodeInOwnProcess(DataDirectory directory) throws Exception {
        this.directory = directory;
        this.ports = FreePorts.find(3);
        this.process = launch();
    }

    private Process launch() throws Exception {
        Process started = command(
                "up",
                "--data",
                directory.root().toString(),
                "--port",
                ports.get(0).toString(),
                "--agency-port",
                ports.get(1).toString(),
                "--management-port",
                ports.get(2).toString());
        Awaitility.await()
                .atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> !started.isAlive()
                        || NodeState.running(directory)
                                .filter(state -> state.pid() == started.pid())
                                .isPresent());
        if (!started.isAlive()) {
            throw new IllegalStateException("the node ended at once with " + started.exitValue());
        }
        return started;
    }

    /** Runs one command line of the program in a process of its own. */
    static Process command(String... arguments) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                // Nothing here runs long enough for the slower, better compiler to pay.
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-cp",
                classPath,
                "org.wasl.node.Main"));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }

    RunningNode node() throws Exception {
        return new RunningNode(directory, NodeState.running(directory).orElseThrow());
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    void startAgain() throws Exception {
        process = launch();
    }

    /** As Ctrl-C does. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
