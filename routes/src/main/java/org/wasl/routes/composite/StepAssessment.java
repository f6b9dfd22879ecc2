package org.wasl.routes.composite;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.sf.saxon.s9api.XdmNode;
import org.jspecify.annotations.Nullable;
import org.wasl.routes.composite.CompositeDeclaration.Effect;
import org.wasl.routes.composite.CompositeDeclaration.Rule;
import org.wasl.routes.composite.CompositeDeclaration.Step;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.container.Container;
import org.wasl.security.container.Coverage;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.PlainPayload;

/** Says what one step's exchange came to. */
final class StepAssessment {

    private final PayloadXml payloads;

    StepAssessment(PayloadXml payloads) {
        this.payloads = payloads;
    }

    StepOutcome assess(Step step, ExchangeResult result, Map<String, String> inputs, Instant now) {
        if (result instanceof ExchangeResult.Answered answered) {
            return answered(step, answered, inputs, now);
        }
        if (result instanceof ExchangeResult.Deferred deferred) {
            return StepOutcome.deferred(step, deferred.request(), deferred.interim(), deferred.deferral());
        }
        ExchangeResult.Faulted faulted = (ExchangeResult.Faulted) result;
        return without(step, status(faulted.fault().code()), faulted.request(), faulted.container(), faulted.fault());
    }

    private StepOutcome answered(Step step, ExchangeResult.Answered answered, Map<String, String> inputs, Instant now) {
        Optional<Container> request = Optional.of(answered.request());
        Optional<Container> reply = Optional.of(answered.reply());
        PlainPayload opened = answered.opened();
        PayloadContent content =
                opened == null ? payloads.read(answered.reply()) : payloads.read(answered.reply(), opened);
        if (content instanceof PayloadContent.Refused refused) {
            return without(step, SourceStatus.INVALID, request, reply, refused.fault());
        }
        if (!(content instanceof PayloadContent.Record record)) {
            return without(step, SourceStatus.INVALID, request, reply, fault(step, "the reply holds no record"));
        }
        XdmNode root = RecordExpression.root(record.root());
        if (!step.requires().holds(root, inputs)) {
            String detail = "the record lacks what the decision rests on; is every field of it released?";
            return without(step, SourceStatus.INVALID, request, reply, fault(step, detail));
        }
        List<Rule> applied = step.rules().stream()
                .filter(rule -> rule.when().holds(root, inputs))
                .toList();
        Optional<Instant> asOf = Optional.ofNullable(record.asOf());
        if (applied.stream().anyMatch(rule -> rule.effect() == Effect.WITHHOLDS)) {
            return withheld(step, request, reply, asOf, applied);
        }
        Optional<BigDecimal> dues = Optional.ofNullable(step.dues()).map(expression -> expression.sum(root, inputs));
        return new StepOutcome(
                step,
                status(step, applied, record, root, inputs, now),
                request,
                reply,
                Optional.of(new SourceRecord(record.octets(), root)),
                asOf,
                Optional.empty(),
                applied,
                dues);
    }

    private static SourceStatus status(
            Step step,
            List<Rule> applied,
            PayloadContent.Record record,
            XdmNode root,
            Map<String, String> inputs,
            Instant now) {
        if (applied.stream().anyMatch(rule -> rule.effect() == Effect.DEFERS)) {
            return SourceStatus.DEFERRED;
        }
        if (isTooOld(step, record.asOf(), now)) {
            return SourceStatus.STALE;
        }
        boolean covered = record.coverage() == Coverage.COMPLETE
                || (step.acceptedCoverageWhen() != null
                        && step.acceptedCoverageWhen().holds(root, inputs));
        return covered ? SourceStatus.AVAILABLE : SourceStatus.INCOMPLETE_COVERAGE;
    }

    /** A source that does not say how old its record is cannot meet a demand on its age. */
    private static boolean isTooOld(Step step, @Nullable Instant asOf, Instant now) {
        Duration accepted = step.acceptedAge();
        return accepted != null && (asOf == null || asOf.plus(accepted).isBefore(now));
    }

    private static StepOutcome withheld(
            Step step,
            Optional<Container> request,
            Optional<Container> reply,
            Optional<Instant> asOf,
            List<Rule> applied) {
        Fault fault = new Fault(
                FaultCode.AGREEMENT_SUBJECT,
                Stage.COMPOSE,
                step.id(),
                "the record is about somebody else's thing, so it is kept from the asker");
        return new StepOutcome(
                step,
                SourceStatus.REFUSED,
                request,
                reply,
                Optional.empty(),
                asOf,
                Optional.of(fault),
                applied,
                Optional.empty());
    }

    private static StepOutcome without(
            Step step, SourceStatus status, Optional<Container> request, Optional<Container> answer, Fault fault) {
        return new StepOutcome(
                step,
                status,
                request,
                answer,
                Optional.empty(),
                Optional.empty(),
                Optional.of(fault),
                List.of(),
                Optional.empty());
    }

    private static Fault fault(Step step, String detail) {
        return new Fault(FaultCode.RECORD_INVALID, Stage.COMPOSE, step.id(), detail);
    }

    /** What a fault of an exchange means for the source. */
    static SourceStatus status(FaultCode code) {
        return switch (code) {
            case RECORD_NOT_FOUND -> SourceStatus.NOT_FOUND;
            case EXCHANGE_TIMED_OUT,
                    EXCHANGE_EXPIRED,
                    BACKEND_TIMED_OUT,
                    COMPOSITE_DEADLINE,
                    EXCHANGE_DEFERRAL_EXPIRED -> SourceStatus.TIMED_OUT;
            case RECORD_INVALID,
                    MAPPING_FAILED,
                    BACKEND_MALFORMED,
                    BACKEND_OVERSIZED,
                    SCHEMA_INVALID,
                    SCHEMA_UNKNOWN,
                    EXCHANGE_OTHER_REQUEST -> SourceStatus.INVALID;
            default -> unreadable(code) ? SourceStatus.INVALID : refusalOrOutage(code);
        };
    }

    private static boolean unreadable(FaultCode code) {
        String wire = code.wireCode();
        return wire.startsWith("wasl.signature.")
                || wire.startsWith("wasl.container.")
                || (wire.startsWith("wasl.encryption.") && code != FaultCode.ENCRYPTION_RECIPIENT);
    }

    private static SourceStatus refusalOrOutage(FaultCode code) {
        return switch (code.category()) {
            case SENDER -> SourceStatus.REFUSED;
            case RECEIVER, BUS -> code == FaultCode.BACKEND_REFUSED ? SourceStatus.REFUSED : SourceStatus.UNAVAILABLE;
            case RESOURCE ->
                code == FaultCode.AGREEMENT_QUOTA || code == FaultCode.QUOTA
                        ? SourceStatus.REFUSED
                        : SourceStatus.UNAVAILABLE;
        };
    }
}
