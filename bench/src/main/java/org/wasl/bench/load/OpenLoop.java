package org.wasl.bench.load;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Arrivals at a constant rate, whatever becomes of those before. Each operation's time counts from the moment at which
 * it should have begun, so a stall is charged to everybody who would have come during it (no coordinated omission).
 */
final class OpenLoop {

    private static final double NANOS_IN_SECOND = 1e9;
    private static final long LONGEST_DRAIN_NANOS = 60_000_000_000L;
    private static final long DRAIN_STEP_NANOS = 1_000_000L;

    private final Workload workload;
    private final Executor callers;
    private final Ticks ticks;
    private final AtomicLong numbers;
    private final AtomicInteger underWay = new AtomicInteger();

    OpenLoop(Workload workload, Executor callers, Ticks ticks, AtomicLong numbers) {
        this.workload = workload;
        this.callers = callers;
        this.ticks = ticks;
        this.numbers = numbers;
    }

    /**
     * Lets operations arrive for this long.
     *
     * @param tally where they count, or null while the load settles
     * @return how many arrived
     */
    long run(Scenario scenario, double seconds, @Nullable Tally tally) {
        long began = ticks.nanos();
        long arrivals = Math.round(seconds * scenario.ratePerSecond());
        for (long i = 0; i < arrivals; i++) {
            long intended = began + (long) (i * NANOS_IN_SECOND / scenario.ratePerSecond());
            ticks.awaitUntil(intended);
            if (Thread.currentThread().isInterrupted()) {
                return i;
            }
            arrive(intended, scenario.inFlight(), tally);
        }
        return arrivals;
    }

    private void arrive(long intended, int bound, @Nullable Tally tally) {
        if (underWay.get() >= bound) {
            if (tally != null) {
                tally.notSent();
            }
            return;
        }
        underWay.incrementAndGet();
        try {
            callers.execute(() -> begin(intended, tally));
        } catch (RejectedExecutionException full) {
            end(intended, tally, full);
        }
    }

    private void begin(long intended, @Nullable Tally tally) {
        CompletionStage<?> stage;
        try {
            stage = workload.call(numbers.getAndIncrement());
        } catch (RuntimeException failure) {
            end(intended, tally, failure);
            return;
        }
        stage.whenComplete((answer, failure) -> end(intended, tally, failure));
    }

    private void end(long intended, @Nullable Tally tally, @Nullable Throwable failure) {
        underWay.decrementAndGet();
        if (tally != null) {
            tally.count(ticks.nanos() - intended, failure);
        }
    }

    /** Waits for what is under way; what does not end in time counts as a failure. */
    void drain(Tally tally) {
        long until = ticks.nanos() + LONGEST_DRAIN_NANOS;
        while (underWay.get() > 0 && ticks.nanos() < until) {
            ticks.awaitUntil(ticks.nanos() + DRAIN_STEP_NANOS);
        }
        tally.fail("never answered", underWay.get());
    }
}
