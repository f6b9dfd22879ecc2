package org.wasl.routes.composite;

import java.time.Duration;
import java.time.Instant;
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
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.container.Header;
import org.wasl.security.container.PayloadXml;

/** The later steps of a composite request: ask every step, consolidate, sign, log, answer. */
final class Composition {

    /** Kept from the steps' time, so that the answer is signed and durable before the deadline. */
    private static final Duration RESERVE = Duration.ofMillis(300);

    private static final String SCHEMA_VERSION = "1.1";

    private final ExchangeClient exchanges;
    private final StepAssessment assessment;
    private final AnswerSigner signer;
    private final Ledger ledger;

    Composition(ExchangeClient exchanges, StepAssessment assessment, AnswerSigner signer, Ledger ledger) {
        this.exchanges = exchanges;
        this.assessment = assessment;
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
        Duration left = Duration.between(ledger.now(), asked.expires()).minus(RESERVE);
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
        return exchanges
                .submit(request)
                .thenApply(result -> assessment.assess(step, result, accepted.inputs(), ledger.now()));
    }

    /** Consolidates the outcomes and signs the answer with the composing member's key. */
    Composing conclude(Composing.Gathered gathered) {
        Composing.Accepted accepted = gathered.accepted();
        Header asked = accepted.container().header();
        Instant now = ledger.now();
        byte[] answer = ConsolidatedXml.write(
                accepted.declaration(), accepted.flight().trackingId(), asked.issued(), now, gathered.outcomes());
        return new Composing.Concluded(
                accepted, signer.reply(accepted.container(), SCHEMA_VERSION, PayloadXml.consolidated(answer, now)));
    }

    /** Begins to log the answer. */
    CompletionStage<AppendResult> append(Composing.Concluded concluded) {
        return ledger.sent(concluded.accepted().declaration().service().member(), concluded.answer(), null, null);
    }

    /** The answer is durable: the caller gets it. */
    Object answer(Composing.Concluded concluded, AppendResult result) {
        concluded
                .flight()
                .future()
                .complete(new CompositeResult.Answered(concluded.accepted().container(), concluded.answer()));
        return Ended.Done.DONE;
    }
}
