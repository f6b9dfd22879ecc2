package org.wasl.routes.exchange;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
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
import org.wasl.security.container.Header;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryValidity;
import org.wasl.security.registry.Service;

/** The provider's own decision whether the request is allowed, and its durable record before anything is read. */
final class Authorization {

    private final AccessPolicy policy;
    private final AssertionVerifier assertions;
    private final PayloadXml payloads;
    private final Ledger ledger;
    private final Answers answers;

    Authorization(
            AccessPolicy policy, AssertionVerifier assertions, PayloadXml payloads, Ledger ledger, Answers answers) {
        this.policy = policy;
        this.assertions = assertions;
        this.payloads = payloads;
        this.ledger = ledger;
        this.answers = answers;
    }

    /** Checks names, inputs and the person's assertion, and asks the agreements. */
    Serving authorize(Serving.Verified verified) {
        return authorize(verified, ledger.now());
    }

    /**
     * The same for a request whose answer was announced for later: by the agreements in force now, though the person's
     * assertion only had to be good when the request was received. It was counted against quotas then.
     */
    Serving authorizeAgain(Serving.Verified verified, Instant received) {
        return authorize(verified, received);
    }

    private Serving authorize(Serving.Verified verified, Instant received) {
        Header header = verified.request().header();
        Registry registry = verified.registry();
        Instant now = ledger.now();
        Optional<Fault> expired = RegistryValidity.refusal(registry, now, Stage.AUTHORIZE);
        if (expired.isPresent()) {
            return refused(verified, expired.get());
        }
        Optional<Fault> names = ServiceCheck.names(registry, header.consumer(), header.service(), Stage.AUTHORIZE);
        if (names.isPresent()) {
            return refused(verified, names.get());
        }
        Service service = registry.service(header.service()).orElseThrow();
        if (service.confidential() && !header.isEncrypted()) {
            return refused(
                    verified,
                    Confidentiality.breach(header, true, Stage.AUTHORIZE).orElseThrow());
        }
        PayloadContent content =
                payloads.read(verified.request(), verified.provider().member());
        if (content instanceof PayloadContent.Refused refused) {
            return refused(verified, refused.fault());
        }
        if (!(content instanceof PayloadContent.Query query)) {
            return refused(verified, fault(verified, FaultCode.SCHEMA_INVALID, "the payload is no query"));
        }
        return decide(verified, service, query, received, now);
    }

    private Serving decide(
            Serving.Verified verified, Service service, PayloadContent.Query query, Instant received, Instant now) {
        Header header = verified.request().header();
        Map<String, String> given = query.parameters();
        Optional<Fault> parameters = ServiceCheck.parameters(service, given, Stage.AUTHORIZE);
        if (parameters.isPresent()) {
            return refused(verified, parameters.get());
        }
        // Who asks in vain about a person is worth knowing too.
        String subject = ServiceCheck.subject(service, given);
        AssertionVerdict verdict = assertions.check(
                query.assertion(),
                verified.registry().trusted().issuers(),
                AssertedRequest.of(header, given),
                received);
        Optional<Fault> unbelieved = verdict.refusal();
        if (unbelieved.isPresent()) {
            return refused(verified, unbelieved.get(), subject);
        }
        AccessRequest question = new AccessRequest(
                header.consumer(),
                header.service(),
                header.purpose(),
                header.legalBasis(),
                header.actor(),
                header.representedParty(),
                header.caseReference(),
                given,
                verdict.believed(),
                now);
        AccessDecision decision = verified.openUntil() == null
                ? policy.decide(question, verified.registry(), true)
                : policy.confirm(question, verified.registry());
        if (decision instanceof AccessDecision.Allowed allowed) {
            Optional<Fault> breach = Confidentiality.breach(
                    header, Confidentiality.applies(service, allowed.agreement()), Stage.AUTHORIZE);
            if (breach.isPresent()) {
                return refused(verified, breach.get(), subject);
            }
            return new Serving.Authorized(
                    verified, service, given, subject, allowed.agreement(), question, allowed.owner());
        }
        return refused(verified, ((AccessDecision.Denied) decision).fault(), subject);
    }

    /** Makes the request durable. Logged before means: not answered, because of a crash, or the id is used twice. */
    Serving log(Serving.Authorized authorized) {
        Serving.Verified verified = authorized.verified();
        Container request = verified.request();
        AppendResult result = ledger.durable(
                ledger.received(verified.arrival().member(), request, authorized.subject(), null, verified.evidence()));
        if (result instanceof AppendResult.Duplicate duplicate && !duplicate.sameOctets() && !sameIdentity(verified)) {
            return refused(
                    verified,
                    new Fault(
                            FaultCode.EXCHANGE_ID_REUSED,
                            Stage.REPLAY,
                            verified.arrival().member().toString(),
                            "the message id was used for another message"),
                    authorized.subject());
        }
        return authorized;
    }

    private boolean sameIdentity(Serving.Verified verified) {
        Header header = verified.request().header();
        return ledger.find(verified.arrival().member(), Direction.RECEIVED, header.sender(), header.messageId())
                .flatMap(answers::open)
                .filter(earlier ->
                        earlier.asInReplyTo().equals(verified.request().asInReplyTo()))
                .isPresent();
    }

    private static Serving.Refused refused(Serving.Verified verified, Fault fault) {
        return refused(verified, fault, null);
    }

    private static Serving.Refused refused(Serving.Verified verified, Fault fault, @Nullable String subject) {
        Container request = verified.request();
        return new Serving.Refused(
                verified.arrival(), Optional.of(request.header()), Optional.of(request), fault, true, subject);
    }

    private static Fault fault(Serving.Verified verified, FaultCode code, String detail) {
        return new Fault(code, Stage.AUTHORIZE, verified.arrival().member().toString(), detail);
    }
}
