package org.wasl.routes.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.broker.DeadLetterShare;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.Turns;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.Coverage;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;

/** The provider's last steps: log a refusal, sign the answer, make it durable, address it. */
final class AnswerDispatch {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerDispatch.class);
    private static final Duration DEAD_LETTER_LIFE = Duration.ofDays(7);

    private final CurrentRegistry registry;
    private final MemberKeys keys;
    private final AnswerSigner signer;
    private final ConfidentialAnswers confidential;
    private final Ledger ledger;
    private final Answers answers;
    private final Duration grace;
    private final DeferralDesk desk;
    private final Turns turns;
    private final DeadLetterShare deadLetters;
    private final KnownEnds ends;

    /** Knows of the requests that have an answer, one announced for later, or one under way. */
    @FunctionalInterface
    interface KnownEnds {
        boolean hasEnd(SubsystemId provider, SubsystemId requester, InReplyTo request);
    }

    /**
     * @param desk the answers that were announced for later
     * @param turns whose turn it is to end an exchange
     * @param deadLetters where dead letters go
     * @param ends which requests are to be told nothing but what they were told
     * @param grace how long beyond its expiry an answer may wait in a queue, for the consumer's log
     */
    AnswerDispatch(
            CurrentRegistry registry,
            MemberKeys keys,
            AnswerSigner signer,
            ConfidentialAnswers confidential,
            Ledger ledger,
            Answers answers,
            Duration grace,
            DeferralDesk desk,
            Turns turns,
            DeadLetterShare deadLetters,
            KnownEnds ends) {
        this.deadLetters = deadLetters;
        this.ends = ends;
        this.desk = desk;
        this.turns = turns;
        this.registry = registry;
        this.keys = keys;
        this.signer = signer;
        this.confidential = confidential;
        this.ledger = ledger;
        this.answers = answers;
        this.grace = grace;
    }

    /** Logs a refusal; a sender who can be told is answered by a fault, anything else is a dead letter. */
    Object refuse(Serving.Refused refused) {
        Arrival arrival = refused.arrival();
        FaultCode code = refused.fault().code();
        ledger.durable(leaf(refused, code));
        LOG.warn("Refused a request to {}: {}", arrival.provider(), refused.fault());
        Optional<Container> request =
                refused.request().or(() -> answers.open(refused.arrival().octets()));
        if (code == FaultCode.EXCHANGE_REPLAYED
                || (refused.request().isEmpty()
                        && request.filter(unverified -> hasEnd(arrival, unverified))
                                .isPresent())) {
            return Ended.Done.DONE;
        }
        return faulted(refused, request).<Object>map(fault -> fault).orElseGet(() -> deadLetter(arrival, code));
    }

    private CompletableFuture<AppendResult> leaf(Serving.Refused refused, FaultCode code) {
        Arrival arrival = refused.arrival();
        return refused.claimed()
                .map(claimed -> ledger.refused(arrival.member(), claimed, arrival.octets(), refused.subject(), code))
                .orElseGet(() -> ledger.refusedUnread(arrival.member(), arrival.octets(), code));
    }

    /**
     * A request that came before, was genuine and has its answer may come again when nobody can tell any more whether it is
     * genuine, its certificate's status say: a fault would be a second answer. The recorded one is not sent to whom nobody
     * can vouch for either; it is there for whoever asks again when that can be told.
     */
    private boolean hasEnd(Arrival arrival, Container unverified) {
        SubsystemId provider = arrival.provider();
        return provider != null && ends.hasEnd(provider, unverified.header().sender(), unverified.asInReplyTo());
    }

    private Optional<Serving.Faulted> faulted(Serving.Refused refused, Optional<Container> request) {
        SubsystemId provider = refused.arrival().provider();
        if (!refused.answerable() || provider == null || request.isEmpty()) {
            return Optional.empty();
        }
        Header header = request.get().header();
        if (header.kind() != MessageKind.REQUEST
                || !header.provider().equals(provider)
                || nodes(header.consumer().member()).isEmpty()
                || keys.messageKey(provider.member()).isEmpty()) {
            return Optional.empty();
        }
        boolean genuine = refused.request().isPresent();
        return Optional.of(new Serving.Faulted(
                refused.arrival(),
                provider,
                header,
                request.get().asInReplyTo(),
                genuine,
                false,
                refused.fault(),
                null));
    }

    private Outgoing deadLetter(Arrival arrival, FaultCode code) {
        String queue = deadLetters.deadLetters(arrival.member());
        return new Outgoing(queue, arrival.octets(), "", Priority.LOW, DEAD_LETTER_LIFE, null, code);
    }

    /** Logs that a request came again, and sends its recorded answer again. */
    Object repeat(Serving.Replayed replayed) {
        Arrival arrival = replayed.arrival();
        Header header = replayed.request().header();
        ledger.durable(ledger.refused(arrival.member(), header, arrival.octets(), FaultCode.EXCHANGE_REPLAYED));
        return outgoing(arrival, header, replayed.recorded(), replayed.whole());
    }

    /**
     * Ends the exchange at its requester's word: by a signed fault, unless an answer is in the log already, which then
     * goes again. Both are logged in one turn, so that no answer comes between them.
     */
    Outgoing cancel(Serving.Cancelling cancelling) {
        Serving.Verified verified = cancelling.verified();
        Container cancellation = verified.request();
        Header header = cancellation.header();
        MemberId member = cancelling.arrival().member();
        Container fault = signer.fault(
                verified.provider(),
                header,
                Objects.requireNonNull(header.inReplyTo()),
                new Fault(
                        FaultCode.EXCHANGE_CANCELLED,
                        Stage.TRANSPORT,
                        member.toString(),
                        "the requester cancelled before there was an answer"));
        UUID answerId = fault.header().messageId();
        AppendResult result = ledger.durable(turns.take(answerId, () -> {
            CompletableFuture<AppendResult> received =
                    ledger.received(member, cancellation, null, null, verified.evidence());
            return ledger.sent(member, fault, null, FaultCode.EXCHANGE_CANCELLED)
                    .thenCombine(received, (sent, before) -> sent);
        }));
        desk.closed(answerId);
        Serving.Answer answer = new Serving.Answer(cancelling.arrival(), fault, null, FaultCode.EXCHANGE_CANCELLED);
        return durable(answer, result).kept();
    }

    /** Signs a reply or a fault with the provider's key; encrypted, when the request was and it tells of a record. */
    Serving sign(Serving.Signable signable) {
        if (signable instanceof Serving.Documented documented) {
            return new Serving.Answer(
                    documented.arrival(),
                    documented.answer(),
                    documented.authorized().subject(),
                    null);
        }
        return signable instanceof Serving.Fetched fetched ? reply(fetched) : fault((Serving.Faulted) signable);
    }

    private Serving reply(Serving.Fetched fetched) {
        Serving.Authorized authorized = fetched.authorized();
        Container request = authorized.verified().request();
        Registry decidedBy = authorized.verified().registry();
        Instant lives = authorized.verified().until();
        String schemaVersion = authorized.service().schemaVersion();
        byte[] payload = PayloadXml.record(
                fetched.record(), fetched.asOf(), fetched.coverageComplete() ? Coverage.COMPLETE : Coverage.INCOMPLETE);
        if (request.header().isEncrypted()) {
            return answer(
                    fetched.arrival(),
                    confidential.reply(request, decidedBy, schemaVersion, payload, lives),
                    authorized.subject(),
                    null);
        }
        Container reply = signer.sign(signer.replyDraft(request, decidedBy, schemaVersion, payload, lives));
        return new Serving.Answer(fetched.arrival(), reply, authorized.subject(), null);
    }

    private Serving fault(Serving.Faulted faulted) {
        SubsystemId provider = faulted.provider();
        Fault fault = faulted.fault();
        if (faulted.confidential()) {
            return answer(
                    faulted.arrival(),
                    confidential.fault(provider, faulted.request(), faulted.bound(), fault),
                    faulted.subject(),
                    fault.code());
        }
        Container signed = faulted.genuine()
                ? signer.fault(provider, faulted.request(), faulted.bound(), fault)
                : signer.faultToUnverified(provider, faulted.request(), faulted.bound(), fault);
        return new Serving.Answer(faulted.arrival(), signed, faulted.subject(), fault.code());
    }

    private static Serving answer(
            Arrival arrival, ConfidentialAnswers.Signed signed, @Nullable String subject, @Nullable FaultCode code) {
        Fault instead = signed.instead();
        if (instead != null) {
            LOG.warn("An answer could not be encrypted: {}", instead);
        }
        return new Serving.Answer(arrival, signed.answer(), subject, instead == null ? code : instead.code());
    }

    /** Makes the answer durable. When the request has an answer already, that one goes, not this. */
    Outgoing log(Serving.Answer answer) {
        Container container = answer.answer();
        Header header = container.header();
        MemberId member = header.sender().member();
        AppendResult result;
        try {
            result = ledger.durable(turns.take(
                    header.messageId(), () -> ledger.sent(member, container, answer.subject(), answer.code())));
        } finally {
            DocumentAnswers.drop(container);
        }
        boolean announced = desk.closed(header.messageId());
        Outgoing outgoing = durable(answer, result);
        return announced ? outgoing.kept() : outgoing;
    }

    private Outgoing durable(Serving.Answer answer, AppendResult result) {
        Container container = answer.answer();
        Header header = container.header();
        MemberId member = header.sender().member();
        if (result instanceof AppendResult.Duplicate duplicate) {
            byte[] recorded = ledger.find(member, Direction.SENT, header.sender(), header.messageId())
                    .map(StoredMessage::container)
                    .orElseThrow(() -> new IllegalStateException("leaf " + duplicate.index() + " cannot be found"));
            return outgoing(answer.arrival(), header, recorded, whole(container, duplicate.index()));
        }
        return outgoing(
                answer.arrival(),
                header,
                container.octets(),
                whole(container, ((AppendResult.Appended) result).index()));
    }

    /** Sends an answer that is in the log and that the broker did not take before. */
    Object again(Serving.Unsent unsent) {
        StoredMessage recorded = unsent.recorded();
        return answers.open(recorded)
                .<Object>map(answer -> outgoing(
                                unsent.arrival(),
                                answer.header(),
                                answer.octets(),
                                ledger.whole(recorded.index()).orElse(null))
                        .kept())
                .orElse(Ended.Done.DONE);
    }

    /** A document is sent from the log, as it is sent again from there. */
    private @Nullable ContainerContent whole(Container container, long index) {
        return container.whole() == null
                ? null
                : ledger.whole(index)
                        .orElseThrow(() -> new IllegalStateException("leaf " + index + " lacks its document"));
    }

    /** Addresses an answer to one of the consumer's nodes, the one that the hint names if the registry has it. */
    Outgoing outgoing(Arrival arrival, Header header, byte[] octets, @Nullable ContainerContent whole) {
        MemberId consumer = header.consumer().member();
        List<String> nodes = nodes(consumer);
        String hinted = arrival.replyNode();
        String node = hinted != null && nodes.contains(hinted) ? hinted : first(nodes, consumer);
        Duration left = Duration.between(ledger.now(), header.expires());
        Duration life = left.isNegative() ? grace : left.plus(grace);
        String id = header.messageId().toString();
        return new Outgoing(
                Queues.reply(consumer, node), octets, id, header.priority(), life, null, null, whole, false);
    }

    private static String first(List<String> nodes, MemberId consumer) {
        if (nodes.isEmpty()) {
            throw new IllegalStateException(consumer + " has no node to reply to");
        }
        return nodes.get(0);
    }

    private List<String> nodes(MemberId member) {
        return registry.get().member(member).map(Member::nodes).orElse(List.of());
    }
}
