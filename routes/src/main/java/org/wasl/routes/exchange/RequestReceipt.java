package org.wasl.routes.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.wasl.messagelog.Direction;
import org.wasl.routes.broker.Senders;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.ContainerVerifier;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;

/** The provider's first steps: is the request genuine, for us, and fresh. */
final class RequestReceipt {

    private final CurrentRegistry registry;
    private final ContainerVerifier verifier;
    private final Ledger ledger;
    private final Senders senders;
    private final Duration clockSkew;
    private final LateWork late;

    RequestReceipt(
            CurrentRegistry registry,
            ContainerVerifier verifier,
            Ledger ledger,
            Senders senders,
            Duration clockSkew,
            LateWork late) {
        this.late = late;
        this.senders = senders;
        this.registry = registry;
        this.verifier = verifier;
        this.ledger = ledger;
        this.clockSkew = clockSkew;
    }

    /** Opens and verifies, and looks whether the message is a request to the queue's owner. */
    Serving verify(Arrival arrival) {
        SubsystemId provider = arrival.provider();
        if (provider == null) {
            throw new IllegalStateException("a request came from a queue that is no provider's");
        }
        if (arrival.unreadable() != null) {
            Fault fault = fault(arrival, arrival.unreadable(), Stage.OPEN, "the message was not read");
            return new Serving.Refused(arrival, Optional.empty(), Optional.empty(), fault, true);
        }
        Registry current = registry.get();
        ContainerVerdict verdict = verifier.verify(arrival.octets(), current, ledger.now());
        if (verdict instanceof ContainerVerdict.Genuine genuine) {
            return addressed(new Serving.Verified(arrival, provider, genuine.container(), current, genuine.evidence()));
        }
        ContainerVerdict.Refused refused = (ContainerVerdict.Refused) verdict;
        return new Serving.Refused(arrival, refused.claimed(), Optional.empty(), refused.fault(), true);
    }

    private Serving addressed(Serving.Verified verified) {
        Header header = verified.request().header();
        if (!senders.speaksFor(verified.arrival().brokerUser(), header.sender().member())) {
            return refused(
                    verified, FaultCode.EXCHANGE_OTHER_SENDER, "whoever sent the request did not sign it", false);
        }
        boolean cancels = header.kind() == MessageKind.CANCELLATION;
        if (header.kind() != MessageKind.REQUEST && !cancels) {
            return refused(
                    verified, FaultCode.EXCHANGE_UNEXPECTED_KIND, "a " + header.kind() + " is no request", false);
        }
        if (!header.provider().equals(verified.provider())) {
            return refused(
                    verified, FaultCode.EXCHANGE_WRONG_RECEIVER, "the request is for " + header.provider(), false);
        }
        return cancels ? new Serving.Cancelling(verified) : verified;
    }

    /** Whether the request was issued by now, give or take the clocks, and has not expired. */
    Serving checkFreshness(Serving.Verified verified) {
        Header header = verified.request().header();
        Instant now = ledger.now();
        if (header.issued().isAfter(now.plus(clockSkew))) {
            return refused(verified, FaultCode.EXCHANGE_NOT_YET_VALID, "issued in the future, beyond clock skew", true);
        }
        if (!now.isBefore(header.expires()) && !announced(verified)) {
            late.before(Stage.AUTHORIZE);
            return refused(verified, FaultCode.EXCHANGE_EXPIRED, "the request's time is up", true);
        }
        return verified;
    }

    /** Whether an answer to it was announced for later: then its requester asks what has become of it. */
    private boolean announced(Serving.Verified verified) {
        SubsystemId provider = verified.provider();
        Container request = verified.request();
        UUID id = MessageIds.interim(provider, request.header().sender(), request.asInReplyTo());
        return ledger.find(provider.member(), Direction.SENT, provider, id).isPresent();
    }

    private static Serving refused(Serving.Verified verified, FaultCode code, String detail, boolean answerable) {
        Container request = verified.request();
        return new Serving.Refused(
                verified.arrival(),
                Optional.of(request.header()),
                Optional.of(request),
                fault(verified.arrival(), code, Stage.VERIFY, detail),
                answerable);
    }

    private static Fault fault(Arrival arrival, FaultCode code, Stage stage, String detail) {
        return new Fault(code, stage, arrival.member().toString(), detail);
    }
}
