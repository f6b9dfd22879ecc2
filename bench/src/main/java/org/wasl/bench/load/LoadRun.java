package org.wasl.bench.load;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Warms one started workload up and measures it, one scenario after the other. */
public final class LoadRun {

    private static final long STEP_NANOS = 250_000_000L;
    private static final double NANOS_IN_SECOND = 1e9;

    private final Workload workload;
    private final Advance advance;
    private final ProcessMeter meter = new ProcessMeter();
    private final AtomicLong numbers = new AtomicLong();

    public LoadRun(Workload workload, Advance advance) {
        this.workload = workload;
        this.advance = advance;
    }

    /**
     * Calls until the process has used this much CPU time since then, since wall time says little on a busy machine.
     *
     * @param limitSeconds the longest that it may take, for workloads that mostly wait
     */
    public WarmUp warmUp(int callers, double cpuSeconds, double limitSeconds) throws InterruptedException {
        long began = System.nanoTime();
        long cpuBegan = meter.cpuNanos();
        try (ClosedLoop loop = new ClosedLoop(workload, callers, numbers)) {
            Tally tally = loop.begin();
            double told = 0;
            do {
                pause(STEP_NANOS);
                double share = Math.max(cpuSince(cpuBegan) / cpuSeconds, secondsSince(began) / limitSeconds);
                double now = Math.min(1, share) * expectedWarmUpSeconds(cpuSeconds, limitSeconds);
                advance.by(now - told, "warm-up");
                told = now;
            } while (cpuSince(cpuBegan) < cpuSeconds && secondsSince(began) < limitSeconds);
            loop.end();
            return new WarmUp(
                    cpuSince(cpuBegan), secondsSince(began), tally.answered().getTotalCount(), tally.failures());
        }
    }

    /** What a warm-up is expected to take where all cores are to be had. */
    public static double expectedWarmUpSeconds(double cpuSeconds, double limitSeconds) {
        return Math.min(limitSeconds, cpuSeconds / Runtime.getRuntime().availableProcessors());
    }

    private double cpuSince(long nanos) {
        return (meter.cpuNanos() - nanos) / NANOS_IN_SECOND;
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / NANOS_IN_SECOND;
    }

    /** Measures one scenario. */
    public Measured measure(Scenario scenario) throws InterruptedException {
        workload.begins(scenario);
        Measured measured = scenario.open() ? open(scenario) : closed(scenario);
        workload.measured(measured);
        return measured;
    }

    private Measured closed(Scenario scenario) throws InterruptedException {
        try (ClosedLoop loop = new ClosedLoop(workload, scenario.callers(), numbers)) {
            pass(scenario.settleSeconds(), scenario.name());
            meter.begin();
            Tally tally = loop.begin();
            pass(scenario.windowSeconds(), scenario.name());
            loop.end();
            return Measured.of(scenario, tally, meter.end());
        }
    }

    private Measured open(Scenario scenario) throws InterruptedException {
        ThreadPoolExecutor callers = new ThreadPoolExecutor(
                scenario.callers(),
                scenario.callers(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(scenario.inFlight() + 1));
        try {
            callers.prestartAllCoreThreads();
            OpenLoop loop = new OpenLoop(workload, callers, Ticks.SYSTEM, numbers);
            loop.run(scenario, scenario.settleSeconds(), null);
            advance.by(scenario.settleSeconds(), scenario.name());
            meter.begin();
            Tally tally = new Tally();
            Thread ticker = new Thread(() -> tick(scenario), "advance");
            ticker.setDaemon(true);
            ticker.start();
            loop.run(scenario, scenario.windowSeconds(), tally);
            ProcessUse use = meter.end();
            ticker.interrupt();
            ticker.join();
            loop.drain(tally);
            return Measured.of(scenario, tally, use);
        } finally {
            callers.shutdownNow();
        }
    }

    private void tick(Scenario scenario) {
        try {
            pass(scenario.windowSeconds(), scenario.name());
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(double seconds, String what) throws InterruptedException {
        long until = System.nanoTime() + (long) (seconds * NANOS_IN_SECOND);
        long left = until - System.nanoTime();
        while (left > 0) {
            long step = Math.min(left, STEP_NANOS);
            pause(step);
            advance.by(step / NANOS_IN_SECOND, what);
            left = until - System.nanoTime();
        }
    }

    private static void pause(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }
}
