package org.wasl.node.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.wasl.security.file.AtomicFile;
import org.wasl.security.file.Readers;

/** Makes what a cluster needs, and hands it to a supervisor. */
final class ClusterStart {

    private static final int SUPERVISOR_HEAP = 96;
    private static final long LOOK_MILLIS = 50;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final ClusterSettings settings;
    private final ClusterDirectory directory;
    private final Consumer<String> progress;

    ClusterStart(ClusterSettings settings, Consumer<String> progress) {
        this.settings = settings;
        this.directory = settings.directory();
        this.progress = progress;
    }

    void start() throws ClusterException, InterruptedException {
        Optional<ClusterState> before = ClusterState.read(directory);
        if (before.isPresent() && before.get().supervised()) {
            throw new ClusterException(ClusterProblem.RUNS, directory.root().toString());
        }
        Path archive = Requirements.check(settings);
        Namespaces namespaces = new Namespaces(directory);
        if (!namespaces.present().isEmpty()) {
            // Left by one that was not ended in order: its processes are in them, and nothing else is.
            progress.accept("removing what an earlier cluster left");
            namespaces.remove();
        }
        Topology topology = Topology.of(settings.plan());
        ClusterState state = new ClusterState(settings.plan(), directory.prefix(), 0, 0);
        state.write(directory);
        progress.accept("unpacking the broker");
        new BrokerPrograms(directory).unpack(archive);
        progress.accept("keys, certificates and registry");
        new Desk(directory, topology).found();
        new PartFiles(directory, topology).write();
        progress.accept("network namespaces " + directory.prefix() + "*");
        boolean handed = false;
        try {
            namespaces.make(topology);
            state.supervisedBy(supervise()).write(directory);
            handed = true;
        } finally {
            if (!handed) {
                namespaces.remove();
            }
        }
    }

    /** Starts the supervisor apart from this process' terminal and session, and tells its id. */
    private long supervise() throws ClusterException, InterruptedException {
        try {
            AtomicFile.directory(directory.run(), Readers.EVERYBODY);
            Path log = directory.supervisorLog();
            AtomicFile.directory(java.util.Objects.requireNonNull(log.getParent()), Readers.OWNER);
            for (Part part : Topology.of(settings.plan()).parts()) {
                Files.deleteIfExists(directory.runFile(part.name()));
                Files.deleteIfExists(directory.programFile(part.name()));
            }
            Files.deleteIfExists(directory.runFile(Supervisor.NAME));
            List<String> command = new ArrayList<>(List.of("setsid"));
            command.addAll(settings.program()
                    .with(
                            SUPERVISOR_HEAP,
                            List.of(
                                    "cluster",
                                    "supervise",
                                    "--data",
                                    directory.root().toString())));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectInput(Path.of("/dev/null").toFile())
                    .directory(directory.root().toFile())
                    .start();
            long until = System.nanoTime() + PATIENCE_NANOS;
            // setsid becomes the program itself when it leads no process group, as here.
            while (!Files.exists(directory.runFile(Supervisor.NAME))) {
                if (!process.isAlive() || System.nanoTime() > until) {
                    process.destroyForcibly();
                    throw new ClusterException(ClusterProblem.NOT_READY, "the supervisor; see " + log);
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return RunState.read(directory.runFile(Supervisor.NAME)).pid();
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.TOOL, failed);
        }
    }
}
