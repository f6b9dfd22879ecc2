package org.wasl.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.wasl.bench.load.Advance;
import org.wasl.bench.load.LoadJob;
import org.wasl.bench.load.LoadResult;
import org.wasl.bench.report.Json;

/**
 * Measures each job in a process of its own, all with the same flags, so that nobody's warm-up, heap or static state
 * touches another. Its output is kept beside its files, and it ends when this process does.
 */
final class Fork {

    private static final double PATIENCE = 5;
    private static final double PATIENCE_SECONDS = 180;
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "end-children"));
    }

    private final Path directory;
    private final List<String> flags;

    /**
     * @param directory where jobs work, on the disk that is measured; what they leave there is removed
     * @param flags of the Java machine, for all
     */
    Fork(Path directory, List<String> flags) {
        this.directory = directory;
        this.flags = List.copyOf(flags);
    }

    /** Where the output of this job is. */
    Path output(LoadJob job) {
        return directory.resolve(job.group() + "-" + job.workload() + ".log");
    }

    /** Runs it to its end, or ends it when it takes far longer than expected. */
    LoadResult run(LoadJob job, Advance advance) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path work = Files.createTempDirectory(directory, job.workload() + "-");
        try {
            return run(job, work, advance);
        } finally {
            remove(work);
        }
    }

    private LoadResult run(LoadJob job, Path work, Advance advance) throws IOException, InterruptedException {
        Path asked = work.resolve("job.json");
        Path answered = work.resolve("result.json");
        Json.write(asked, job);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        command.addAll(List.of(
                asked.toString(), answered.toString(), work.resolve("data").toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        RUNNING.add(process);
        try {
            Thread reader = new Thread(() -> read(process, output(job), advance), "child-output");
            reader.setDaemon(true);
            reader.start();
            long patience = (long) (job.expectedSeconds() * PATIENCE + PATIENCE_SECONDS);
            if (!process.waitFor(patience, TimeUnit.SECONDS)) {
                return LoadResult.failed(job, "did not end within " + patience + " s");
            }
            reader.join(TimeUnit.SECONDS.toMillis(1));
            if (!Files.isReadable(answered)) {
                return LoadResult.failed(
                        job, "ended with " + process.exitValue() + " and no result, see " + output(job));
            }
            return Json.read(answered, LoadResult.class);
        } finally {
            process.destroyForcibly();
            RUNNING.remove(process);
        }
    }

    /** Keeps what the process says, and passes on how far it is. */
    private static void read(Process process, Path output, Advance advance) {
        try (BufferedReader in =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                OutputStream kept = Files.newOutputStream(output)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(Child.ADVANCE)) {
                    String[] parts = line.substring(Child.ADVANCE.length()).split(" ", 2);
                    advance.by(Double.parseDouble(parts[0]), parts[1]);
                } else {
                    kept.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException ended) {
            // The stream of a process that was ended closes under its reader; what it wrote before is kept.
            advance.by(0, "");
        }
    }

    private static void remove(Path work) throws IOException {
        try (Stream<Path> found = Files.walk(work)) {
            for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException vanished) {
            throw vanished.getCause();
        }
    }
}
