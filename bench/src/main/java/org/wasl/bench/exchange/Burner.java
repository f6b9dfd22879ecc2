package org.wasl.bench.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that takes processor time and nothing else, in slices as short as those of a bus under load. It ends with
 * {@link #close}, or as soon as whoever started it does.
 */
final class Burner implements AutoCloseable {

    private static final int THREADS = 16;
    private static final long SLICE_NANOS = 500_000;

    private final Process process;

    private Burner(Process process) {
        this.process = process;
    }

    /** @param cores how many cores' time it takes */
    static Burner start(double cores) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Burner.class.getName(),
                Double.toString(cores));
        try {
            // Its standard input ends with this process.
            return new Burner(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("no process could be started", e);
        }
    }

    /** Burns until its standard input ends. */
    public static void main(String[] arguments) throws IOException {
        double share = Double.parseDouble(arguments[0]) / THREADS;
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> burn(share), "burner-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        while (System.in.read() >= 0) {
            // Nobody writes; only the end counts.
        }
    }

    /** By the clock, so that slices that the machine did not give are not made up for later in one piece. */
    private static void burn(double share) {
        if (share <= 0) {
            return;
        }
        long pause = (long) (SLICE_NANOS / Math.min(1, share)) - SLICE_NANOS;
        while (true) {
            long until = System.nanoTime() + SLICE_NANOS;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            LockSupport.parkNanos(pause);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
