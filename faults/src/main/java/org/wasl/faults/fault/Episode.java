package org.wasl.faults.fault;

import java.util.List;

/**
 * One fault, once; times are milliseconds since 1970.
 *
 * @param began when the load before it began to count
 * @param injected when it was broken
 * @param healed when it began to be mended
 * @param serves when everything was started again
 * @param recovered when requests were answered one after the other again
 * @param ended when the load after it ceased to count
 * @param failure why the harness could not do it; empty when it could
 */
public record Episode(
        String fault,
        String describe,
        long began,
        long injected,
        long healed,
        long serves,
        long recovered,
        long ended,
        List<Observation> observations,
        String failure) {

    public Episode {
        observations = List.copyOf(observations);
    }
}
