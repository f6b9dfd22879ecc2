package org.wasl.routes.composite;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.routes.flow.Turns;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;

/**
 * Cancels composite requests. The composer is its own provider, so the consumer's word and the fault that answers it are
 * logged in one turn: either both stand before a final answer could, or the answer was there first and counts. Then the
 * sources that are still asked are told.
 */
final class CompositeCancellation {

    private static final String REASON = "REQUESTER";

    private final Ledger ledger;
    private final AnswerSigner signer;
    private final CompositeTracking tracking;
    private final OpenComposites open;
    private final ExchangeClient exchanges;
    private final Turns turns;
    private final Undertakings undertakings;

    CompositeCancellation(
            Ledger ledger,
            AnswerSigner signer,
            CompositeTracking tracking,
            OpenComposites open,
            ExchangeClient exchanges,
            Turns turns,
            Undertakings undertakings) {
        this.undertakings = undertakings;
        this.ledger = ledger;
        this.signer = signer;
        this.tracking = tracking;
        this.open = open;
        this.exchanges = exchanges;
        this.turns = turns;
    }

    /** How the request stands after it. */
    CompositeResult cancel(StoredMessage stored, Container request) {
        UUID trackingId = stored.messageId();
        Optional<CompositeResult> now = tracking.track(trackingId);
        if (now.isPresent()
                && !(now.get() instanceof CompositeResult.Pending || now.get() instanceof CompositeResult.Running)) {
            return now.get();
        }
        Optional<CompositeDeclaration> declaration =
                tracking.declaration(stored).filter(CompositeDeclaration::changes);
        if (declaration.isPresent()
                && (tracking.undertaken(declaration.get(), trackingId) || !undertakings.cancel(trackingId))) {
            // Something may have been changed: it ends by standing whole, or undone.
            return tracking.track(trackingId).orElseGet(() -> new CompositeResult.Running(request));
        }
        Header header = request.header();
        Container cancellation = signer.cancellation(request, REASON);
        Fault fault = new Fault(
                FaultCode.EXCHANGE_CANCELLED,
                Stage.COMPOSE,
                header.service().code(),
                "the requester cancelled before there was a final answer");
        Container signed = signer.fault(header.provider(), header, request.asInReplyTo(), fault);
        ledger.durable(turns.take(signed.header().messageId(), () -> {
            CompletableFuture<AppendResult> received = ledger.received(stored.member(), cancellation, null, null);
            return ledger.sent(stored.member(), signed, null, fault.code())
                    .thenCombine(received, (sent, before) -> sent);
        }));
        open.closed(trackingId);
        cancelSteps(stored);
        return tracking.track(trackingId).orElseGet(() -> new CompositeResult.Running(request));
    }

    /** Tells the sources whose answers are awaited for a request that has ended. */
    void cancelSteps(StoredMessage stored) {
        tracking.declaration(stored).ifPresent(declaration -> declaration.steps().stream()
                .flatMap(step -> step.askedAs().stream())
                .forEach(id ->
                        exchanges.cancel(declaration.service().subsystem(), MessageIds.step(stored.messageId(), id))));
    }
}
