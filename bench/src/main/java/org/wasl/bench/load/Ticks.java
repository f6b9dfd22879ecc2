package org.wasl.bench.load;

import java.util.concurrent.locks.LockSupport;

/** The passing of time as load is made by it, so that tests need not wait for any. */
interface Ticks {

    /** The time that passes for this process. */
    Ticks SYSTEM = new Ticks() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void awaitUntil(long nanos) {
            long left = nanos - System.nanoTime();
            while (left > 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(this, left);
                left = nanos - System.nanoTime();
            }
        }
    };

    /** A point in time, in nanoseconds from nowhere in particular. */
    long nanos();

    /** Returns at that point in time, or at once when it is past or the thread is interrupted. */
    void awaitUntil(long nanos);
}
