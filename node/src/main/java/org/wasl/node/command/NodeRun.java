package org.wasl.node.command;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.springframework.beans.BeansException;
import org.wasl.node.configuration.NodeProcess;
import org.wasl.node.configuration.NodeSettings;
import org.wasl.node.data.NodeState;

/** Runs a node until it is told to stop, and says how that went. */
final class NodeRun {

    private static final double NANOS = 1_000_000_000.0;

    private final Console console;
    private final boolean json;

    /** Tells whoever waits for it that the node serves. */
    @FunctionalInterface
    interface Ready {

        /** @param seconds how long the start took */
        void tell(NodeState state, double seconds);
    }

    NodeRun(Console console, boolean json) {
        this.console = console;
        this.json = json;
    }

    int run(NodeSettings settings, Ready ready) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        NodeProcess node;
        try {
            node = NodeProcess.start(settings);
        } catch (IllegalStateException | IllegalArgumentException | BeansException failed) {
            return console.fail(
                    json,
                    ExitCode.UNAVAILABLE,
                    "error.not-started",
                    StartFailure.reason(failed),
                    settings.directory().processLog());
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node, stopped), "stop"));
        ready.tell(node.state(), (System.nanoTime() - begun) / NANOS);
        stopped.await();
        return ExitCode.OK;
    }

    private void stop(NodeProcess node, CountDownLatch stopped) {
        console.note("up.stopping");
        try {
            node.close();
            console.note("up.stopped");
        } catch (IOException failed) {
            console.note("up.not-stopped", String.valueOf(failed.getMessage()));
        } finally {
            stopped.countDown();
        }
    }
}
