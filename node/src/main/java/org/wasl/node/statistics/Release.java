package org.wasl.node.statistics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of the counts may be published. Every count is rounded down to a multiple of the threshold, and cells below it are
 * left out, as are cells where nothing was counted. So every published number is a multiple of the threshold, and so are
 * all sums and differences of such numbers, over cells and over time: no arithmetic yields a group of fewer people than
 * the threshold. Totals are summed from what is published, never from what was counted.
 */
public final class Release {

    /** The smallest threshold under which anything is published. */
    public static final int SMALLEST_THRESHOLD = 5;

    private Release() {}

    /**
     * The cells that may be published, with their published counts.
     *
     * @param threshold how many requests a number stands for at least
     */
    public static SortedMap<Cell, Long> of(Map<Cell, Long> counts, int threshold) {
        if (threshold < SMALLEST_THRESHOLD) {
            throw new IllegalArgumentException("a threshold of " + threshold + " hides too few");
        }
        SortedMap<Cell, Long> released = new TreeMap<>();
        counts.forEach((cell, count) -> {
            long rounded = count - count % threshold;
            if (rounded >= threshold) {
                released.put(cell, rounded);
            }
        });
        return released;
    }
}
