package org.wasl.routes.composite;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.wasl.routes.composite.CompositeDeclaration.Effect;
import org.wasl.routes.composite.CompositeDeclaration.Rule;
import org.wasl.routes.composite.CompositeDeclaration.Step;
import org.wasl.schemas.deferral.Deferral;
import org.wasl.schemas.fault.Fault;
import org.wasl.security.container.Container;

/**
 * How one step ended.
 *
 * @param step the step
 * @param status its source's status
 * @param request the request that was sent; empty when none was
 * @param answer the reply, or signed fault, that came; empty when none did
 * @param record the record in the reply; empty when there is none
 * @param asOf when the source held the record to be true
 * @param fault why there is no record
 * @param applied the rules that apply to the record
 * @param dues what the record says is owed; empty when the step has no dues or no record
 * @param deferral why and until when its source's answer is awaited; empty when it is not
 * @param earlier the earlier reply that holds the record, since the source is down; empty when the record is no older than
 *     the answer
 */
record StepOutcome(
        Step step,
        SourceStatus status,
        Optional<Container> request,
        Optional<Container> answer,
        Optional<SourceRecord> record,
        Optional<Instant> asOf,
        Optional<Fault> fault,
        List<Rule> applied,
        Optional<BigDecimal> dues,
        Optional<Deferral> deferral,
        Optional<Container> earlier) {

    /** A step whose source does not answer later. */
    StepOutcome(
            Step step,
            SourceStatus status,
            Optional<Container> request,
            Optional<Container> answer,
            Optional<SourceRecord> record,
            Optional<Instant> asOf,
            Optional<Fault> fault,
            List<Rule> applied,
            Optional<BigDecimal> dues) {
        this(step, status, request, answer, record, asOf, fault, applied, dues, Optional.empty(), Optional.empty());
    }

    StepOutcome {
        applied = List.copyOf(applied);
    }

    /** A step that was not asked. */
    static StepOutcome notAsked(Step step, SourceStatus status, Optional<Fault> fault) {
        return new StepOutcome(
                step,
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                fault,
                List.of(),
                Optional.empty());
    }

    /** A step whose source has announced its answer for later. */
    static StepOutcome deferred(Step step, Container request, Container interim, Deferral deferral) {
        return new StepOutcome(
                step,
                SourceStatus.DEFERRED,
                Optional.of(request),
                Optional.of(interim),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(deferral),
                Optional.empty());
    }

    /** What an earlier reply of this source says, instead of what it did not say now. */
    StepOutcome staleInstead(StepOutcome none, Container earlierReply) {
        return new StepOutcome(
                step,
                SourceStatus.STALE,
                none.request,
                none.answer,
                record,
                asOf,
                none.fault,
                applied,
                dues,
                Optional.empty(),
                Optional.of(earlierReply));
    }

    /** Whether the decision can rest on it. */
    boolean settles() {
        return status.settles() || (earlier.isPresent() && step.staleMayDecide());
    }

    /** Whether what its rules say counts for the decision. */
    boolean decides() {
        return earlier.isEmpty() || step.staleMayDecide();
    }

    /** Whether the step is to be looked at again: its source answers later, or one that it waits for does. */
    boolean isOpen() {
        return status == SourceStatus.DEFERRED && record.isEmpty();
    }

    boolean has(Effect effect) {
        return applied.stream().anyMatch(rule -> rule.effect() == effect);
    }
}
