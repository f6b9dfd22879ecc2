package org.wasl.routes.event;

import java.util.function.LongPredicate;

/** Finds how far a series without gaps has come, asking about few of its numbers. */
final class Series {

    private Series() {}

    /**
     * The last number that is there; 0 when not even 1 is. Takes about twice the logarithm of it in questions.
     *
     * @param there whether this number is there; if it is, so are all before it
     */
    static long last(LongPredicate there) {
        long low = 0;
        long high = 1;
        while (there.test(high)) {
            low = high;
            high *= 2;
        }
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (there.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
