package org.wasl.agencies.population;

import java.util.List;

/**
 * Repeatable chance for one entity: the same (seed, type, index) throws the same numbers on every JDK. SplitMix64, written
 * out because the JDK promises no sequence for its generators across versions.
 */
final class Dice {

    private long state;

    Dice(long seed, EntityType type, long index) {
        state = mix(seed ^ mix(0x9E3779B97F4A7C15L * (type.ordinal() + 1L)) ^ mix(index + 0x632BE59BD9B4E019L));
    }

    /** A number from 0 to {@code bound} - 1. */
    int below(int bound) {
        return (int) Long.remainderUnsigned(next(), bound);
    }

    /** A number from {@code low} to {@code high}, both included. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    boolean chance(int perThousand) {
        return below(1000) < perThousand;
    }

    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** The index of a weight, chosen in proportion. */
    int weighted(int... weights) {
        int total = 0;
        for (int weight : weights) {
            total += weight;
        }
        int thrown = below(total);
        int index = 0;
        while (thrown >= weights[index]) {
            thrown -= weights[index];
            index++;
        }
        return index;
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        return mix(state);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
