package org.wasl.node.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts by time: a ring of slots of one length, the newest of which is being filled. Not safe for threads. */
final class Slots {

    private final long slotMillis;
    private final @Nullable Counts[] counts;
    private final long[] numbers;

    /**
     * @param slot how long a slot is
     * @param size how many there are
     */
    Slots(Duration slot, int size) {
        this.slotMillis = slot.toMillis();
        this.counts = new Counts[size];
        this.numbers = new long[size];
    }

    /** The counts of the slot in which this instant is, to be added to; null when it is over. */
    @Nullable
    Counts at(long epochMillis) {
        long number = Math.floorDiv(epochMillis, slotMillis);
        int place = Math.floorMod(number, counts.length);
        if (counts[place] == null || numbers[place] < number) {
            counts[place] = new Counts();
            numbers[place] = number;
        }
        return numbers[place] == number ? counts[place] : null;
    }

    /** Shows what was counted in the last slots, the one that is being filled among them. */
    void since(long epochMillis, int slots, Consumer<Counts> visitor) {
        for (Counts slot : last(epochMillis, slots)) {
            if (slot != null) {
                visitor.accept(slot);
            }
        }
    }

    /** The last slots, oldest first, the one that is being filled the last; null where nothing was counted. */
    List<@Nullable Counts> last(long epochMillis, int slots) {
        long newest = Math.floorDiv(epochMillis, slotMillis);
        List<@Nullable Counts> last = new ArrayList<>();
        for (long number = newest - Math.min(slots, counts.length) + 1; number <= newest; number++) {
            int place = Math.floorMod(number, counts.length);
            last.add(numbers[place] == number ? counts[place] : null);
        }
        return last;
    }
}
