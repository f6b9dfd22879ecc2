package org.wasl.routes.event;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.broker.Senders;
import org.wasl.routes.exchange.Arrival;
import org.wasl.routes.flow.Ended;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.EventSequence;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;

/**
 * What a subscriber does with an event: verify, take it if it is the next one of its publisher, make it durable. What it
 * has is ignored, what lies beyond a gap is dropped and asked for again: so the order of its log is the order of numbers.
 */
final class EventReceipt {

    private static final Logger LOG = LoggerFactory.getLogger(EventReceipt.class);

    private final EventParts parts;
    private final Ledger ledger;
    private final EventReading reading;
    private final PayloadXml payloads;
    private final Subscriptions subscriptions;
    private final Senders senders;
    private final Consumer<Pair> received;
    private final BiConsumer<Pair, Long> gap;
    private final Map<Pair, Long> last = new ConcurrentHashMap<>();

    /**
     * @param received hears of each pair with something new
     * @param gap hears of each event beyond a gap: its number
     */
    EventReceipt(
            EventParts parts,
            Ledger ledger,
            EventReading reading,
            PayloadXml payloads,
            Subscriptions subscriptions,
            Consumer<Pair> received,
            BiConsumer<Pair, Long> gap) {
        this.parts = parts;
        this.ledger = ledger;
        this.reading = reading;
        this.payloads = payloads;
        this.subscriptions = subscriptions;
        this.senders = new Senders(parts.keys().members());
        this.received = received;
        this.gap = gap;
    }

    /** The number of the last event that was received, all before it being there; 0 when none was. */
    long lastReceived(Pair pair) {
        return last.computeIfAbsent(
                pair, p -> Series.last(number -> reading.received(p, number).isPresent()));
    }

    /** Opens, verifies, and looks at the signed fields that say what it is. */
    EventBody verify(Arrival arrival) {
        SubsystemId subscriber = arrival.provider();
        if (subscriber == null) {
            throw new IllegalStateException("an event came from a queue that is no subscriber's");
        }
        if (arrival.unreadable() != null) {
            return refused(arrival, Optional.empty(), arrival.unreadable(), Stage.OPEN, "the message was not read");
        }
        ContainerVerdict verdict =
                parts.verifier().verify(arrival.octets(), parts.registry().get(), ledger.now());
        if (!(verdict instanceof ContainerVerdict.Genuine genuine)) {
            ContainerVerdict.Refused refused = (ContainerVerdict.Refused) verdict;
            return new EventBody.Refused(arrival, refused.claimed(), refused.fault());
        }
        Header header = genuine.container().header();
        Optional<Header> claimed = Optional.of(header);
        if (!senders.speaksFor(arrival.brokerUser(), header.sender().member())) {
            return refused(
                    arrival,
                    claimed,
                    FaultCode.EXCHANGE_OTHER_SENDER,
                    Stage.VERIFY,
                    "whoever sent the event did not sign it");
        }
        EventSequence event = header.event();
        if (header.kind() != MessageKind.EVENT || event == null) {
            return refused(
                    arrival,
                    claimed,
                    FaultCode.EXCHANGE_UNEXPECTED_KIND,
                    Stage.VERIFY,
                    "a " + header.kind() + " without a number is no event");
        }
        if (!header.consumer().equals(subscriber)) {
            return refused(
                    arrival,
                    claimed,
                    FaultCode.EXCHANGE_WRONG_RECEIVER,
                    Stage.VERIFY,
                    "the event is for " + header.consumer());
        }
        if (header.issued().isAfter(ledger.now().plus(parts.settings().clockSkew()))) {
            return refused(arrival, claimed, FaultCode.EXCHANGE_NOT_YET_VALID, Stage.VERIFY, "issued in the future");
        }
        if (!header.messageId().equals(MessageIds.told(header.provider(), subscriber, event.number()))) {
            return refused(
                    arrival, claimed, FaultCode.EVENT_SEQUENCE, Stage.VERIFY, "the event's id is not its number's");
        }
        return new EventBody.Verified(arrival, genuine.container(), genuine.evidence());
    }

    /** Whether it is the next one, and may be given to anybody. */
    Object order(EventBody.Verified verified) {
        Header header = verified.event().header();
        EventSequence event = header.event();
        if (event == null) {
            throw new IllegalStateException("a verified event has a number");
        }
        Pair pair = new Pair(header.provider(), header.consumer());
        long known = lastReceived(pair);
        return switch (Place.of(event.number(), known)) {
            case KNOWN -> known(verified, pair, event.number());
            case NEXT -> next(verified, pair);
            case BEYOND_GAP -> {
                LOG.info("Event {} of {} came after {}: asking for those between", event.number(), pair, known);
                gap.accept(pair, event.number());
                yield Ended.Done.DONE;
            }
        };
    }

    /** It is there already; unless it says something else under the same number, that is all. */
    private Object known(EventBody.Verified verified, Pair pair, long number) {
        boolean other = reading.received(pair, number)
                .map(StoredMessage::container)
                .flatMap(reading::open)
                .filter(recorded ->
                        !recorded.asInReplyTo().equals(verified.event().asInReplyTo()))
                .isPresent();
        return other
                ? refused(
                        verified.arrival(),
                        Optional.of(verified.event().header()),
                        FaultCode.EVENT_SEQUENCE,
                        Stage.REPLAY,
                        "another event was received under this number")
                : Ended.Done.DONE;
    }

    private EventBody next(EventBody.Verified verified, Pair pair) {
        Header header = verified.event().header();
        Registry registry = parts.registry().get();
        Optional<Service> type = registry.service(header.service()).filter(Service::isEvent);
        // By the time of its issue: it may have waited.
        Optional<Agreement> agreement = type.flatMap(known -> subscriptions.allowing(
                pair.subscriber(),
                known.id(),
                header.purpose(),
                header.legalBasis(),
                header.actor(),
                registry,
                header.issued()));
        if (type.isEmpty() || agreement.isEmpty()) {
            return new EventBody.Next(verified, pair, FaultCode.AGREEMENT_NONE, null);
        }
        if ((type.get().confidential() || agreement.get().confidential()) && !header.isEncrypted()) {
            return new EventBody.Next(verified, pair, FaultCode.ENCRYPTION_REQUIRED, null);
        }
        PayloadContent content =
                payloads.read(verified.event(), pair.subscriber().member());
        if (content instanceof PayloadContent.Refused refused) {
            return new EventBody.Next(verified, pair, refused.fault().code(), null);
        }
        if (!(content instanceof PayloadContent.Record record)
                || !record.namespace().equals(type.get().namespace())) {
            return new EventBody.Next(verified, pair, FaultCode.SCHEMA_INVALID, null);
        }
        return new EventBody.Next(verified, pair, null, EventReading.subject(type.get(), record.root()));
    }

    /** Makes it durable; only then anybody hears of it. */
    Object log(EventBody.Next next) {
        Pair pair = next.pair();
        FaultCode denied = next.denied();
        AppendResult result = ledger.durable(ledger.received(
                pair.subscriber().member(),
                next.verified().event(),
                next.subject(),
                denied,
                next.verified().evidence()));
        if (result instanceof AppendResult.Duplicate duplicate && !duplicate.sameOctets()) {
            last.remove(pair);
            return known(next.verified(), pair, number(next));
        }
        last.merge(pair, number(next), Math::max);
        if (denied != null) {
            LOG.warn("Event {} of {} is given to nobody: {}", number(next), pair, denied.wireCode());
        }
        received.accept(pair);
        return Ended.Done.DONE;
    }

    private static long number(EventBody.Next next) {
        @Nullable EventSequence event = next.verified().event().header().event();
        return event == null ? 0 : event.number();
    }

    /** Logs a refusal; nobody is told, since it is no event of anybody who could be answered. */
    Object refuse(EventBody.Refused refused) {
        Arrival arrival = refused.arrival();
        FaultCode code = refused.fault().code();
        ledger.durable(refused.claimed()
                .map(claimed -> ledger.refused(arrival.member(), claimed, arrival.octets(), code))
                .orElseGet(() -> ledger.refusedUnread(arrival.member(), arrival.octets(), code)));
        LOG.warn("Refused an event for {}: {}", arrival.provider(), refused.fault());
        return Ended.Done.DONE;
    }

    private static EventBody.Refused refused(
            Arrival arrival, Optional<Header> claimed, FaultCode code, Stage stage, String detail) {
        return new EventBody.Refused(
                arrival, claimed, new Fault(code, stage, arrival.member().toString(), detail));
    }
}
