package org.wasl.routes.composite;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.AppendResult;
import org.wasl.routes.composite.CompositeDeclaration.Step;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.routes.flow.Turns;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.registry.CurrentRegistry;

/** The later steps of a composite request: ask every step, consolidate, sign, log, answer. */
final class Composition {

    /** Time for a source's last word to arrive. */
    private static final Duration AFTER_SOURCES = Duration.ofMinutes(3);

    /** Kept from the steps' time, so that the answer is signed and durable before the deadline. */
    private static final Duration RESERVE = Duration.ofMillis(300);

    private static final String SCHEMA_VERSION = "1.1";

    private final ExchangeClient exchanges;
    private final StepAssessment assessment;
    private final EarlierAnswers earlier;
    private final AnswerSigner signer;
    private final Ledger ledger;
    private final CurrentRegistry registry;
    private final CompositeTracking tracking;
    private final OpenComposites open;
    private final Turns turns;
    private final Undertakings undertakings;
    private final CompositeIntake intake;

    Composition(
            ExchangeClient exchanges,
            StepAssessment assessment,
            EarlierAnswers earlier,
            AnswerSigner signer,
            Ledger ledger,
            CurrentRegistry registry,
            CompositeTracking tracking,
            OpenComposites open,
            Turns turns,
            Undertakings undertakings,
            CompositeIntake intake) {
        this.intake = intake;
        this.undertakings = undertakings;
        this.registry = registry;
        this.tracking = tracking;
        this.open = open;
        this.turns = turns;
        this.exchanges = exchanges;
        this.assessment = assessment;
        this.earlier = earlier;
        this.signer = signer;
        this.ledger = ledger;
    }

    /** Begins to ask the steps; then what must not stand is undone. */
    CompletionStage<Composing.Gathered> gather(Composing.Accepted accepted) {
        boolean undo = accepted.declaration().changes()
                && (accepted.run().refused() != null
                        || tracking.undoing(
                                accepted.declaration(), accepted.flight().trackingId()));
        boolean asks = accepted.run().asks() && !undo;
        StepGraph graph = new StepGraph(
                accepted.declaration().steps(),
                accepted.inputs(),
                (step, parameters) -> asks ? ask(accepted, step, parameters) : remember(accepted, step));
        return graph.run()
                .thenCompose(outcomes -> accepted.declaration().changes()
                        ? new Saga(new UndoExchanges(accepted, exchanges))
                                .settle(
                                        outcomes,
                                        graph.undoing(),
                                        new Saga.Mode(undo, accepted.run().last()))
                                .thenApply(effects -> new Composing.Gathered(accepted, outcomes, effects))
                        : CompletableFuture.completedFuture(new Composing.Gathered(accepted, outcomes, Map.of())));
    }

    Object gathered(Composing.Accepted accepted, Composing.Gathered gathered) {
        return gathered;
    }

    /** What a step came to, by the log alone. One that was asked without an answer may have changed something. */
    private CompletableFuture<StepOutcome> remember(Composing.Accepted accepted, Step step) {
        UUID id = MessageIds.step(accepted.flight().trackingId(), step.id());
        SubsystemId composer = accepted.declaration().service().subsystem();
        Optional<ExchangeResult> found = exchanges.find(composer, id);
        if (found.isPresent()) {
            return settled(accepted, composer, id, found.get())
                    .thenApply(result -> assessment.assess(step, result, accepted.inputs(), ledger.now()));
        }
        Optional<Container> sent = tracking.sent(composer, id);
        Fault late = new Fault(
                sent.isPresent() ? FaultCode.EXCHANGE_TIMED_OUT : FaultCode.COMPOSITE_DEADLINE,
                Stage.COMPOSE,
                step.id(),
                sent.isPresent() ? "nothing has come to this request" : "no time was left to ask this source");
        return CompletableFuture.completedFuture(new StepOutcome(
                step,
                SourceStatus.TIMED_OUT,
                sent,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(late),
                List.of(),
                Optional.empty()));
    }

    private CompletableFuture<StepOutcome> ask(Composing.Accepted accepted, Step step, Map<String, String> parameters) {
        Header asked = accepted.container().header();
        Duration left = Duration.between(ledger.now(), accepted.run().until()).minus(RESERVE);
        Duration timeout = left.compareTo(step.deadline()) < 0 ? left : step.deadline();
        if (timeout.isNegative() || timeout.isZero()) {
            Fault late = new Fault(
                    FaultCode.COMPOSITE_DEADLINE, Stage.COMPOSE, step.id(), "no time was left to ask this source");
            return CompletableFuture.completedFuture(
                    StepOutcome.notAsked(step, SourceStatus.TIMED_OUT, Optional.of(late)));
        }
        if (step.undo() != null && !undertakings.begin(accepted.flight().trackingId())) {
            Fault cancelled = new Fault(
                    FaultCode.EXCHANGE_CANCELLED, Stage.COMPOSE, step.id(), "cancelled before anything was changed");
            return CompletableFuture.completedFuture(
                    StepOutcome.notAsked(step, SourceStatus.REFUSED, Optional.of(cancelled)));
        }
        UUID stepMessage = MessageIds.step(accepted.flight().trackingId(), step.id());
        ExchangeRequest request = new ExchangeRequest(
                stepMessage,
                asked.correlationId(),
                accepted.declaration().service().subsystem(),
                step.service(),
                parameters,
                asked.actor(),
                asked.representedParty(),
                asked.caseReference(),
                asked.purpose(),
                asked.legalBasis(),
                asked.channel(),
                asked.locale(),
                asked.priority(),
                timeout,
                null,
                accepted.assertion());
        if (step.undo() != null) {
            // What changes something is never answered by what it once came to.
            return known(accepted, request)
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> exchanges.submit(request))
                    .thenCompose(result -> settled(accepted, request.consumer(), request.messageId(), result))
                    .thenApply(result -> assessment.assess(step, result, accepted.inputs(), ledger.now()));
        }
        return earlier.asking(step, request).thenCompose(ticket -> {
            EarlierAnswers.Asked asking = new EarlierAnswers.Asked(step, request, ticket);
            return known(accepted, request)
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> exchanges.submit(request))
                    .thenCompose(result -> settled(accepted, request.consumer(), request.messageId(), result))
                    .thenCompose(result -> earlier.considered(
                            asking,
                            result,
                            assessment.assess(step, result, accepted.inputs(), ledger.now()),
                            accepted.inputs()));
        });
    }

    /** What a step came to that an earlier run asked: the person's assertion may have ended since, and is not needed. */
    private Optional<ExchangeResult> known(Composing.Accepted accepted, ExchangeRequest request) {
        return accepted.run().announced() ? exchanges.find(request.consumer(), request.messageId()) : Optional.empty();
    }

    /** When nothing is waited for any more, an answer that is still awaited is cancelled: it may come just then. */
    private CompletableFuture<ExchangeResult> settled(
            Composing.Accepted accepted, SubsystemId consumer, UUID messageId, ExchangeResult result) {
        if (!accepted.run().last() || !(result instanceof ExchangeResult.Deferred deferred)) {
            return CompletableFuture.completedFuture(result);
        }
        return exchanges
                .cancel(consumer, messageId)
                .thenApply(end -> end instanceof ExchangeResult.Deferred ? overdue(deferred) : end);
    }

    private static ExchangeResult overdue(ExchangeResult.Deferred deferred) {
        return new ExchangeResult.Faulted(
                new Fault(
                        FaultCode.EXCHANGE_DEFERRAL_EXPIRED,
                        Stage.COMPOSE,
                        deferred.request().header().provider().member().toString(),
                        "the announced answer was not there by the composite service's deadline"),
                Optional.of(deferred.request()),
                Optional.empty());
    }

    /**
     * Consolidates the outcomes and signs the answer with the composing member's key; the interim one while sources are
     * awaited, which is given once.
     */
    Composing conclude(Composing.Gathered asked) {
        Composing.Gathered gathered = stillAllowed(asked);
        Composing.Accepted accepted = gathered.accepted();
        boolean open = !accepted.run().last() && gathered.outcomes().stream().anyMatch(StepOutcome::isOpen);
        boolean waits = open || gathered.undoing();
        if (waits && accepted.run().announced()) {
            return new Composing.Waiting(accepted, gathered.undoing());
        }
        Header header = accepted.container().header();
        Fault refused = accepted.run().refused();
        if (refused != null && !waits) {
            return new Composing.Concluded(
                    accepted,
                    signer.fault(
                            accepted.declaration().service().subsystem(),
                            header,
                            accepted.container().asInReplyTo(),
                            stands(gathered).orElse(refused)));
        }
        Instant now = ledger.now();
        byte[] answer = ConsolidatedXml.write(gathered, accepted.flight().trackingId(), header.issued(), now);
        byte[] payload = PayloadXml.consolidated(answer, now);
        return new Composing.Concluded(
                accepted,
                waits
                        ? signer.sign(signer.interimDraft(
                                accepted.container(),
                                registry.get(),
                                SCHEMA_VERSION,
                                payload,
                                openUntil(accepted, gathered.outcomes())))
                        : signer.reply(accepted.container(), SCHEMA_VERSION, payload));
    }

    /**
     * Sources take their time, and what was allowed when they were asked need not be any more: then the answer is a fault.
     * Where something was changed, the answer has to say so; its sources were allowed it when they changed it.
     */
    private Composing.Gathered stillAllowed(Composing.Gathered gathered) {
        Composing.Accepted accepted = gathered.accepted();
        if (accepted.declaration().changes()) {
            return gathered;
        }
        Container request = accepted.container();
        return intake.confirm(
                        request,
                        accepted.inputs(),
                        accepted.assertion(),
                        request.header().issued())
                .map(fault -> new Composing.Gathered(accepted.refused(fault), List.of(), Map.of()))
                .orElse(gathered);
    }

    /** A refusal says what could not be undone, since no answer does. */
    private static Optional<Fault> stands(Composing.Gathered gathered) {
        List<String> standing = gathered.effects().entrySet().stream()
                .filter(effect -> effect.getValue().state() == EffectOutcome.State.NOT_UNDONE)
                .map(Map.Entry::getKey)
                .toList();
        return standing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault(
                        FaultCode.COMPOSITE_NOT_UNDONE,
                        Stage.COMPOSE,
                        gathered.accepted().declaration().service().code(),
                        "not undone: " + String.join(", ", standing)));
    }

    /**
     * As long as its sources need, and no longer than the service declares; and then as long as undoing may take, since the
     * announced time cannot be changed afterwards.
     */
    private static Instant openUntil(Composing.Accepted accepted, List<StepOutcome> outcomes) {
        CompositeDeclaration declaration = accepted.declaration();
        Instant issued = accepted.container().header().issued();
        Instant sources = outcomes.stream()
                .flatMap(outcome -> outcome.deferral().stream())
                .map(deferral -> deferral.openUntil().plus(AFTER_SOURCES))
                .max(Comparator.naturalOrder())
                .orElse(issued);
        Duration declared = declaration.staysOpen();
        Instant most = declared == null ? Instant.MAX : issued.plus(declared);
        Instant until = most.isBefore(sources) ? most : sources;
        return declaration.changes() ? until.plus(declaration.undoWithin()) : until;
    }

    /** Sources are awaited still: whoever asked is told how it stands. */
    Object await(Composing.Waiting waiting) {
        UUID trackingId = waiting.flight().trackingId();
        if (waiting.undoing()) {
            open.again(trackingId);
        } else {
            open.stillOpen(trackingId);
        }
        tracking.track(trackingId).ifPresent(state -> waiting.flight().future().complete(state));
        return Ended.Done.DONE;
    }

    /** Begins to log the answer. */
    CompletionStage<AppendResult> append(Composing.Concluded concluded) {
        Container answer = concluded.answer();
        return turns.take(
                answer.header().messageId(),
                () -> ledger.sent(
                        concluded.accepted().declaration().service().member(), answer, null, fault(concluded)));
    }

    private static @Nullable FaultCode fault(Composing.Concluded concluded) {
        Fault refused = concluded.accepted().run().refused();
        boolean isFault = concluded.answer().header().kind() == MessageKind.FAULT;
        return isFault && refused != null ? refused.code() : null;
    }

    /** The answer is durable: the caller gets it. */
    Object answer(Composing.Concluded concluded, AppendResult result) {
        UUID trackingId = concluded.flight().trackingId();
        boolean interim = concluded.answer().header().kind() == MessageKind.INTERIM;
        if (interim) {
            open.opened(trackingId, concluded.answer().header().expires());
        } else {
            open.closed(trackingId);
            undertakings.ended(trackingId);
        }
        if (interim
                || concluded.answer().header().kind() == MessageKind.FAULT
                || result instanceof AppendResult.Duplicate) {
            // Another run, or a cancellation, may have come first: what the log has is what counts.
            tracking.track(trackingId)
                    .ifPresent(state -> concluded.flight().future().complete(state));
            return Ended.Done.DONE;
        }
        concluded
                .flight()
                .future()
                .complete(new CompositeResult.Answered(concluded.accepted().container(), concluded.answer()));
        return Ended.Done.DONE;
    }
}
