package org.wasl.routes.composite;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.composite.CompositeDeclaration.Input;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.security.agreement.AccessDecision;
import org.wasl.security.agreement.AccessPolicy;
import org.wasl.security.agreement.AccessRequest;
import org.wasl.security.assertion.AssertedRequest;
import org.wasl.security.assertion.AssertionVerdict;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerSigner;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.RegistryReference;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryValidity;

/**
 * The first steps of a composite request: build, authorize, sign, log. The composer is its own provider, so the request
 * is logged once, as received.
 */
final class CompositeIntake {

    private static final String XML = "application/xml";
    private static final String CONSOLIDATED_SCHEMA = "1.1";

    private final CurrentRegistry registry;
    private final MemberKeys keys;
    private final AccessPolicy policy;
    private final AssertionVerifier assertions;
    private final EvidenceGate gate;
    private final ContainerSigner signer;
    private final Ledger ledger;
    private final CompositeTracking tracking;

    CompositeIntake(
            CurrentRegistry registry,
            MemberKeys keys,
            AccessPolicy policy,
            AssertionVerifier assertions,
            EvidenceGate gate,
            ContainerSigner signer,
            Ledger ledger,
            CompositeTracking tracking) {
        this.registry = registry;
        this.keys = keys;
        this.policy = policy;
        this.assertions = assertions;
        this.gate = gate;
        this.signer = signer;
        this.ledger = ledger;
        this.tracking = tracking;
    }

    /** Checks the inputs against the declaration, and writes header and payload. */
    Composing build(Composing.Draft draft) {
        CompositeRequest request = draft.request();
        CompositeDeclaration declaration = draft.declaration();
        Optional<Fault> fault = inputs(declaration, request.inputs());
        if (fault.isPresent()) {
            return new Composing.Refused(draft.flight(), request, fault.get());
        }
        Instant issued = ledger.now();
        Registry current = registry.get();
        Header header = new Header(
                request.trackingId(),
                request.trackingId().toString(),
                MessageKind.REQUEST,
                request.consumer(),
                request.consumer(),
                declaration.service().subsystem(),
                declaration.service(),
                CONSOLIDATED_SCHEMA,
                XML,
                null,
                request.actor(),
                request.representedParty(),
                request.caseReference(),
                Objects.requireNonNullElse(request.purpose(), declaration.purpose()),
                Objects.requireNonNullElse(request.legalBasis(), declaration.legalBasis()),
                request.channel(),
                request.locale(),
                request.priority(),
                issued,
                issued.plus(timeout(request, declaration)),
                request.idempotencyKey(),
                RegistryReference.to(current, issued).orElse(null),
                null);
        // In the order of declaration, so that the same question has the same form.
        Map<String, String> ordered = new LinkedHashMap<>();
        for (Input input : declaration.inputs()) {
            Optional.ofNullable(request.inputs().get(input.name())).ifPresent(v -> ordered.put(input.name(), v));
        }
        return new Composing.Built(
                draft.flight(),
                request,
                declaration,
                current,
                header,
                PayloadXml.query(ordered, request.assertion()),
                subject(declaration, request));
    }

    private static Duration timeout(CompositeRequest request, CompositeDeclaration declaration) {
        Duration asked = request.timeout();
        return asked == null || asked.compareTo(declaration.deadline()) > 0 ? declaration.deadline() : asked;
    }

    private static @Nullable String subject(CompositeDeclaration declaration, CompositeRequest request) {
        return declaration.inputs().stream()
                .filter(Input::subject)
                .map(input -> request.inputs().get(input.name()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether the inputs are those that the service takes. The fault never repeats a value. */
    private static Optional<Fault> inputs(CompositeDeclaration declaration, Map<String, String> given) {
        for (Input input : declaration.inputs()) {
            String value = given.get(input.name());
            if (value == null && input.required()) {
                return inputFault(declaration, "input " + input.name() + " is missing");
            }
            if (value != null && !input.pattern().matcher(value).matches()) {
                return inputFault(declaration, "input " + input.name() + " does not match " + input.pattern());
            }
        }
        for (String name : given.keySet()) {
            if (declaration.inputs().stream().noneMatch(input -> input.name().equals(name))) {
                return inputFault(declaration, "the service takes " + names(declaration) + " and nothing else");
            }
        }
        return Optional.empty();
    }

    private static String names(CompositeDeclaration declaration) {
        return String.join(", ", declaration.inputs().stream().map(Input::name).toList());
    }

    private static Optional<Fault> inputFault(CompositeDeclaration declaration, String detail) {
        return Optional.of(new Fault(
                FaultCode.COMPOSITE_INPUT, Stage.BUILD, declaration.service().code(), detail));
    }

    /** Asks the agreements whether this consumer may ask this composite service. Each step is asked again by its provider. */
    Composing authorize(Composing.Built built) {
        Header header = built.header();
        Registry current = built.registry();
        Optional<FaultCode> closed = gate.closed();
        if (closed.isPresent()) {
            return refused(built, closed.get(), "the log of this node lacks evidence that others hold");
        }
        Optional<Fault> expired = RegistryValidity.refusal(current, header.issued(), Stage.AUTHORIZE);
        if (expired.isPresent()) {
            return new Composing.Refused(built.flight(), built.request(), expired.get(), built.subject());
        }
        AssertionVerdict verdict = assertions.check(
                built.request().assertion(),
                current.trusted().issuers(),
                AssertedRequest.of(header, built.request().inputs()),
                header.issued());
        Optional<Fault> unbelieved = verdict.refusal();
        if (unbelieved.isPresent()) {
            return new Composing.Refused(built.flight(), built.request(), unbelieved.get(), built.subject());
        }
        AccessDecision decision = policy.decide(
                new AccessRequest(
                        header.consumer(),
                        header.service(),
                        header.purpose(),
                        header.legalBasis(),
                        header.actor(),
                        header.representedParty(),
                        header.caseReference(),
                        built.request().inputs(),
                        verdict.believed(),
                        header.issued()),
                current,
                true);
        if (decision instanceof AccessDecision.Denied denied) {
            return new Composing.Refused(built.flight(), built.request(), denied.fault(), built.subject());
        }
        return built;
    }

    /**
     * Asks the agreements again, right before a late answer is composed: what was allowed when it was asked need not be
     * any more. The person's assertion had to be good when the request was received.
     */
    Optional<Fault> confirm(
            Container request, Map<String, String> inputs, @Nullable String assertion, Instant received) {
        Header header = request.header();
        Registry current = registry.get();
        Optional<FaultCode> closed = gate.closed();
        if (closed.isPresent()) {
            return Optional.of(new Fault(
                    closed.get(),
                    Stage.AUTHORIZE,
                    header.consumer().toString(),
                    "the log of this node lacks evidence that others hold"));
        }
        Optional<Fault> expired = RegistryValidity.refusal(current, ledger.now(), Stage.AUTHORIZE);
        if (expired.isPresent()) {
            return expired;
        }
        AssertionVerdict verdict =
                assertions.check(assertion, current.trusted().issuers(), AssertedRequest.of(header, inputs), received);
        Optional<Fault> unbelieved = verdict.refusal();
        if (unbelieved.isPresent()) {
            return unbelieved;
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
                        inputs,
                        verdict.believed(),
                        ledger.now()),
                current);
        return decision instanceof AccessDecision.Denied denied ? Optional.of(denied.fault()) : Optional.empty();
    }

    /** Signs the request with the consumer's key. */
    Composing sign(Composing.Built built) {
        Optional<SigningKey> key = keys.messageKey(built.header().consumer().member());
        if (key.isEmpty()) {
            return refused(built, FaultCode.CLIENT_MISMATCH, "this node does not speak for the consumer");
        }
        if (keys.messageKey(built.declaration().service().member()).isEmpty()) {
            return refused(built, FaultCode.COMPOSITE_UNKNOWN, "this node does not speak for the composing member");
        }
        try {
            Container container = signer.sign(built.header(), built.payload(), key.get());
            return new Composing.Signed(
                    built.flight(), built.request(), built.declaration(), container, built.subject());
        } catch (IllegalArgumentException e) {
            // The signer's own word for a header or payload that every verifier would refuse.
            return refused(built, FaultCode.REQUEST_INVALID, String.valueOf(e.getMessage()));
        }
    }

    private static Composing.Refused refused(Composing.Built built, FaultCode code, String detail) {
        Fault fault = new Fault(code, Stage.AUTHORIZE, built.header().consumer().toString(), detail);
        return new Composing.Refused(built.flight(), built.request(), fault, built.subject());
    }

    /** Begins to log the request. */
    CompletionStage<AppendResult> append(Composing.Signed signed) {
        return ledger.received(signed.declaration().service().member(), signed.container(), signed.subject(), null);
    }

    /** The request is durable: it will be answered. Or one of its id had been. */
    Object appended(Composing.Signed signed, AppendResult result) {
        if (result instanceof AppendResult.Duplicate) {
            return new Composing.Repeated(signed.flight(), signed.request());
        }
        return new Composing.Accepted(
                signed.flight(),
                signed.declaration(),
                signed.container(),
                signed.request().inputs(),
                signed.request().assertion(),
                new Composing.Run(signed.container().header().expires(), false, false));
    }

    /** Gives the earlier request's state when it asked the same, else refuses. */
    Object repeat(Composing.Repeated repeated) {
        CompositeRequest request = repeated.request();
        Optional<StoredMessage> earlier = tracking.request(request.trackingId());
        Optional<Container> container = earlier.flatMap(tracking::open);
        if (container.isEmpty() || !tracking.sameRequest(request, container.get())) {
            return new Composing.Refused(
                    repeated.flight(),
                    request,
                    new Fault(
                            FaultCode.EXCHANGE_ID_REUSED,
                            Stage.REPLAY,
                            request.consumer().toString(),
                            "the id or idempotency key was used for another request"));
        }
        repeated.flight()
                .future()
                .complete(tracking.track(request.trackingId())
                        .orElseGet(() -> new CompositeResult.Running(container.get())));
        return Ended.Done.DONE;
    }

    /** Logs a refusal, then tells the caller. */
    Object refuse(Composing.Refused refused) {
        CompositeRequest request = refused.request();
        ledger.durable(ledger.refusedRequest(
                request.consumer(),
                request.trackingId(),
                request.trackingId().toString(),
                refused.flight().service(),
                Objects.requireNonNullElse(request.purpose(), ""),
                request.actor().id(),
                refused.subject(),
                refused.fault().code()));
        refused.flight()
                .future()
                .complete(new CompositeResult.Faulted(refused.fault(), Optional.empty(), Optional.empty()));
        return Ended.Done.DONE;
    }
}
