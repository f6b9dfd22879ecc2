package org.wasl.node.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one part running: starts it, notes when it serves, and starts it again when it has ended, ever more slowly. */
final class Keeper implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long LOOK_MILLIS = 100;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    /** Whoever ran so long is not failing at its start. */
    private static final Duration SOUND = Duration.ofSeconds(30);
    /** For how long a start may keep others waiting. */
    private static final Duration START = Duration.ofSeconds(60);

    private static final Duration END = Duration.ofSeconds(25);
    private static final long MOST_OUTPUT = 16L * 1024 * 1024;

    private final ClusterDirectory directory;
    private final Part part;
    private final PartProgram program;
    private final Predicate<Part> served;
    private final Semaphore starting;
    private int starts;
    private volatile boolean hasServed;
    private @Nullable Process process;

    /**
     * @param served whether another part has served once
     * @param starting how many may start at once
     */
    Keeper(ClusterDirectory directory, Part part, PartProgram program, Predicate<Part> served, Semaphore starting) {
        this.directory = directory;
        this.part = part;
        this.program = program;
        this.served = served;
        this.starting = starting;
    }

    Part part() {
        return part;
    }

    /** Whether it has served since this supervisor started. */
    boolean hasServed() {
        return hasServed;
    }

    @Override
    public void run() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                awaitTurn();
                long begun = System.nanoTime();
                String end = once();
                boolean sound = System.nanoTime() - begun > SOUND.toNanos();
                LOG.warn("{} has ended: {}", part.name(), end);
                pause = sound ? FIRST_PAUSE : longer(pause);
                Thread.sleep(sound ? FIRST_PAUSE.toMillis() : pause.toMillis());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private void awaitTurn() throws InterruptedException {
        while (Files.exists(directory.heldFile(part.name())) || !served.test(part)) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** One life of the process, from before its start to its end. */
    private String once() throws InterruptedException {
        boolean waits = PartProgram.heavy(part);
        if (waits) {
            starting.acquire();
        }
        try {
            long from = begin();
            long until = System.nanoTime() + START.toNanos();
            while (alive() && System.nanoTime() < until && !serves(from)) {
                Thread.sleep(LOOK_MILLIS);
            }
            if (waits) {
                starting.release();
                waits = false;
            }
            while (alive() && !hasServedNow() && !serves(from)) {
                Thread.sleep(LOOK_MILLIS);
            }
            return end();
        } catch (ClusterException | IOException failed) {
            note(0, false, String.valueOf(failed.getMessage()));
            return String.valueOf(failed.getMessage());
        } finally {
            if (waits) {
                starting.release();
            }
        }
    }

    private synchronized boolean alive() {
        return process != null && process.isAlive();
    }

    private boolean servesNow;

    private boolean hasServedNow() {
        return servesNow;
    }

    private long begin() throws ClusterException, IOException {
        servesNow = false;
        program.prepare(part);
        Path output = directory.output(part.name());
        Files.createDirectories(java.util.Objects.requireNonNull(output.getParent()));
        if (Files.exists(output) && Files.size(output) > MOST_OUTPUT) {
            Files.move(output, output.resolveSibling(part.name() + ".1.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        long from = Files.exists(output) ? Files.size(output) : 0;
        List<String> command = program.command(part);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .redirectInput(Path.of("/dev/null").toFile())
                .directory(directory.part(part.name()).toFile());
        builder.environment().putAll(program.environment(part));
        synchronized (this) {
            process = builder.start();
            starts++;
            note(process.pid(), false, "");
        }
        LOG.info("{} starts, process {}", part.name(), pid());
        return from;
    }

    private synchronized long pid() {
        return process == null ? 0 : process.pid();
    }

    private boolean serves(long from) throws ClusterException {
        if (!program.serves(part, pid(), from)) {
            return false;
        }
        servesNow = true;
        hasServed = true;
        note(pid(), true, "");
        LOG.info("{} serves", part.name());
        return true;
    }

    private String end() throws InterruptedException {
        Process running;
        synchronized (this) {
            running = process;
        }
        if (running == null) {
            return "it was not started";
        }
        int code = running.waitFor();
        String how = code > 128 ? "signal " + (code - 128) : "exit code " + code;
        note(0, false, how);
        return how;
    }

    /** How it is: written last, so that it is true when it is read. */
    private void note(long pid, boolean serving, String detail) {
        try {
            long ticks = pid == 0 ? 0 : RunState.startTicks(pid).orElse(0L);
            new RunState(pid, ticks, starts, serving, detail).write(directory.runFile(part.name()));
        } catch (IOException failed) {
            LOG.error("the state of {} cannot be written", part.name(), failed);
        }
    }

    /** Ends its process in order, or after a while anyhow. */
    void stop() throws ClusterException, InterruptedException {
        Process running;
        synchronized (this) {
            running = process;
        }
        if (running == null || !running.isAlive()) {
            return;
        }
        Tool.attempt(List.of("kill", "-CONT", Long.toString(running.pid())), java.util.Map.of());
        Tool.attempt(
                List.of("kill", "-" + PartProgram.endSignal(part), Long.toString(running.pid())), java.util.Map.of());
        if (!running.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
            running.destroyForcibly();
            running.waitFor(END.toSeconds(), TimeUnit.SECONDS);
        }
        note(0, false, "stopped");
    }
}
