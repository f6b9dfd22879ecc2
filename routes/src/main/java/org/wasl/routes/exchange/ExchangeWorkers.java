package org.wasl.routes.exchange;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What one node's exchange runs by besides its messages, in one place so that a simulation can put its own here.
 *
 * @param executor by which submissions go on, and what callers chain to their results
 * @param scheduler deadlines, and what is looked at now and then
 * @param deferrals by which back-ends are asked again, and awaited answers are seen to
 * @param nanoTime a monotonic clock, in nanoseconds
 * @param chance spreads in time what would otherwise come at once, from 0 to less than 1
 */
record ExchangeWorkers(
        ExecutorService executor,
        ScheduledExecutorService scheduler,
        ExecutorService deferrals,
        LongSupplier nanoTime,
        DoubleSupplier chance) {

    private static final int THREAD_IDLE_SECONDS = 30;
    private static final int EXTRA_TASKS = 1_024;
    private static final int DEFERRAL_THREADS = 4;

    /** Threads of their own, bounded by these settings, and the machine's clock. */
    static ExchangeWorkers threads(ExchangeSettings settings) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, named("exchange-deadlines"));
        scheduler.setRemoveOnCancelPolicy(true);
        // A flight has at most a few tasks at a time: with this room none is turned away.
        int tasks = 4 * settings.inFlightMax() + EXTRA_TASKS;
        return new ExchangeWorkers(
                pool(settings.senderThreads(), tasks, "exchange-sender"),
                scheduler,
                pool(DEFERRAL_THREADS, 2 * settings.deferrals().openMax(), "exchange-deferrals"),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    private static ExecutorService pool(int threads, int tasks, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, THREAD_IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(tasks), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
