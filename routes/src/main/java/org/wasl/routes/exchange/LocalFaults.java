package org.wasl.routes.exchange;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.AppendResult;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.container.Container;
import org.wasl.security.keys.KeyUnavailableException;

/**
 * Ends exchanges that no answer of the provider ends: by a fault that the consumer's member signs and logs, so that
 * whatever was accepted is either answered or faulted.
 */
final class LocalFaults {

    private static final Logger LOG = LoggerFactory.getLogger(LocalFaults.class);

    private final Ledger ledger;
    private final Answers answers;
    private final AnswerSigner signer;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final Duration grace;
    private final Unfinished<FlightKey> unfinished = new Unfinished<>();

    /**
     * @param scheduler sees to it that nobody waits longer
     * @param grace how long beyond its end a caller waits for the log
     */
    LocalFaults(
            Ledger ledger,
            Answers answers,
            AnswerSigner signer,
            Executor executor,
            ScheduledExecutorService scheduler,
            Duration grace) {
        this.scheduler = scheduler;
        this.answers = answers;
        this.grace = grace;
        this.ledger = ledger;
        this.signer = signer;
        this.executor = executor;
    }

    /** Ends the flight at its deadline, unless it has ended. */
    void timedOut(Flight flight) {
        end(flight, fault(flight, FaultCode.EXCHANGE_TIMED_OUT, Stage.TRANSPORT, "no reply came before the deadline"));
    }

    /** Ends the flight by this fault, unless it has ended. */
    void end(Flight flight, Fault fault) {
        if (!flight.claim()) {
            return;
        }
        flight.container()
                .ifPresentOrElse(request -> endAccepted(flight, request, fault), () -> endRefused(flight, fault));
    }

    /** Ends the flight without a leaf or a signature, since the log cannot be written. */
    void endUnlogged(Flight flight) {
        if (flight.claim()) {
            giveLogUnavailable(flight);
        } else {
            // Its caller was told before it was durable; its end could not be logged.
            keep(flight);
        }
    }

    /** Tells the caller that the log cannot be written; the claim must be held. */
    void giveLogUnavailable(Flight flight) {
        keep(flight);
        flight.fault(logUnavailable(flight), null);
    }

    /** What was accepted has to have its end in the log, though its caller has been told. */
    private void keep(Flight flight) {
        flight.container()
                .ifPresent(
                        request -> unfinished.add(flight.key(), request.header().expires()));
    }

    /** The accepted requests that have no end in the log, since it could not be written. */
    Unfinished<FlightKey> unfinished() {
        return unfinished;
    }

    /** Tells the caller that this node stops; the log keeps the request for its next start. */
    void giveUp(Flight flight) {
        if (flight.claim()) {
            flight.fault(
                    fault(
                            flight,
                            FaultCode.BROKER_UNAVAILABLE,
                            Stage.TRANSPORT,
                            "the node stops before the answer came"),
                    null);
        }
    }

    /** Signs and logs the fault of a request whose caller has gone. */
    CompletableFuture<AppendResult> record(Container request, Fault fault) {
        return append(request, sign(request, fault), fault.code());
    }

    static Fault fault(Flight flight, FaultCode code, Stage stage, String detail) {
        return new Fault(code, stage, flight.key().consumer().member().toString(), detail);
    }

    private void endAccepted(Flight flight, Container request, Fault fault) {
        Container signed;
        try {
            signed = sign(request, fault);
        } catch (KeyUnavailableException e) {
            LOG.error("The fault of request {} cannot be signed", flight.key(), e);
            keep(flight);
            flight.fault(fault, null);
            return;
        }
        inTime(append(request, signed, fault.code()))
                .whenCompleteAsync(
                        (result, failure) -> {
                            if (result instanceof AppendResult.Duplicate) {
                                // Another fault of this side was there first: the log's end counts.
                                flight.future().complete(answers.standing(request));
                            } else if (failure == null) {
                                flight.fault(fault, signed);
                            } else {
                                LOG.warn("The fault of request {} could not be logged", flight.key(), failure);
                                keep(flight);
                                flight.fault(logUnavailable(flight), null);
                            }
                        },
                        executor);
    }

    private void endRefused(Flight flight, Fault fault) {
        CompletableFuture<?> leaf = flight.request()
                .<CompletableFuture<?>>map(request -> refusedRequest(request, flight.subject(), fault))
                .orElseGet(() -> CompletableFuture.completedFuture(fault));
        inTime(leaf)
                .whenCompleteAsync(
                        (result, failure) -> flight.fault(failure == null ? fault : logUnavailable(flight), null),
                        executor);
    }

    /** The same leaf, for whoever does not wait for it longer than the grace. */
    private <T> CompletableFuture<T> inTime(CompletableFuture<T> leaf) {
        CompletableFuture<T> waited = leaf.copy();
        try {
            Future<?> late = scheduler.schedule(
                    () -> waited.completeExceptionally(new TimeoutException("the log took longer than the grace")),
                    grace.toMillis(),
                    TimeUnit.MILLISECONDS);
            waited.whenComplete((result, failure) -> late.cancel(false));
        } catch (RejectedExecutionException e) {
            LOG.debug("The node stops: its log, which closes after this, ends what waits for it", e);
        }
        return waited;
    }

    private CompletableFuture<AppendResult> refusedRequest(
            ExchangeRequest request, @Nullable String subject, Fault fault) {
        return ledger.refusedRequest(
                request.consumer(),
                request.messageId(),
                request.correlationId(),
                request.service(),
                request.purpose(),
                request.actor().id(),
                subject,
                fault.code());
    }

    private Container sign(Container request, Fault fault) {
        return signer.fault(request.header().consumer(), request.header(), request.asInReplyTo(), fault);
    }

    private CompletableFuture<AppendResult> append(Container request, Container signed, FaultCode code) {
        return ledger.sent(request.header().consumer().member(), signed, null, code);
    }

    private static Fault logUnavailable(Flight flight) {
        return fault(flight, FaultCode.LOG_UNAVAILABLE, Stage.LOG, "the consumer's message log cannot be written");
    }
}
