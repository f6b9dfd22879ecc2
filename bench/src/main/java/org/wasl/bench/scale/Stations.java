package org.wasl.bench.scale;

import java.util.PriorityQueue;

/** Where work waits its turn, in simulated seconds. Each is asked in the order of time. */
final class Stations {

    private Stations() {}

    /** A machine: so many cores, first come, first served. */
    static final class Cores {

        private final PriorityQueue<Double> free = new PriorityQueue<>();
        private final int cores;
        private double busy;

        Cores(int cores) {
            this.cores = cores;
            for (int i = 0; i < cores; i++) {
                free.add(0.0);
            }
        }

        /** Takes work that comes now, and says when it is done. */
        double take(double now, double seconds) {
            Double earliest = free.remove();
            double done = Math.max(now, earliest) + seconds;
            free.add(done);
            busy += seconds;
            return done;
        }

        /** Nobody is served before this. */
        void closedUntil(double end) {
            free.clear();
            for (int i = 0; i < cores; i++) {
                free.add(end);
            }
        }

        /** The share of its time that it was busy. */
        double use(double seconds) {
            return busy / cores / seconds;
        }
    }

    /** A log: while one batch is being made durable, the next gathers. */
    static final class Log {

        private final double sync;
        private final double leaf;
        private double begin;
        private double end;
        private double busy;

        /**
         * @param sync how long it takes to make a batch durable, however small
         * @param leaf how much each leaf adds
         */
        Log(double sync, double leaf) {
            this.sync = sync;
            this.leaf = leaf;
        }

        /** Takes leaves that come now, and says when they are durable. */
        double append(double now, int leaves) {
            double writing = leaves * leaf;
            if (now >= end) {
                begin = now;
                end = now + sync + writing;
            } else if (now >= begin) {
                begin = end;
                end = begin + sync + writing;
            } else {
                end += writing;
            }
            busy += writing;
            return end;
        }

        /** The share of its time that its leaves took: what it synchronises meanwhile costs only whoever waits. */
        double use(double seconds) {
            return busy / seconds;
        }
    }
}
