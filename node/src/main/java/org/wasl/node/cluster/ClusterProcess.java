package org.wasl.node.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One process of a running cluster, as whoever tries it out sees and ends it. Safe for many threads. */
public final class ClusterProcess {

    private static final long LOOK_MILLIS = 50;

    private final ClusterDirectory directory;
    private final Part part;

    ClusterProcess(ClusterDirectory directory, Part part) {
        this.directory = directory;
        this.part = part;
    }

    public String name() {
        return part.name();
    }

    public Part part() {
        return part;
    }

    /** The network namespace in which it runs. */
    public String namespace() {
        return directory.namespace(part);
    }

    /** Its data directory: that of a node for {@code --data}. */
    public Path dataDirectory() {
        return directory.part(part.name());
    }

    /** What it says on its streams, over all starts. */
    public Path logFile() {
        return directory.output(part.name());
    }

    /** How it is now. */
    public RunState state() throws ClusterException {
        return RunState.read(directory.runFile(part.name()));
    }

    /** Its process id; 0 when it does not run. */
    public long pid() throws ClusterException {
        RunState state = state();
        return state.alive() ? state.pid() : 0;
    }

    /** Whether it runs and serves. */
    public boolean serving() throws ClusterException {
        RunState state = state();
        return state.alive() && state.serving();
    }

    /** Whether it takes connections at this one of its ports, whoever it is that asks. */
    public boolean listens(String port) throws ClusterException {
        long pid = pid();
        return pid != 0 && Listening.on(pid, part.port(port));
    }

    /** Ends it as a power cut would. The supervisor starts it again, unless it is {@link #hold held}. */
    public void kill9() throws ClusterException {
        signal("KILL");
    }

    /** Stops its execution where it stands, as a machine that hangs. */
    public void pause() throws ClusterException {
        signal("STOP");
    }

    /** Goes on after {@link #pause}. */
    public void resume() throws ClusterException {
        signal("CONT");
    }

    /** Ends it in order; it stays so until {@link #start}. */
    public void stop() throws ClusterException {
        hold();
        signal(PartProgram.endSignal(part));
    }

    /** From now on the supervisor does not start it again. */
    public void hold() throws ClusterException {
        try {
            Files.createDirectories(directory.run());
            Files.write(directory.heldFile(part.name()), new byte[0]);
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    /** Whether it is to stay stopped. */
    public boolean held() {
        return Files.exists(directory.heldFile(part.name()));
    }

    /** Has the supervisor start it, when it does not run. */
    public void start() throws ClusterException {
        try {
            Files.deleteIfExists(directory.heldFile(part.name()));
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    /** From its next start on it runs this jar of the program, as while an upgrade goes from one part to the next. */
    public void upgrade(Path jar) throws ClusterException {
        try {
            Files.createDirectories(directory.run());
            Files.writeString(
                    directory.programFile(part.name()), jar.toRealPath().toString(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    /**
     * Waits until it serves.
     *
     * @throws ClusterException when it does not in time
     */
    public void awaitServing(Duration patience) throws ClusterException, InterruptedException {
        await(patience, true);
    }

    /**
     * Waits until it has ended.
     *
     * @throws ClusterException when it has not in time
     */
    public void awaitEnd(Duration patience) throws ClusterException, InterruptedException {
        await(patience, false);
    }

    private void await(Duration patience, boolean wanted) throws ClusterException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (wanted ? !serving() : state().alive()) {
            if (System.nanoTime() > until) {
                throw new ClusterException(
                        ClusterProblem.NOT_READY,
                        name() + (wanted ? " does not serve" : " has not ended") + "; see " + logFile());
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** A process that is gone already needs no signal. */
    private void signal(String name) throws ClusterException {
        long pid = pid();
        if (pid != 0) {
            Tool.attempt(List.of("kill", "-" + name, Long.toString(pid)), java.util.Map.of());
        }
    }
}
