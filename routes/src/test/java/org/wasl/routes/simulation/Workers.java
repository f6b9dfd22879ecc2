package org.wasl.routes.simulation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The threads of a simulated process: none. */
final class Workers extends AbstractExecutorService implements ScheduledExecutorService {

    private static final int BUSY_MICROS = 400;

    private final World world;
    private final Incarnation owner;

    Workers(World world, Incarnation owner) {
        this.world = world;
        this.owner = owner;
    }

    @Override
    public void execute(Runnable task) {
        if (owner.alive()) {
            world.after(world.chance().nextInt(BUSY_MICROS) * 1_000L, owner, task);
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        Timer timer = new Timer(world);
        if (owner.alive()) {
            timer.event = world.after(unit.toNanos(delay), owner, () -> {
                timer.done = true;
                task.run();
            });
        }
        return timer;
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
        Timer timer = new Timer(world);
        again(timer, task, unit.toNanos(first), unit.toNanos(delay));
        return timer;
    }

    private void again(Timer timer, Runnable task, long first, long delay) {
        world.idly(first, owner, () -> {
            if (!timer.cancelled) {
                task.run();
                again(timer, task, delay, delay);
            }
        });
    }

    private static final class Timer implements ScheduledFuture<Object> {

        private final World world;
        private World.@Nullable Event event;
        private boolean cancelled;
        private boolean done;

        Timer(World world) {
            this.world = world;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public boolean cancel(boolean interrupt) {
            cancelled = !done;
            if (cancelled && event != null) {
                world.forget(event);
            }
            return cancelled;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public boolean isDone() {
            return done || cancelled;
        }

        @Override
        public Object get() {
            throw new UnsupportedOperationException("nobody asks");
        }

        @Override
        public Object get(long timeout, TimeUnit unit) {
            throw new UnsupportedOperationException("nobody asks");
        }
    }

    @Override
    @SuppressWarnings("unchecked") // nobody asks for its value
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return (ScheduledFuture<V>) schedule(
                () -> {
                    try {
                        task.call();
                    } catch (Exception e) { // a task that the product gave, and that throws nothing checked
                        throw new IllegalStateException(e);
                    }
                },
                delay,
                unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public void shutdown() {
        // The process is killed instead.
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return !owner.alive();
    }

    @Override
    public boolean isTerminated() {
        return !owner.alive();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
