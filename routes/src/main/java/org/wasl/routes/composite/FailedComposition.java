package org.wasl.routes.composite;

import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.container.Container;
import org.wasl.security.keys.KeyUnavailableException;

/** Ends composite requests that no answer ends: by a fault that the composing member signs and logs. */
final class FailedComposition {

    private static final Logger LOG = LoggerFactory.getLogger(FailedComposition.class);
    private static final int MAX_CAUSES = 20;

    private final AnswerSigner signer;
    private final Ledger ledger;
    private final OpenComposites open;

    FailedComposition(AnswerSigner signer, Ledger ledger, OpenComposites open) {
        this.open = open;
        this.signer = signer;
        this.ledger = ledger;
    }

    /** Ends the request whose step failed: the log, or a bug. */
    void end(Exchange exchange) {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        CompositeFlight flight = exchange.getProperty(CompositeEntrance.FLIGHT, CompositeFlight.class);
        LOG.warn("Composite request {} failed", flight.trackingId(), cause);
        Object body = exchange.getMessage().getBody();
        exchange.getMessage().setBody(Ended.Done.DONE);
        Optional<Composing.Accepted> accepted = accepted(body);
        if (accepted.isPresent() && kept(accepted.get())) {
            return;
        }
        if (has(cause, LogUnavailableException.class)) {
            accepted.ifPresent(this::again);
            flight.future().complete(new CompositeResult.Faulted(logUnavailable(), Optional.empty(), Optional.empty()));
            return;
        }
        Fault fault = has(cause, KeyUnavailableException.class)
                ? new Fault(
                        FaultCode.KEY_UNAVAILABLE,
                        Stage.SIGN,
                        flight.service().code(),
                        "the key to sign with cannot be used now")
                : new Fault(
                        FaultCode.INTERNAL,
                        Stage.COMPOSE,
                        flight.service().code(),
                        "an internal error ended the request");
        if (accepted.isPresent()) {
            end(accepted.get(), fault);
        } else {
            flight.future().complete(new CompositeResult.Faulted(fault, Optional.empty(), Optional.empty()));
        }
    }

    /** What may have changed something does not end before that stands or is undone: it is run again. */
    private boolean kept(Composing.Accepted accepted) {
        Instant until = accepted.container()
                .header()
                .issued()
                .plus(accepted.declaration().undoWithin());
        if (!accepted.declaration().changes() || !ledger.now().isBefore(until)) {
            return false;
        }
        open.keep(accepted.flight().trackingId(), until);
        accepted.flight().future().complete(new CompositeResult.Running(accepted.container()));
        return true;
    }

    /** What is accepted has to end, also where the log could not take its end now. */
    private void again(Composing.Accepted accepted) {
        open.keep(accepted.flight().trackingId(), accepted.container().header().expires());
    }

    /** Signs and logs the fault of an accepted request, then tells its caller. */
    void end(Composing.Accepted accepted, Fault fault) {
        Container request = accepted.container();
        Container signed;
        try {
            signed = signer.fault(
                    accepted.declaration().service().subsystem(), request.header(), request.asInReplyTo(), fault);
        } catch (KeyUnavailableException e) {
            // The caller is told; the log keeps the request as unanswered, and a later run ends it.
            again(accepted);
            LOG.error(
                    "The fault of composite request {} cannot be signed",
                    accepted.flight().trackingId(),
                    e);
            accepted.flight()
                    .future()
                    .complete(new CompositeResult.Faulted(fault, Optional.of(request), Optional.empty()));
            return;
        }
        ledger.sent(accepted.declaration().service().member(), signed, null, fault.code())
                .whenComplete((result, failure) -> {
                    if (failure != null) {
                        LOG.warn("The fault of composite request {} could not be logged", accepted.flight(), failure);
                        again(accepted);
                    }
                    accepted.flight()
                            .future()
                            .complete(
                                    failure == null
                                            ? new CompositeResult.Faulted(
                                                    fault, Optional.of(request), Optional.of(signed))
                                            : new CompositeResult.Faulted(
                                                    logUnavailable(), Optional.of(request), Optional.empty()));
                });
    }

    private static Optional<Composing.Accepted> accepted(Object body) {
        if (body instanceof Composing.Accepted accepted) {
            return Optional.of(accepted);
        }
        if (body instanceof Composing.Gathered gathered) {
            return Optional.of(gathered.accepted());
        }
        if (body instanceof Composing.Waiting waiting) {
            return Optional.of(waiting.accepted());
        }
        return body instanceof Composing.Concluded concluded ? Optional.of(concluded.accepted()) : Optional.empty();
    }

    private static Fault logUnavailable() {
        return new Fault(
                FaultCode.LOG_UNAVAILABLE, Stage.LOG, "composer", "the composer's message log cannot be written");
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
