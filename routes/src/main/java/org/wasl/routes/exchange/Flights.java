package org.wasl.routes.exchange;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The bounded table of requests that wait for their answer, with their deadlines. */
final class Flights {

    private final Map<FlightKey, Flight> flights = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final int max;
    private final ScheduledExecutorService scheduler;

    /** What opening a flight came to. */
    sealed interface Opening {

        /** A flight of its own. */
        record Opened(Flight flight) implements Opening {}

        /** A request of this id is on its way already. */
        record Known(Flight flight) implements Opening {}

        /** There are as many as there may be. */
        enum Full implements Opening {
            FULL
        }
    }

    Flights(int max, ScheduledExecutorService scheduler) {
        this.max = max;
        this.scheduler = scheduler;
    }

    /** Opens a flight; it leaves the table when its future completes. */
    Opening open(FlightKey key, @Nullable ExchangeRequest request) {
        Flight known = flights.get(key);
        if (known != null) {
            return new Opening.Known(known);
        }
        if (size.incrementAndGet() > max) {
            size.decrementAndGet();
            return Opening.Full.FULL;
        }
        Flight flight = new Flight(key, request);
        Flight earlier = flights.putIfAbsent(key, flight);
        if (earlier != null) {
            size.decrementAndGet();
            return new Opening.Known(earlier);
        }
        flight.future().whenComplete((result, failure) -> {
            flights.remove(key, flight);
            size.decrementAndGet();
        });
        return new Opening.Opened(flight);
    }

    /** Calls {@code late} with the flight after this time, unless it has ended before. Time is monotonic. */
    void expire(Flight flight, Duration after, Consumer<Flight> late) {
        try {
            flight.deadline(scheduler.schedule(
                    () -> late.accept(flight), Math.max(0, after.toMillis()), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            // The node is stopping: the request is in the log, and the next start takes it up.
            flight.future().cancel(false);
        }
    }

    Optional<Flight> find(FlightKey key) {
        return Optional.ofNullable(flights.get(key));
    }

    /** Shows every flight to {@code visitor}. */
    void forEach(Consumer<Flight> visitor) {
        flights.values().forEach(visitor);
    }

    /** Gives every flight that is left to {@code ending}. */
    void abandon(Consumer<Flight> ending) {
        flights.values().forEach(ending);
    }

    int size() {
        return size.get();
    }
}
