package org.wasl.node.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/** Looks after all parts of one cluster until it is told to stop; then it ends them, last started first. */
public final class Supervisor {

    /** Under which it says that it runs. */
    static final String NAME = "supervisor";

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    /** Two processors start two programs at once. */
    private static final int STARTING = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final ClusterDirectory directory;
    private final Map<String, Keeper> keepers = new LinkedHashMap<>();
    private final CountDownLatch told = new CountDownLatch(1);

    private Supervisor(ClusterDirectory directory, Topology topology, int families) {
        this.directory = directory;
        PartProgram program = new PartProgram(directory, topology, ProgramCommand.ofThisProcess(), families);
        Semaphore starting = new Semaphore(STARTING, true);
        for (Part part : topology.parts()) {
            keepers.put(
                    part.name(), new Keeper(directory, part, program, waiting -> served(waiting.after()), starting));
        }
    }

    private boolean served(List<String> names) {
        return names.stream().allMatch(name -> {
            Keeper keeper = keepers.get(name);
            return keeper == null || keeper.hasServed();
        });
    }

    /**
     * Runs the cluster of this directory until the process is told to stop.
     *
     * @throws ClusterException when there is none
     */
    public static void run(ClusterDirectory directory) throws ClusterException, InterruptedException {
        ClusterState state = ClusterState.read(directory)
                .orElseThrow(() -> new ClusterException(
                        ClusterProblem.NONE, directory.root().toString()));
        new Supervisor(directory, Topology.of(state.plan()), state.plan().families()).serve();
    }

    private void serve() throws ClusterException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(ended), "stop"));
        List<Thread> threads = new ArrayList<>();
        for (Keeper keeper : keepers.values()) {
            Thread thread = new Thread(keeper, keeper.part().name());
            thread.start();
            threads.add(thread);
        }
        try {
            AtomicFile.directory(directory.run(), Readers.EVERYBODY);
            long pid = ProcessHandle.current().pid();
            new RunState(pid, RunState.startTicks(pid).orElse(0L), 1, true, "").write(directory.runFile(NAME));
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
        told.await();
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
        List<Keeper> last = new ArrayList<>(keepers.values());
        java.util.Collections.reverse(last);
        for (Keeper keeper : last) {
            keeper.stop();
        }
        LOG.info("all parts have ended");
        ended.countDown();
    }

    private void end(CountDownLatch ended) {
        told.countDown();
        try {
            ended.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
