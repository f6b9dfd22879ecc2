package org.wasl.node.statistics;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The counts as they stood at one time.
 *
 * @param cells the counts, in order
 * @param at when the log had been read as far as it then went
 * @param complete whether it had: false while a long log is counted for the first time
 */
public record CountedRequests(SortedMap<Cell, Long> cells, Instant at, boolean complete) {

    public CountedRequests {
        cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
    }

    /** Only what may be published. */
    public CountedRequests released(int threshold) {
        return new CountedRequests(Release.of(cells, threshold), at, complete);
    }
}
