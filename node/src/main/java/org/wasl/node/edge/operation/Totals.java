package org.wasl.node.edge.operation;

import java.util.Map;
import org.wasl.node.traffic.Counts;
import org.wasl.security.registry.Label;

/**
 * What some exchanges came to.
 *
 * @param asked how many ended
 * @param answered of those, answered by the agency, even if it holds nothing or answers later
 * @param deferred of those answered, announced for later
 * @param refused ended for a reason that lies with the asker
 * @param failed ended without an answer of use
 * @param p50Millis within what time half of the answered and failed ones ended
 * @param p95Millis 95 of a hundred
 * @param p99Millis 99 of a hundred
 */
record Totals(
        long asked,
        long answered,
        long deferred,
        long refused,
        long failed,
        long p50Millis,
        long p95Millis,
        long p99Millis) {

    private static final double HALF = 0.5;
    private static final double MOST = 0.95;
    private static final double NEARLY_ALL = 0.99;

    static Totals of(Counts counts) {
        return new Totals(
                counts.asked(),
                counts.answered(),
                counts.deferred(),
                counts.refused(),
                counts.failed(),
                counts.within(HALF).toMillis(),
                counts.within(MOST).toMillis(),
                counts.within(NEARLY_ALL).toMillis());
    }

    /** A name in both languages, as the API gives it. */
    static Map<String, String> names(Label label) {
        return Map.of("ar", label.arabic(), "en", label.english());
    }
}
