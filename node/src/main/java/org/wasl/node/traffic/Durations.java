package org.wasl.node.traffic;

import java.time.Duration;
import java.util.Arrays;

/**
 * A histogram of durations in a few hundred octets: eight classes to each doubling, so that a percentile is off by at most
 * a twelfth. From one millisecond to about four hours; what is beyond counts as that.
 */
final class Durations {

    private static final int CLASSES_OF_AN_OCTAVE = 8;
    private static final int OCTAVES = 24;
    private static final int CLASSES = CLASSES_OF_AN_OCTAVE * OCTAVES;
    private static final double OCTAVE = Math.log(2);

    private final int[] counts = new int[CLASSES];
    private long total;

    void add(long millis) {
        counts[classOf(millis)]++;
        total++;
    }

    void add(Durations other) {
        for (int i = 0; i < CLASSES; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    long total() {
        return total;
    }

    /**
     * The duration within which this share of them is; zero when there is none.
     *
     * @param share from 0 to 1
     */
    Duration within(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < CLASSES; i++) {
            seen += counts[i];
            if (total > 0 && seen >= wanted) {
                return Duration.ofMillis(Math.round(upperMillis(i)));
            }
        }
        return Duration.ZERO;
    }

    private static int classOf(long millis) {
        double octaves = Math.log(Math.max(1, millis)) / OCTAVE;
        return (int) Math.min(CLASSES - 1L, (long) Math.ceil(octaves * CLASSES_OF_AN_OCTAVE - 1e-9));
    }

    private static double upperMillis(int index) {
        return Math.pow(2, (double) index / CLASSES_OF_AN_OCTAVE);
    }

    @Override
    public String toString() {
        return Arrays.toString(counts);
    }
}
