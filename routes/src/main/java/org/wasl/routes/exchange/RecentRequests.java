package org.wasl.routes.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Remembers the requests that were received lately, so that the log need not be asked of one that cannot have been
 * received before. It never says so of one that may have been: not of one that it remembers, nor of one so old, or this
 * node started so lately, that it may have been received before the memory begins. Bounded; safe for many threads.
 */
final class RecentRequests {

    private final int capacity;
    private final Duration skew;
    private Generation older;
    private Generation newer;

    /**
     * @param capacity how many requests are remembered at least, once there were as many
     * @param skew how far the clock of whoever issued a request may be off
     * @param now when the memory begins
     */
    RecentRequests(int capacity, Duration skew, Instant now) {
        this.capacity = capacity;
        this.skew = skew;
        this.older = new Generation(1, now);
        this.newer = new Generation(capacity, now);
    }

    /**
     * Remembers a request; true when it was certainly not received before.
     *
     * @param id names the request and what it says: evenly distributed
     * @param issued when its sender says that it was issued
     * @param now when it is received
     */
    synchronized boolean surelyNew(UUID id, Instant issued, Instant now) {
        long key = id.getMostSignificantBits() ^ Long.rotateLeft(id.getLeastSignificantBits(), 32);
        if (newer.size == capacity) {
            older = newer;
            newer = new Generation(capacity, now);
        }
        boolean known = older.contains(key);
        // Nobody receives a request earlier than it was issued, but for the clocks.
        return newer.add(key) && !known && issued.minus(skew).isAfter(older.since);
    }

    /** A set of numbers in one array, since there are many; 0 stands for nothing, and so is always there. */
    private static final class Generation {

        private final long[] slots;
        private final Instant since;
        private int size;

        Generation(int capacity, Instant since) {
            this.slots = new long[Integer.highestOneBit(capacity) * 4];
            this.since = since;
        }

        boolean contains(long key) {
            return key == 0 || slots[slot(key)] == key;
        }

        boolean add(long key) {
            int slot = slot(key);
            if (key == 0 || slots[slot] == key) {
                return false;
            }
            slots[slot] = key;
            size++;
            return true;
        }

        private int slot(long key) {
            int at = (int) key & (slots.length - 1);
            while (slots[at] != 0 && slots[at] != key) {
                at = (at + 1) & (slots.length - 1);
            }
            return at;
        }
    }
}
