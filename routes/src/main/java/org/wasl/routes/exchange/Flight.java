package org.wasl.routes.exchange;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.container.Container;

/**
 * One request on its way: from when it is submitted until its one end. Reply, deadline and failure race for that end;
 * {@link #claim} says who won.
 */
final class Flight {

    private final FlightKey key;
    private final @Nullable ExchangeRequest request;
    private final CompletableFuture<ExchangeResult> future = new CompletableFuture<>();
    private boolean claimed;
    private int sendings;
    private long sentNanos;
    private @Nullable Container container;
    private volatile @Nullable String subject;
    private @Nullable Future<?> deadline;

    /**
     * @param request what was asked; null when it was found in the log after a restart
     */
    Flight(FlightKey key, @Nullable ExchangeRequest request) {
        this.key = key;
        this.request = request;
    }

    FlightKey key() {
        return key;
    }

    Optional<ExchangeRequest> request() {
        return Optional.ofNullable(request);
    }

    CompletableFuture<ExchangeResult> future() {
        return future;
    }

    /** Remembers whom or what the request is about. */
    void about(@Nullable String person) {
        subject = person;
    }

    /** Whom or what the request is about; null when that is not known. */
    @Nullable
    String subject() {
        return subject;
    }

    /** The request as signed and logged; empty before it was. */
    synchronized Optional<Container> container() {
        return Optional.ofNullable(container);
    }

    /**
     * The request is durable: from now on it has to be answered.
     *
     * @return false when the exchange had ended before
     */
    synchronized boolean accepted(Container durable) {
        container = durable;
        return !claimed;
    }

    /** The request is on its way, for the first time or again. */
    synchronized void sent(long nanos) {
        sendings++;
        sentNanos = nanos == 0 ? 1 : nanos;
    }

    /** The last sending failed: it counts for nothing. */
    synchronized void notSent() {
        sentNanos = 0;
    }

    /** The request, when it was sent and is not answered, and its last sending is not after this. */
    synchronized Optional<Container> sentBefore(long nanos) {
        boolean waits = !claimed && sendings > 0 && (sentNanos == 0 || sentNanos - nanos <= 0);
        return waits ? container() : Optional.empty();
    }

    /** The request, when its last sending failed and it is not answered. */
    synchronized Optional<Container> unsent() {
        return !claimed && sendings > 0 && sentNanos == 0 ? container() : Optional.empty();
    }

    /** How often it was sent. */
    synchronized int sendings() {
        return sendings;
    }

    /** Takes the right to end the exchange; true for one caller only. */
    synchronized boolean claim() {
        if (claimed) {
            return false;
        }
        claimed = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
        return true;
    }

    /** Sets what will happen at the deadline, instead of what was set before. */
    synchronized void deadline(Future<?> scheduled) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        deadline = scheduled;
        if (claimed) {
            scheduled.cancel(false);
        }
    }

    /** Gives the caller the fault; the claim must be held. */
    void fault(Fault fault, @Nullable Container signed) {
        future.complete(new ExchangeResult.Faulted(fault, container(), Optional.ofNullable(signed)));
    }
}
