package org.wasl.routes.composite;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.routes.composite.CompositeDeclaration.Step;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.held.HeldAnswers;
import org.wasl.routes.held.HeldQuestion;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.agreement.AccessDecision;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.assertion.AssertedRequest;
import org.wasl.security.assertion.AssertionVerdict;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.ContainerVerifier;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Parameter;
import org.wasl.security.registry.Registry;
import org.wasl.security.release.Cut;
import org.wasl.security.release.FieldRelease;
import org.wasl.security.release.RecordOwner;

/**
 * Holds what sources answered, and uses it once when a source is down and its step accepts the age. What is held has come
 * from outside as far as anybody here knows: it is verified as a message that has just arrived, and the agreements are asked
 * as for a question asked just now. Each use is durable in the log before it is one, since its provider does not see it.
 */
final class EarlierAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(EarlierAnswers.class);

    /** The source, or the way to it, is down. Whatever else came is somebody's decision, and stands. */
    private static final Set<FaultCode> DOWN = Set.of(
            FaultCode.EXCHANGE_TIMED_OUT,
            FaultCode.EXCHANGE_EXPIRED,
            FaultCode.BACKEND_TIMED_OUT,
            FaultCode.BACKEND_UNAVAILABLE,
            FaultCode.BROKER_UNAVAILABLE,
            FaultCode.BROKER_FULL);

    private final HeldAnswers held;
    private final CurrentRegistry registry;
    private final ContainerVerifier verifier;
    private final AccessPolicy policy;
    private final AssertionVerifier assertions;
    private final PayloadXml payloads;
    private final StepAssessment assessment;
    private final Ledger ledger;
    private final Executor executor;

    EarlierAnswers(
            CompositeParts parts, PayloadXml payloads, StepAssessment assessment, Ledger ledger, Executor executor) {
        this.held = parts.held();
        this.registry = parts.registry();
        this.verifier = parts.verifier();
        this.policy = parts.policy();
        this.assertions = parts.assertions();
        this.payloads = payloads;
        this.assessment = assessment;
        this.ledger = ledger;
        this.executor = executor;
    }

    /** Whether this step's answers are held at all. */
    private boolean holds(Step step) {
        return held.holds() && step.acceptedAge() != null;
    }

    /** Takes note that a step is about to ask; ask when it is done. */
    CompletableFuture<Optional<HeldAnswers.Ticket>> asking(Step step, ExchangeRequest request) {
        return holds(step)
                ? held.asking(question(request)).thenApplyAsync(Function.identity(), executor)
                : CompletableFuture.completedFuture(Optional.empty());
    }

    /**
     * Holds what came, or takes what came earlier when nothing did.
     *
     * @param outcome what the step came to without it
     */
    CompletableFuture<StepOutcome> considered(
            Asked asked, ExchangeResult result, StepOutcome outcome, Map<String, String> inputs) {
        if (!holds(asked.step())) {
            return CompletableFuture.completedFuture(outcome);
        }
        if (result instanceof ExchangeResult.Answered answered) {
            hold(asked, answered, outcome);
            return CompletableFuture.completedFuture(outcome);
        }
        if (!(result instanceof ExchangeResult.Faulted faulted)
                || !DOWN.contains(faulted.fault().code())
                || faulted.request().isEmpty()) {
            return CompletableFuture.completedFuture(outcome);
        }
        return held.find(question(asked.request()))
                .thenApplyAsync(
                        octets -> octets.flatMap(container -> stale(asked, faulted, container, outcome, inputs)),
                        executor)
                .thenCompose(stale -> stale.map(one -> recorded(asked, one, outcome))
                        .orElseGet(() -> CompletableFuture.completedFuture(outcome)));
    }

    /**
     * A step that has asked.
     *
     * @param step the step
     * @param request what it asked
     * @param ticket the right to hold what comes
     */
    record Asked(Step step, ExchangeRequest request, Optional<HeldAnswers.Ticket> ticket) {}

    /** Only what settles the matter as it is, and says how old it is. */
    private void hold(Asked asked, ExchangeResult.Answered answered, StepOutcome outcome) {
        Duration accepted = asked.step().acceptedAge();
        if (accepted == null
                || outcome.status() != SourceStatus.AVAILABLE
                || outcome.asOf().isEmpty()) {
            return;
        }
        Duration life = Duration.between(ledger.now(), outcome.asOf().get().plus(accepted));
        asked.ticket().ifPresent(ticket -> held.hold(ticket, answered.reply().octets(), life));
    }

    private Optional<StepOutcome> stale(
            Asked asked, ExchangeResult.Faulted faulted, byte[] octets, StepOutcome none, Map<String, String> inputs) {
        Registry current = registry.get();
        Container request = faulted.request().orElseThrow();
        if (!(verifier.verify(octets, current, ledger.now()) instanceof ContainerVerdict.Genuine genuine)) {
            LOG.warn(
                    "An earlier answer to {} is not genuine by the registry in force, so it is not used",
                    asked.request().service());
            return Optional.empty();
        }
        Container reply = genuine.container();
        if (!answers(reply.header(), request.header())) {
            LOG.warn(
                    "What is held for {} answers another question",
                    asked.request().service());
            return Optional.empty();
        }
        if (!(payloads.read(reply, asked.request().consumer().member()) instanceof PayloadContent.Record record)
                || !allowed(asked.request(), request.header(), record, current)) {
            return Optional.empty();
        }
        StepOutcome earlier =
                assessment.assess(asked.step(), new ExchangeResult.Answered(request, reply), inputs, ledger.now());
        // Older than accepted, or none that would settle the matter today: it says no more than none.
        return earlier.status() == SourceStatus.AVAILABLE && earlier.asOf().isPresent()
                ? Optional.of(earlier.staleInstead(none, reply))
                : Optional.empty();
    }

    private static boolean answers(Header reply, Header request) {
        return reply.kind() == MessageKind.REPLY
                && reply.sender().equals(request.provider())
                && reply.consumer().equals(request.consumer())
                && reply.provider().equals(request.provider())
                && reply.service().equals(request.service())
                && reply.purpose().equals(request.purpose())
                && reply.isEncrypted() == request.isEncrypted();
    }

    /** By the agreements in force, for whoever asks now; and nothing that they release no more. */
    private boolean allowed(ExchangeRequest asked, Header header, PayloadContent.Record record, Registry current) {
        AssertionVerdict verdict = assertions.check(
                asked.assertion(),
                current.trusted().issuers(),
                AssertedRequest.of(header, asked.parameters()),
                header.issued());
        if (verdict.refusal().isPresent() || current.service(asked.service()).isEmpty()) {
            return false;
        }
        AccessDecision decision = policy.confirm(
                new AccessRequest(
                        header.consumer(),
                        header.service(),
                        header.purpose(),
                        header.legalBasis(),
                        header.actor(),
                        header.representedParty(),
                        header.caseReference(),
                        asked.parameters(),
                        verdict.believed(),
                        ledger.now()),
                current);
        return decision instanceof AccessDecision.Allowed allowed
                && theirs(allowed, asked, record, current)
                && FieldRelease.cut(record.octets(), allowed.agreement().released()) instanceof Cut.Released released
                && FieldRelease.cut(record.octets(), whole(record)) instanceof Cut.Released whole
                // Written anew both, so they differ in nothing but what is missing.
                && Arrays.equals(released.record(), whole.record());
    }

    private static List<String> whole(PayloadContent.Record record) {
        return List.of(record.root().getLocalName());
    }

    private static boolean theirs(
            AccessDecision.Allowed allowed, ExchangeRequest asked, PayloadContent.Record record, Registry current) {
        String owner = allowed.owner();
        if (owner == null) {
            return true;
        }
        String field = current.service(asked.service()).orElseThrow().ownerField();
        return field != null && RecordOwner.owns(record.octets(), field, owner);
    }

    /** Without a leaf there is no use. */
    private CompletableFuture<StepOutcome> recorded(Asked asked, StepOutcome stale, StepOutcome none) {
        Header request = none.request().orElseThrow().header();
        return ledger.used(request, subject(asked.request()), document(stale))
                .handleAsync(
                        (result, failure) -> {
                            if (failure == null) {
                                return stale;
                            }
                            LOG.warn("The use of an earlier answer could not be logged, so it is none", failure);
                            return none;
                        },
                        executor);
    }

    private static byte[] document(StepOutcome stale) {
        Container earlier = stale.earlier().orElseThrow();
        // Ids, digests, codes and instants only: nothing here needs escaping.
        return ("{\"used\":\"EARLIER_ANSWER\",\"step\":\"" + stale.step().id() + "\",\"reply\":\""
                        + earlier.header().messageId() + "\",\"headerDigest\":\"" + earlier.headerDigest()
                        + "\",\"payloadDigest\":\"" + earlier.payloadDigest() + "\",\"asOf\":\""
                        + stale.asOf().map(Instant::toString).orElse("") + "\",\"because\":\""
                        + stale.fault().map(fault -> fault.code().wireCode()).orElse("") + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private HeldQuestion question(ExchangeRequest request) {
        return new HeldQuestion(
                request.consumer(), request.service(), request.parameters(), request.purpose(), subject(request));
    }

    private @Nullable String subject(ExchangeRequest request) {
        return registry.get()
                .service(request.service())
                .flatMap(service -> service.parameters().stream()
                        .filter(Parameter::subject)
                        .map(parameter -> request.parameters().get(parameter.name()))
                        .filter(value -> value != null)
                        .findFirst())
                .orElse(null);
    }
}
