package org.wasl.schemas.xml;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps parsers and validators, which are slow to make and not safe to share, for one user at a time. One that has read
 * its share of octets is let go: the JDK's symbol tables only grow, and a sender who invents names would fill the heap.
 */
final class Pool<T> {

    private static final int MAX_IDLE = 32;
    private static final long MAX_OCTETS_EACH = 32L * 1024 * 1024;

    private final ArrayBlockingQueue<Lease<T>> idle = new ArrayBlockingQueue<>(MAX_IDLE);
    private final Supplier<T> maker;

    Pool(Supplier<T> maker) {
        this.maker = maker;
    }

    /** One for the caller alone, until {@link #give}; not given back, it is simply lost. */
    Lease<T> take() {
        @Nullable Lease<T> lease = idle.poll();
        return lease == null ? new Lease<>(maker.get()) : lease;
    }

    void give(Lease<T> lease, int octetsRead) {
        lease.octets += octetsRead;
        if (lease.octets <= MAX_OCTETS_EACH && !idle.offer(lease)) {
            lease.octets = MAX_OCTETS_EACH;
        }
    }

    /** A pooled thing, and how much it has read. */
    static final class Lease<T> {
        private final T value;
        private long octets;

        private Lease(T value) {
            this.value = value;
        }

        T value() {
            return value;
        }
    }
}
