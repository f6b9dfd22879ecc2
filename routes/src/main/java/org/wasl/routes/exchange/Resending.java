package org.wasl.routes.exchange;

import jakarta.jms.ExceptionListener;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;

/**
 * Sends requests again that may have been lost on their way. Brokers keep them in memory alone, since the log has them:
 * it is the outbox. So when the connection to the broker fails, whatever was sent before is sent again; and each once
 * more when half of its time is over, whatever was noticed. Providers know a request again: nothing is done twice.
 */
final class Resending implements Runnable, ExceptionListener {

    /** How often it is looked. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    private static final Duration LEAST_WAIT = Duration.ofSeconds(5);

    private final Flights flights;
    private final Consumer<Submission.Logged> send;
    private final LongSupplier nanoTime;
    private final Supplier<Instant> clock;

    /** When the connection failed last, as the monotonic clock had it; null while it never has. */
    private volatile @Nullable Long disturbed;

    /**
     * @param send sends a durable request
     * @param nanoTime a monotonic clock, in nanoseconds
     * @param clock the clock of headers
     */
    Resending(Flights flights, Consumer<Submission.Logged> send, LongSupplier nanoTime, Supplier<Instant> clock) {
        this.flights = flights;
        this.send = send;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    @Override
    public void onException(JMSException failure) {
        disturbed = nanoTime.getAsLong();
    }

    @Override
    public void run() {
        Long lost = disturbed;
        Instant now = clock.get();
        flights.forEach(flight -> {
            Optional<Container> request = lost == null ? Optional.empty() : flight.sentBefore(lost);
            request.or(flight::unsent)
                    .or(() -> halfOver(flight, now))
                    .ifPresent(container -> send.accept(new Submission.Logged(flight, container)));
        });
    }

    private static Optional<Container> halfOver(Flight flight, Instant now) {
        return flight.sendings() == 1
                ? flight.container().filter(request -> halfOver(request.header(), now))
                : Optional.empty();
    }

    private static boolean halfOver(Header header, Instant now) {
        Duration half = Duration.between(header.issued(), header.expires()).dividedBy(2);
        Duration wait = half.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : half;
        return now.isAfter(header.issued().plus(wait));
    }
}
