package org.wasl.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wasl.bench.load.Advance;
import org.wasl.bench.load.LoadJob;
import org.wasl.bench.load.LoadResult;
import org.wasl.bench.load.LoadRun;
import org.wasl.bench.load.Measured;
import org.wasl.bench.load.Scenario;
import org.wasl.bench.load.WarmUp;
import org.wasl.bench.load.Workload;
import org.wasl.bench.report.Json;

/** The process that measures one workload; started by {@link Fork}. */
final class Child {

    /** What the lines begin with by which it tells how far it is; all else on its output is others' talk. */
    static final String ADVANCE = "@advance ";

    private static final double NANOS_IN_SECOND = 1e9;
    /** The platform's own, on standard error: what is measured runs without a logger. */
    private static final System.Logger LOG = System.getLogger(Child.class.getName());

    private Child() {}

    /** Takes three paths: the job, where the result goes, and an empty directory on the disk that is measured. */
    public static void main(String[] arguments) throws IOException {
        Path result = Path.of(arguments[1]);
        LoadJob job = Json.read(Path.of(arguments[0]), LoadJob.class);
        PrintStream told = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Advance advance =
                (seconds, what) -> told.println(ADVANCE + String.format(Locale.ROOT, "%.3f %s", seconds, what));
        Json.write(result, measure(job, Path.of(arguments[2]), advance));
        // Libraries' threads that nobody stops must not keep the process.
        System.exit(0);
    }

    static LoadResult measure(LoadJob job, Path directory, Advance advance) {
        try {
            Files.createDirectories(directory);
            Workload workload = Catalogue.make(job.workload(), job.parameters());
            try (workload) {
                return measure(job, workload, directory, advance);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return LoadResult.failed(job, "interrupted");
        } catch (Exception failure) { // whatever a workload cannot do is told, not thrown
            LOG.log(System.Logger.Level.ERROR, "the workload " + job.workload() + " failed", failure);
            return LoadResult.failed(job, failure.getClass().getSimpleName() + ": " + failure.getMessage());
        }
    }

    private static LoadResult measure(LoadJob job, Workload workload, Path directory, Advance advance)
            throws Exception {
        long began = System.nanoTime();
        workload.start(directory);
        double startSeconds = (System.nanoTime() - began) / NANOS_IN_SECOND;
        LoadRun run = new LoadRun(workload, advance);
        WarmUp warmUp = run.warmUp(job.warmUpCallers(), job.warmUpCpuSeconds(), job.warmUpLimitSeconds());
        List<Measured> measured = new ArrayList<>();
        if (warmUp.operations() == 0) {
            String failure = "not one operation was answered while it warmed up";
            return new LoadResult(job, workload.settings(), startSeconds, warmUp, measured, Map.of(), failure);
        }
        for (Scenario scenario : job.scenarios()) {
            System.gc(); // the garbage of what ran before is not this scenario's
            measured.add(run.measure(scenario));
        }
        return new LoadResult(job, workload.settings(), startSeconds, warmUp, measured, workload.figures(), null);
    }
}
