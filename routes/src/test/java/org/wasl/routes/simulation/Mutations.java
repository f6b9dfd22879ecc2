package org.wasl.routes.simulation;

import java.util.Map;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Deliberate defects, by which the simulation shows that its checks can fail.
 *
 * @param steps what is done instead of the step of this id
 * @param forgetsToCommit whether the log says that an entry is durable before it is
 * @param recovers whether a started process takes up what the last one left
 */
record Mutations(Map<String, Processor> steps, boolean forgetsToCommit, boolean recovers) {

    /** The product as it is. */
    static final Mutations NONE = new Mutations(Map.of(), false, true);

    /** Without this step. */
    static Mutations without(String step) {
        return new Mutations(Map.of(step, exchange -> {}), false, true);
    }

    Processor of(@Nullable String id, Processor processor) {
        return steps.isEmpty() || id == null ? processor : steps.getOrDefault(id, processor);
    }
}
