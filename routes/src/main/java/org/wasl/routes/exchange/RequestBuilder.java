package org.wasl.routes.exchange;

import java.time.Instant;
import java.util.Optional;
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
import org.wasl.security.container.ContainerVerifier;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadSealer;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.RegistryReference;
import org.wasl.security.container.Sealing;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryValidity;
import org.wasl.security.registry.Service;

/** The consumer's first steps: build, authorize, encrypt, sign. */
final class RequestBuilder {

    private static final String XML = "application/xml";

    private final CurrentRegistry registry;
    private final MemberKeys keys;
    private final AccessPolicy policy;
    private final AssertionVerifier assertions;
    private final PayloadSealer sealer;
    private final ContainerSigner signer;
    private final ContainerVerifier verifier;
    private final Ledger ledger;
    private final ExchangeSettings settings;

    RequestBuilder(
            CurrentRegistry registry,
            MemberKeys keys,
            AccessPolicy policy,
            AssertionVerifier assertions,
            PayloadSealer sealer,
            ContainerSigner signer,
            ContainerVerifier verifier,
            Ledger ledger,
            ExchangeSettings settings) {
        this.registry = registry;
        this.keys = keys;
        this.policy = policy;
        this.assertions = assertions;
        this.sealer = sealer;
        this.signer = signer;
        this.verifier = verifier;
        this.ledger = ledger;
        this.settings = settings;
    }

    /** Checks the request against the registry, and writes header and payload. */
    Submission build(Submission.Draft draft) {
        ExchangeRequest request = draft.request();
        Registry current = registry.get();
        Optional<Fault> fault = ServiceCheck.names(current, request.consumer(), request.service(), Stage.BUILD);
        if (fault.isEmpty() && keys.messageKey(request.consumer().member()).isEmpty()) {
            fault = Optional.of(fault(
                    request,
                    FaultCode.CLIENT_MISMATCH,
                    Stage.BUILD,
                    "this node does not speak for " + request.consumer().member()));
        }
        if (fault.isEmpty()
                && (request.timeout().isNegative()
                        || request.timeout().isZero()
                        || request.timeout().compareTo(settings.timeoutMax()) > 0)) {
            fault = Optional.of(fault(
                    request,
                    FaultCode.REQUEST_INVALID,
                    Stage.BUILD,
                    "the timeout must be positive and at most "
                            + settings.timeoutMax().toSeconds() + " s"));
        }
        if (fault.isPresent()) {
            return new Submission.Refused(draft.flight(), request, fault.get());
        }
        Service service = current.service(request.service()).orElseThrow();
        Optional<Fault> parameters = ServiceCheck.parameters(service, request.parameters(), Stage.BUILD);
        if (parameters.isPresent()) {
            return new Submission.Refused(draft.flight(), request, parameters.get());
        }
        String subject = ServiceCheck.subject(service, request.parameters());
        draft.flight().about(subject);
        return new Submission.Built(
                draft.flight(),
                request,
                current,
                header(request, service, current),
                PayloadXml.query(request.parameters(), request.assertion()),
                subject,
                service.confidential());
    }

    private Header header(ExchangeRequest request, Service service, Registry current) {
        Instant issued = ledger.now();
        return new Header(
                request.messageId(),
                request.correlationId(),
                MessageKind.REQUEST,
                request.consumer(),
                request.consumer(),
                request.service().subsystem(),
                request.service(),
                service.schemaVersion(),
                XML,
                null,
                request.actor(),
                request.representedParty(),
                request.caseReference(),
                request.purpose(),
                request.legalBasis(),
                request.channel(),
                request.locale(),
                request.priority(),
                issued,
                issued.plusMillis(Math.max(1, request.timeout().toMillis())),
                request.idempotencyKey(),
                RegistryReference.to(current, issued).orElse(null),
                null);
    }

    /** Asks the agreements, so that what will be refused is not sent. The provider asks them again, and decides. */
    Submission authorize(Submission.Built built) {
        Header header = built.header();
        Optional<Fault> expired = RegistryValidity.refusal(built.registry(), header.issued(), Stage.AUTHORIZE);
        if (expired.isPresent()) {
            return new Submission.Refused(built.flight(), built.request(), expired.get());
        }
        AssertionVerdict verdict = assertions.check(
                built.request().assertion(),
                built.registry().trusted().issuers(),
                AssertedRequest.of(header, built.request().parameters()),
                header.issued());
        Optional<Fault> unbelieved = verdict.refusal();
        if (unbelieved.isPresent()) {
            return new Submission.Refused(built.flight(), built.request(), unbelieved.get());
        }
        AccessDecision decision = policy.foresee(
                new AccessRequest(
                        header.consumer(),
                        header.service(),
                        header.purpose(),
                        header.legalBasis(),
                        header.actor(),
                        header.representedParty(),
                        header.caseReference(),
                        built.request().parameters(),
                        verdict.believed(),
                        header.issued()),
                built.registry());
        if (decision instanceof AccessDecision.Denied denied) {
            return new Submission.Refused(built.flight(), built.request(), denied.fault());
        }
        AccessDecision.Allowed allowed = (AccessDecision.Allowed) decision;
        return built.confidential(built.confidential() || allowed.agreement().confidential());
    }

    /** Encrypts the payload where it must be, and signs with the consumer's key. */
    Object sign(Submission.Built built) {
        if (built.flight().future().isDone()) {
            // Its caller was told already that it took too long.
            return Ended.Done.DONE;
        }
        Header header = built.header();
        byte[] payload = built.payload();
        SigningKey key = keys.messageKey(built.request().consumer().member()).orElseThrow();
        // Sent all the same, it would be refused, and so would be the answer that says so: the caller would just wait.
        Optional<Fault> unbelievable = verifier.refusal(key, built.registry(), header.issued());
        if (unbelievable.isPresent()) {
            return new Submission.Refused(built.flight(), built.request(), unbelievable.get());
        }
        if (built.confidential()) {
            Sealing sealing = sealer.seal(header, payload, built.registry(), header.issued());
            if (sealing instanceof Sealing.Refused refused) {
                return new Submission.Refused(built.flight(), built.request(), refused.fault());
            }
            Sealing.Sealed sealed = (Sealing.Sealed) sealing;
            header = sealed.header();
            payload = sealed.payload();
        }
        try {
            Container container = signer.sign(header, payload, key);
            return new Submission.Signed(built.flight(), built.request(), container, built.subject());
        } catch (IllegalArgumentException e) {
            // The signer's own word for a header or payload that every verifier would refuse.
            return new Submission.Refused(
                    built.flight(),
                    built.request(),
                    fault(built.request(), FaultCode.REQUEST_INVALID, Stage.SIGN, String.valueOf(e.getMessage())));
        }
    }

    private static Fault fault(ExchangeRequest request, FaultCode code, Stage stage, String detail) {
        return new Fault(code, stage, request.consumer().member().toString(), detail);
    }
}
