package org.wasl.routes.composite;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.wasl.routes.composite.CompositeDeclaration.Source;
import org.wasl.routes.composite.CompositeDeclaration.Undo;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.Header;

/**
 * Undoes what one composite request changed, by ordinary exchanges whose ids are derived from its own. The composer acts
 * for itself: undoing is owed whether or not the person's assertion still holds, and agreements allow it to the system.
 *
 * @param accepted the composite request
 * @param exchanges the way into the bus
 */
record UndoExchanges(Composing.Accepted accepted, ExchangeClient exchanges) implements Saga.Undoer {

    @Override
    public Optional<ExchangeResult> find(StepOutcome outcome, int attempt) {
        return exchanges.find(composer(), id(outcome, attempt));
    }

    @Override
    public CompletableFuture<ExchangeResult> undo(StepOutcome outcome, int attempt, Map<String, String> parameters) {
        Undo undo = Objects.requireNonNull(outcome.step().undo());
        Map<String, String> filled = new HashMap<>(parameters);
        undo.parameters().forEach((name, source) -> {
            if (source instanceof Source.UndoneRequest) {
                filled.put(
                        name, MessageIds.step(trackingId(), outcome.step().id()).toString());
            }
        });
        Header asked = accepted.container().header();
        return exchanges.submit(new ExchangeRequest(
                id(outcome, attempt),
                asked.correlationId(),
                composer(),
                undo.service(),
                filled,
                new Actor(
                        ActorKind.SYSTEM, AssuranceLevel.SUBSTANTIAL, composer().dotted(), null),
                null,
                null,
                asked.purpose(),
                asked.legalBasis(),
                asked.channel(),
                asked.locale(),
                asked.priority(),
                undo.deadline(),
                null,
                null));
    }

    private UUID id(StepOutcome outcome, int attempt) {
        return MessageIds.step(trackingId(), outcome.step().undoing(attempt));
    }

    private UUID trackingId() {
        return accepted.flight().trackingId();
    }

    private SubsystemId composer() {
        return accepted.declaration().service().subsystem();
    }
}
