package org.wasl.routes.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.connectors.ConnectorResult;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.deferral.Deferral;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Registry;

/** Says that an answer comes later, and asks for it again when its time has come. */
final class Announcement {

    private static final Logger LOG = LoggerFactory.getLogger(Announcement.class);

    private final DeferralDesk desk;
    private final CurrentRegistry registry;
    private final AnswerSigner signer;
    private final ConfidentialAnswers confidential;
    private final Ledger ledger;
    private final Answers answers;
    private final Authorization authorization;
    private final AnswerDispatch dispatch;
    private final SharedRequests shared;
    private final KeyStanding standing;

    Announcement(
            DeferralDesk desk,
            CurrentRegistry registry,
            AnswerSigner signer,
            ConfidentialAnswers confidential,
            Ledger ledger,
            Answers answers,
            Authorization authorization,
            AnswerDispatch dispatch,
            SharedRequests shared,
            KeyStanding standing) {
        this.standing = standing;
        this.desk = desk;
        this.registry = registry;
        this.signer = signer;
        this.confidential = confidential;
        this.ledger = ledger;
        this.answers = answers;
        this.authorization = authorization;
        this.dispatch = dispatch;
        this.shared = shared;
    }

    /** Signs and logs that the answer comes later, once; of a request that was asked again, it only notes the time. */
    Object announce(Serving.Deferred deferred) {
        Serving.Authorized authorized = deferred.authorized();
        Serving.Verified verified = authorized.verified();
        Container request = verified.request();
        Header asked = request.header();
        if (verified.openUntil() != null) {
            desk.stillDeferred(
                    MessageIds.answer(asked.provider(), asked.sender(), request.asInReplyTo()), deferred.later());
            return Ended.Done.DONE;
        }
        if (desk.full()) {
            return faulted(
                    deferred.arrival(),
                    request,
                    FaultCode.OVERLOADED,
                    "as many answers are owed already as may be",
                    authorized.subject());
        }
        ConfidentialAnswers.Signed signed = sign(verified, deferral(request, deferred.later()));
        Fault instead = signed.instead();
        if (instead != null) {
            LOG.warn("An announcement could not be encrypted: {}", instead);
            return new Serving.Answer(deferred.arrival(), signed.answer(), authorized.subject(), instead.code());
        }
        return logged(deferred, signed.answer());
    }

    private Deferral deferral(Container request, ConnectorResult.Deferred later) {
        Instant now = ledger.now();
        Duration open = later.staysOpen().compareTo(desk.longest()) > 0 ? desk.longest() : later.staysOpen();
        Duration expectedIn = later.expectedIn();
        Instant openUntil = now.plus(open);
        Instant expected = expectedIn == null ? null : now.plus(expectedIn);
        return new Deferral(
                Objects.requireNonNullElseGet(
                        later.reference(), () -> request.header().messageId().toString()),
                later.reason(),
                later.arabic(),
                later.english(),
                expected == null || expected.isAfter(openUntil) ? null : expected,
                openUntil);
    }

    private ConfidentialAnswers.Signed sign(Serving.Verified verified, Deferral deferral) {
        Container request = verified.request();
        AnswerSigner.Draft draft = signer.interimDraft(
                request,
                verified.registry(),
                AnswerSigner.DEFERRAL_SCHEMA,
                PayloadXml.later(deferral),
                deferral.openUntil());
        return request.header().isEncrypted()
                ? confidential.sign(draft, verified.provider(), request.header(), request.asInReplyTo())
                : new ConfidentialAnswers.Signed(signer.sign(draft), null);
    }

    private Object logged(Serving.Deferred deferred, Container interim) {
        Header header = interim.header();
        AppendResult result = ledger.durable(ledger.sent(
                header.sender().member(), interim, deferred.authorized().subject(), null));
        Container durable = result instanceof AppendResult.Duplicate
                ? ledger.find(header.sender().member(), Direction.SENT, header.sender(), header.messageId())
                        .flatMap(answers::open)
                        .orElse(interim)
                : interim;
        shared.staysOpen(durable);
        desk.opened(durable, deferred.arrival().replyNode(), deferred.later());
        return dispatch.outgoing(deferred.arrival(), durable.header(), durable.octets(), null);
    }

    /** Owes from now on what a node that has gone had announced: what that logged of it, this one has in its log too. */
    Outgoing adopt(Serving.Adopted adopted) {
        Serving.Verified verified = adopted.verified();
        Container interim = answers.open(adopted.interim())
                .orElseThrow(() -> new IllegalStateException("a logged announcement cannot be opened"));
        MemberId member = verified.provider().member();
        ledger.durable(ledger.received(member, verified.request(), null, null, verified.evidence()));
        ledger.durable(ledger.sent(member, interim, null, null));
        shared.staysOpen(interim);
        desk.adopted(interim, adopted.arrival().replyNode());
        return dispatch.outgoing(adopted.arrival(), interim.header(), interim.octets(), null);
    }

    /** Takes up a request whose answer was announced, unless it has ended; its deadline ends it by a signed fault. */
    Object reopen(Serving.Reopened reopened) {
        DeferralDesk.Open open = reopened.open();
        Optional<StoredMessage> ended =
                ledger.find(open.provider().member(), Direction.SENT, open.provider(), open.answerId());
        if (ended.isPresent()) {
            desk.closed(open.answerId());
            return open.isUnsent() ? new Serving.Unsent(open.arrival(), ended.get()) : Ended.Done.DONE;
        }
        if (!shared.owes(open)) {
            LOG.info("The deferred answer to {} is another node's by now", open.requestId());
            desk.closed(open.answerId());
            return Ended.Done.DONE;
        }
        Optional<StoredMessage> stored =
                ledger.find(open.provider().member(), Direction.RECEIVED, open.consumer(), open.requestId());
        Optional<Container> request = stored.flatMap(answers::open);
        if (stored.isEmpty() || request.isEmpty()) {
            LOG.warn("The deferred answer to {} cannot be asked for: the request was erased", open.requestId());
            return erased(open);
        }
        Registry current = registry.get();
        Optional<Fault> unbelieved = standing.ofOwn(open.provider().member(), current);
        if (unbelieved.isPresent()) {
            // Not even that there is no answer: whoever reads it would refuse it. A new key ends it.
            LOG.warn("The deferred answer to {} cannot be signed now: {}", open.requestId(), unbelieved.get());
            return Ended.Done.DONE;
        }
        Arrival arrival = open.arrival(request.get().octets());
        if (!ledger.now().isBefore(open.openUntil())) {
            return faulted(
                    arrival,
                    request.get(),
                    FaultCode.EXCHANGE_DEFERRAL_EXPIRED,
                    "the announced answer was not there by its deadline",
                    null);
        }
        Optional<Fault> untrusted = standing.ofRequester(request.get(), current);
        if (untrusted.isPresent()) {
            return untrusted(arrival, request.get(), untrusted.get());
        }
        Serving.Verified verified =
                new Serving.Verified(arrival, open.provider(), request.get(), current, List.of(), open.openUntil());
        return authorization.authorizeAgain(verified, stored.get().at());
    }

    /** A question whose key came into foreign hands is refused; while nobody tells its key's status, it waits. */
    private static Object untrusted(Arrival arrival, Container request, Fault fault) {
        if (fault.code() == FaultCode.CERTIFICATE_STATUS_UNKNOWN) {
            LOG.info("The deferred answer to {} waits: {}", request.header().messageId(), fault);
            return Ended.Done.DONE;
        }
        return new Serving.Refused(arrival, Optional.of(request.header()), Optional.of(request), fault, true);
    }

    /** What was erased cannot be answered; the announcement itself says to whom that is to be told. */
    private Object erased(DeferralDesk.Open open) {
        Optional<Container> interim = ledger.about(
                        open.provider().member(), Direction.SENT, MessageKind.INTERIM, open.requestId())
                .flatMap(answers::open);
        if (interim.isEmpty() || interim.get().header().inReplyTo() == null) {
            desk.closed(open.answerId());
            return Ended.Done.DONE;
        }
        Header header = interim.get().header();
        return new Serving.Faulted(
                open.arrival(),
                open.provider(),
                header,
                Objects.requireNonNull(header.inReplyTo()),
                true,
                false,
                fault(open.arrival(), FaultCode.EXCHANGE_DEFERRAL_EXPIRED, "the request was erased"),
                null);
    }

    private static Serving.Faulted faulted(
            Arrival arrival, Container request, FaultCode code, String detail, @Nullable String subject) {
        return new Serving.Faulted(
                arrival,
                request.header().provider(),
                request.header(),
                request.asInReplyTo(),
                true,
                false,
                fault(arrival, code, detail),
                subject);
    }

    private static Fault fault(Arrival arrival, FaultCode code, String detail) {
        return new Fault(code, Stage.CONNECTOR, arrival.member().toString(), detail);
    }
}
