package org.wasl.node.statistics;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The counts as they stood at one time.
 *
 * @param cells the counts, in order
 * @param ratings how answers were rated, by service
 * @param at when the log had been read as far as it then went
 * @param complete whether it had: false while a long log is counted for the first time
 */
public record CountedRequests(
        SortedMap<Cell, Long> cells, SortedMap<String, Ratings> ratings, Instant at, boolean complete) {

    public CountedRequests {
        cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
        ratings = Collections.unmodifiableSortedMap(new TreeMap<>(ratings));
    }

    /** Only what may be published; no ratings: what one more person gave could be told from two averages. */
    public CountedRequests released(int threshold) {
        return new CountedRequests(Release.of(cells, threshold), Collections.emptySortedMap(), at, complete);
    }
}
