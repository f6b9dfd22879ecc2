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
import org.wasl.schemas.deferral.Deferral;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
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

    Composition(
            ExchangeClient exchanges,
            StepAssessment assessment,
            EarlierAnswers earlier,
            AnswerSigner signer,
            Ledger ledger,
            CurrentRegistry registry,
            CompositeTracking tracking,
            OpenComposites open,
            Turns turns) {
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

    /** Begins to ask the steps. */
    CompletionStage<List<StepOutcome>> gather(Composing.Accepted accepted) {
        return new StepGraph(
                        accepted.declaration().steps(),
                        accepted.inputs(),
                        (step, parameters) -> ask(accepted, step, parameters))
                .run();
    }

    Object gathered(Composing.Accepted accepted, List<StepOutcome> outcomes) {
        return new Composing.Gathered(accepted, outcomes);
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
        return earlier.asking(step, request).thenCompose(ticket -> {
            EarlierAnswers.Asked asking = new EarlierAnswers.Asked(step, request, ticket);
            return known(accepted, request)
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> exchanges.submit(request))
                    .thenCompose(result -> settled(accepted, request, result))
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
            Composing.Accepted accepted, ExchangeRequest request, ExchangeResult result) {
        if (!accepted.run().last() || !(result instanceof ExchangeResult.Deferred deferred)) {
            return CompletableFuture.completedFuture(result);
        }
        return exchanges
                .cancel(request.consumer(), request.messageId())
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
    Composing conclude(Composing.Gathered gathered) {
        Composing.Accepted accepted = gathered.accepted();
        boolean waits = !accepted.run().last() && gathered.outcomes().stream().anyMatch(StepOutcome::isOpen);
        if (waits && accepted.run().announced()) {
            return new Composing.Waiting(accepted);
        }
        Header asked = accepted.container().header();
        Instant now = ledger.now();
        byte[] answer = ConsolidatedXml.write(
                accepted.declaration(), accepted.flight().trackingId(), asked.issued(), now, gathered.outcomes());
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

    /** As long as its sources need, and no longer than the service declares. */
    private static Instant openUntil(Composing.Accepted accepted, List<StepOutcome> outcomes) {
        Instant sources = outcomes.stream()
                .flatMap(outcome -> outcome.deferral().stream())
                .map(Deferral::openUntil)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plus(AFTER_SOURCES);
        Duration declared = accepted.declaration().staysOpen();
        Instant most = declared == null
                ? Instant.MAX
                : accepted.container().header().issued().plus(declared);
        return most.isBefore(sources) ? most : sources;
    }

    /** Sources are awaited still: whoever asked is told how it stands. */
    Object await(Composing.Waiting waiting) {
        UUID trackingId = waiting.flight().trackingId();
        open.stillOpen(trackingId);
        tracking.track(trackingId).ifPresent(state -> waiting.flight().future().complete(state));
        return Ended.Done.DONE;
    }

    /** Begins to log the answer. */
    CompletionStage<AppendResult> append(Composing.Concluded concluded) {
        Container answer = concluded.answer();
        return turns.take(
                answer.header().messageId(),
                () -> ledger.sent(concluded.accepted().declaration().service().member(), answer, null, null));
    }

    /** The answer is durable: the caller gets it. */
    Object answer(Composing.Concluded concluded, AppendResult result) {
        UUID trackingId = concluded.flight().trackingId();
        boolean interim = concluded.answer().header().kind() == MessageKind.INTERIM;
        if (interim) {
            open.opened(trackingId, concluded.answer().header().expires());
        } else {
            open.closed(trackingId);
        }
        if (interim || result instanceof AppendResult.Duplicate) {
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
