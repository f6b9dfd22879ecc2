package org.wasl.bench.load;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** One thing that is measured: started once, called many times by many threads, and closed. */
public interface Workload extends AutoCloseable {

    /** Its name in tables, options and the JSON, in lower case with hyphens. */
    String name();

    /**
     * Sets everything up that is not to be measured.
     *
     * @param directory an empty directory of its own, on the disk that is measured
     */
    void start(Path directory) throws Exception;

    /**
     * Begins one operation. The stage completes once the answer is there and was checked, and exceptionally when the
     * operation failed or was refused. Called by many threads; it may block its caller.
     *
     * @param number counts the operations of this run, from 0
     */
    CompletionStage<?> call(long number);

    /** From now on, and first while it settles, calls are this scenario's; before the first one they warm up. */
    default void begins(Scenario scenario) {}

    /** What that scenario measured. */
    default void measured(Measured measured) {}

    /** What a reader must know to repeat it: algorithm, payload, threads, storage, tuned or not. */
    Map<String, String> settings();

    /**
     * What it can say of itself once it was measured, each name ending in its unit: for example how many bytes an
     * operation left at rest.
     */
    default Map<String, Double> figures() {
        return Map.of();
    }

    @Override
    void close() throws Exception;
}
