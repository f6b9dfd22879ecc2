package org.wasl.routes.exchange;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.broker.Senders;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.ContainerVerifier;
import org.wasl.security.container.DocumentVerifier;
import org.wasl.security.container.Header;
import org.wasl.security.container.InReplyTo;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PlainPayload;
import org.wasl.security.container.SpoolFile;
import org.wasl.security.registry.CurrentRegistry;

/** What the consumer does with a reply: verify, bind, log, answer. */
final class ReplyReceipt {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyReceipt.class);

    private final CurrentRegistry registry;
    private final ContainerVerifier verifier;
    private final DocumentVerifier documents;
    private final Ledger ledger;
    private final LocalFaults localFaults;
    private final Answers answers;
    private final Flights flights;
    private final Senders senders;
    private final AwaitedAnswers awaited;
    private final Cancellations cancellations;
    private final Duration clockSkew;

    ReplyReceipt(
            CurrentRegistry registry,
            ContainerVerifier verifier,
            Ledger ledger,
            LocalFaults localFaults,
            Answers answers,
            Flights flights,
            Senders senders,
            AwaitedAnswers awaited,
            Cancellations cancellations,
            Duration clockSkew) {
        this.awaited = awaited;
        this.cancellations = cancellations;
        this.senders = senders;
        this.registry = registry;
        this.verifier = verifier;
        this.documents = verifier.documents();
        this.ledger = ledger;
        this.localFaults = localFaults;
        this.answers = answers;
        this.flights = flights;
        this.clockSkew = clockSkew;
    }

    /** Opens and verifies. */
    ReplyBody verify(Arrival arrival) {
        if (arrival.unreadable() != null) {
            Fault fault = fault(arrival.member(), arrival.unreadable(), Stage.OPEN, "the message was not read");
            return new ReplyBody.Refused(arrival, Optional.empty(), fault);
        }
        ContainerVerdict verdict = verdict(arrival);
        if (verdict instanceof ContainerVerdict.Genuine genuine) {
            return new ReplyBody.Verified(arrival, genuine.container(), genuine.evidence());
        }
        ContainerVerdict.Refused refused = (ContainerVerdict.Refused) verdict;
        return new ReplyBody.Refused(arrival, refused.claimed(), refused.fault());
    }

    private ContainerVerdict verdict(Arrival arrival) {
        SpoolFile file = arrival.file();
        try {
            return file == null
                    ? verifier.verify(arrival.octets(), registry.get(), ledger.now())
                    : documents.verify(file, registry.get(), ledger.now());
        } catch (IOException e) {
            throw new IllegalStateException("what was written to the spool cannot be read", e);
        }
    }

    /**
     * Finds the request that the reply's signed fields name, and compares them; JMS headers have no say. Then it must be
     * encrypted as the request was, and to the consumer's member.
     */
    ReplyBody bind(ReplyBody.Verified verified) {
        Arrival arrival = verified.arrival();
        Header reply = verified.reply().header();
        if (!senders.speaksFor(arrival.brokerUser(), reply.sender().member())) {
            return refused(verified, FaultCode.EXCHANGE_OTHER_SENDER, "whoever sent the reply did not sign it");
        }
        InReplyTo named = reply.inReplyTo();
        if (named == null || !(reply.kind().ends() || reply.kind() == MessageKind.INTERIM)) {
            return refused(verified, FaultCode.EXCHANGE_UNEXPECTED_KIND, "a " + reply.kind() + " is no reply");
        }
        if (!reply.consumer().member().equals(arrival.member())) {
            return refused(verified, FaultCode.EXCHANGE_WRONG_RECEIVER, "the reply is for " + reply.consumer());
        }
        if (reply.issued().isAfter(ledger.now().plus(clockSkew))) {
            return refused(verified, FaultCode.EXCHANGE_NOT_YET_VALID, "the reply was issued in the future");
        }
        FlightKey key = new FlightKey(reply.consumer(), named.messageId());
        // One that is not on its way yet asks again what was asked before: it finds in the log how that ended.
        Optional<Flight> flight =
                flights.find(key).filter(one -> one.container().isPresent());
        Optional<Container> request = flight.flatMap(Flight::container).or(() -> recorded(key));
        if (request.isEmpty()) {
            return refused(verified, FaultCode.EXCHANGE_OTHER_REQUEST, "no such request was sent");
        }
        if (!answers(reply, named, request.get())) {
            return refused(
                    verified,
                    FaultCode.EXCHANGE_OTHER_REQUEST,
                    "the reply is bound to other octets, or comes from another than the provider asked");
        }
        PlainPayload payload = Confidentiality.breach(request.get(), reply)
                .<PlainPayload>map(PlainPayload.Refused::new)
                .orElseGet(() -> answers.payload(verified.reply(), arrival.member()));
        if (payload instanceof PlainPayload.Refused unread) {
            // It is the provider's own answer: another one will not come, so nobody needs to wait for it.
            flight.ifPresent(waiting -> localFaults.end(waiting, unread.fault()));
            return new ReplyBody.Refused(arrival, Optional.of(reply), unread.fault());
        }
        if (reply.kind() == MessageKind.INTERIM
                && answers.deferral(verified.reply()).isEmpty()) {
            return refused(verified, FaultCode.SCHEMA_INVALID, "the announcement does not say until when it holds");
        }
        return new ReplyBody.Bound(
                arrival, verified.reply(), payload, verified.evidence(), request.get(), flight.orElse(null));
    }

    private Optional<Container> recorded(FlightKey key) {
        return ledger.find(key.consumer().member(), Direction.SENT, key.consumer(), key.messageId())
                .flatMap(answers::open);
    }

    private static boolean answers(Header reply, InReplyTo named, Container request) {
        Header asked = request.header();
        return asked.kind() == MessageKind.REQUEST
                && named.equals(request.asInReplyTo())
                && reply.sender().equals(asked.provider())
                && reply.provider().equals(asked.provider())
                && reply.service().equals(asked.service())
                && reply.correlationId().equals(asked.correlationId());
    }

    /** Makes the reply durable. One that comes after the exchange ended is logged with that, and given to nobody. */
    Object log(ReplyBody.Bound bound) {
        Flight flight = bound.flight();
        Flight toEnd = flight != null && flight.claim() ? flight : null;
        Header reply = bound.reply().header();
        if (toEnd != null && reply.kind().ends() && toEnd.request().isEmpty() && hasEnded(bound.request())) {
            // Whoever cancels, or takes up, may come after the end that this node signed itself: the log has that.
            toEnd.future().complete(answers.standing(bound.request()));
            toEnd = null;
        }
        boolean late = toEnd == null && reply.kind().ends() && isLate(bound.request());
        AppendResult result;
        try {
            result = ledger.durable(ledger.received(
                    bound.arrival().member(),
                    bound.reply(),
                    null,
                    late ? FaultCode.EXCHANGE_TIMED_OUT : codeOf(bound.reply()),
                    bound.evidence()));
        } catch (LogUnavailableException e) {
            if (toEnd != null) {
                localFaults.giveLogUnavailable(toEnd);
            }
            throw e;
        }
        if (late) {
            LOG.info("Reply {} came after request {} had ended", reply.messageId(), reply.inReplyTo());
        }
        return result instanceof AppendResult.Duplicate
                ? repeated(bound, toEnd)
                : new ReplyBody.Logged(kept(bound.reply(), result), bound.payload(), bound.request(), toEnd);
    }

    /** Whether the exchange has ended: by its time, or, where an answer was awaited for longer, in the log. */
    private boolean isLate(Container request) {
        return awaited.awaits(new FlightKey(
                        request.header().consumer(), request.header().messageId()))
                ? hasEnded(request)
                : !ledger.now().isBefore(request.header().expires());
    }

    private boolean hasEnded(Container request) {
        return ledger.consumerAnswer(
                        request.header().consumer(), request.header().messageId())
                .isPresent();
    }

    /** From now on a document is read from the log; its spool file goes. */
    private Container kept(Container reply, AppendResult result) {
        return reply.whole() == null || !(result instanceof AppendResult.Appended appended)
                ? reply
                : reply.kept(ledger.whole(appended.index())
                        .orElseThrow(
                                () -> new IllegalStateException("leaf " + appended.index() + " lacks its document")));
    }

    private Object repeated(ReplyBody.Bound bound, @Nullable Flight flight) {
        Header reply = bound.reply().header();
        if (reply.kind() == MessageKind.INTERIM && !hasEnded(bound.request())) {
            // It may have come into the log when nobody waited for that any more.
            Header asked = bound.request().header();
            awaited.opened(new FlightKey(asked.consumer(), asked.messageId()), reply.expires());
        }
        if (flight != null) {
            // Logged before a crash, not answered: whoever asks now gets what was recorded.
            flight.future().complete(answers.standing(bound.request()));
        }
        return refused(
                new ReplyBody.Verified(bound.arrival(), bound.reply(), bound.evidence()),
                FaultCode.EXCHANGE_REPLAYED,
                "the reply was received before");
    }

    private @Nullable FaultCode codeOf(Container reply) {
        return reply.header().kind() == MessageKind.FAULT ? answers.fault(reply).code() : null;
    }

    /** Gives the reply to whoever waits. */
    Object answer(ReplyBody.Logged logged) {
        Flight flight = logged.flight();
        FlightKey key = new FlightKey(
                logged.request().header().consumer(), logged.request().header().messageId());
        if (logged.reply().header().kind() == MessageKind.INTERIM) {
            return announced(logged, key);
        }
        if (flight != null) {
            flight.future().complete(answers.result(logged.request(), logged.reply(), logged.payload()));
        }
        awaited.closed(key, logged.request());
        return Ended.Done.DONE;
    }

    /** The answer comes later. Where the exchange has ended already, the provider is told that nobody waits for it. */
    private Object announced(ReplyBody.Logged logged, FlightKey key) {
        Container request = logged.request();
        Optional<StoredMessage> recorded = ledger.consumerAnswer(key.consumer(), key.messageId());
        if (recorded.isPresent()) {
            if (recorded.get().sender().equals(key.consumer())) {
                cancellations.abandon(request);
            }
        } else if (awaited.full()) {
            LOG.warn("As many answers are awaited as may be: request {} is cancelled", key);
            awaited.opened(key, logged.reply().header().expires());
            cancellations.abandon(request);
        } else {
            awaited.opened(key, logged.reply().header().expires());
        }
        Flight flight = logged.flight();
        if (flight != null) {
            flight.future().complete(answers.standing(request));
        }
        return Ended.Done.DONE;
    }

    /** Logs a refusal; nobody is told, since a reply that is not ours says nothing about our request. */
    Object refuse(ReplyBody.Refused refused) {
        Arrival arrival = refused.arrival();
        FaultCode code = refused.fault().code();
        ledger.durable(refused.claimed()
                .map(claimed -> ledger.refused(arrival.member(), claimed, arrival.octets(), code))
                .orElseGet(() -> ledger.refusedUnread(arrival.member(), arrival.octets(), code)));
        LOG.warn("Refused a reply to {}: {}", arrival.member(), refused.fault());
        return Ended.Done.DONE;
    }

    private static ReplyBody.Refused refused(ReplyBody.Verified verified, FaultCode code, String detail) {
        Header header = verified.reply().header();
        return new ReplyBody.Refused(
                verified.arrival(), Optional.of(header), fault(header.sender().member(), code, Stage.BIND, detail));
    }

    private static Fault fault(MemberId leg, FaultCode code, Stage stage, String detail) {
        return new Fault(code, stage, leg.toString(), detail);
    }
}
