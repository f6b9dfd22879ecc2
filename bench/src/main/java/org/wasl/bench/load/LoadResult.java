package org.wasl.bench.load;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a job.
 *
 * @param settings what the workload says of how it is set up
 * @param startSeconds how long setting it up took
 * @param warmUp what it ran before, or null when it came to nothing
 * @param measured what each scenario measured; fewer than asked when it failed
 * @param figures what the workload says of itself afterwards, each name ending in its unit
 * @param failure why it came to nothing, or null
 */
public record LoadResult(
        LoadJob job,
        Map<String, String> settings,
        double startSeconds,
        @Nullable WarmUp warmUp,
        List<Measured> measured,
        Map<String, Double> figures,
        @Nullable String failure) {

    public LoadResult {
        settings = Map.copyOf(settings);
        measured = List.copyOf(measured);
        figures = Map.copyOf(figures);
    }

    /** A job that came to nothing. */
    public static LoadResult failed(LoadJob job, String failure) {
        return new LoadResult(job, Map.of(), 0, null, List.of(), Map.of(), failure);
    }
}
