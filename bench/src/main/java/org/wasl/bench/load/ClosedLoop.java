package org.wasl.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * So many callers, each asking again once it was answered. It shows the most that a workload can do; its latencies are
 * those of a system whose users wait for it, so they are not corrected and prove nothing about a given rate.
 */
public final class ClosedLoop implements AutoCloseable {

    private static final long LONGEST_OPERATION_SECONDS = 60;
    private static final long LONGEST_STOP_MILLIS = 70_000;

    private final Workload workload;
    private final AtomicLong numbers;
    private final List<Thread> callers = new ArrayList<>();
    private final AtomicReference<@Nullable Tally> tally = new AtomicReference<>();
    private final AtomicLong done = new AtomicLong();
    private volatile boolean stopped;

    /**
     * Starts the callers; nothing is counted yet.
     *
     * @param numbers where operations get their numbers from, over all loops of a process
     */
    public ClosedLoop(Workload workload, int callers, AtomicLong numbers) {
        this.workload = workload;
        this.numbers = numbers;
        for (int i = 0; i < callers; i++) {
            Thread caller = new Thread(this::callOn, "caller-" + i);
            caller.setDaemon(true);
            this.callers.add(caller);
        }
        this.callers.forEach(Thread::start);
    }

    private void callOn() {
        while (!stopped) {
            long began = System.nanoTime();
            Throwable failure = callOnce();
            if (failure instanceof InterruptedException) {
                return;
            }
            done.incrementAndGet();
            Tally counted = tally.get();
            if (counted != null) {
                counted.count(System.nanoTime() - began, failure);
            }
        }
    }

    private @Nullable Throwable callOnce() {
        try {
            workload.call(numbers.getAndIncrement())
                    .toCompletableFuture()
                    .get(LONGEST_OPERATION_SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException | InterruptedException | TimeoutException | RuntimeException failure) {
            return failure;
        }
    }

    /** How many operations ended so far, counted or not. */
    public long done() {
        return done.get();
    }

    /** From now on operations that end count. */
    Tally begin() {
        Tally counted = new Tally();
        tally.set(counted);
        return counted;
    }

    /** Operations that end from now on do not count. */
    void end() {
        tally.set(null);
    }

    /** Lets the operations under way end and stops. */
    @Override
    public void close() {
        stopped = true;
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_STOP_MILLIS);
        for (Thread caller : callers) {
            try {
                caller.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        callers.forEach(Thread::interrupt);
    }
}
