package org.wasl.routes.event;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.deferral.Delivery;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.container.Container;
import org.wasl.security.container.EventSequence;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.RegistryReference;
import org.wasl.security.container.Sealing;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryValidity;
import org.wasl.security.registry.Service;
import org.wasl.security.release.Cut;
import org.wasl.security.release.FieldRelease;

/**
 * Tells each published event to all who may hear of it, each under a number of its own. One thread runs it: a number is
 * given by being in the log, and the next one only then. What it does next is read from the log, so it may stop anywhere.
 */
final class FanOut {

    private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);
    private static final int PAGE = 64;
    private static final String DISPATCH = "subscribers";
    private static final byte[] NOTHING = {};

    private final EventParts parts;
    private final Ledger ledger;
    private final AnswerSigner signer;
    private final EventReading reading;
    private final PayloadXml payloads;
    private final Subscriptions subscriptions;
    private final Courier courier;

    /** Up to which leaf all events of a publisher were told. */
    private final Map<SubsystemId, Long> toldUpTo = new ConcurrentHashMap<>();

    private final Map<Pair, Last> last = new ConcurrentHashMap<>();

    /** The first number that the broker has not taken. */
    private final Map<Pair, Long> unsent = new ConcurrentHashMap<>();

    FanOut(
            EventParts parts,
            Ledger ledger,
            AnswerSigner signer,
            EventReading reading,
            PayloadXml payloads,
            Subscriptions subscriptions,
            Courier courier) {
        this.parts = parts;
        this.ledger = ledger;
        this.signer = signer;
        this.reading = reading;
        this.payloads = payloads;
        this.subscriptions = subscriptions;
        this.courier = courier;
    }

    /**
     * The last event that was told.
     *
     * @param number its number; 0 when none was
     * @param source the message by which it was published; null when it was erased since, or none was told
     */
    private record Last(long number, @Nullable UUID source) {}

    /** Where a published event stands. */
    private record Waiting(long index, UUID id) {}

    /** Tells what waits of this publisher; false when it must be tried again. */
    boolean run(SubsystemId publisher) throws InterruptedException {
        Deque<Waiting> waiting = waiting(publisher);
        while (!waiting.isEmpty()) {
            Waiting next = waiting.removeLast();
            if (!tell(publisher, next)) {
                return false;
            }
            toldUpTo.put(publisher, next.index());
        }
        return true;
    }

    /** What was published and not told yet, newest first. */
    private Deque<Waiting> waiting(SubsystemId publisher) {
        Deque<Waiting> waiting = new ArrayDeque<>();
        long upTo = toldUpTo.getOrDefault(publisher, -1L);
        long before = Long.MAX_VALUE;
        while (true) {
            List<StoredMessage> page =
                    parts.log().events(publisher.member(), Direction.SENT, publisher, publisher, before, PAGE);
            for (StoredMessage source : page) {
                if (source.index() <= upTo || dispatched(publisher, source.messageId())) {
                    return waiting;
                }
                waiting.add(new Waiting(source.index(), source.messageId()));
                before = source.index();
            }
            if (page.size() < PAGE) {
                return waiting;
            }
        }
    }

    private boolean dispatched(SubsystemId publisher, UUID id) {
        return ledger.find(publisher.member(), Direction.SENT, publisher, MessageIds.dispatched(id))
                .isPresent();
    }

    private boolean tell(SubsystemId publisher, Waiting next) throws InterruptedException {
        Registry registry = parts.registry().get();
        Instant now = ledger.now();
        if (RegistryValidity.refusal(registry, now, Stage.AUTHORIZE).isPresent()
                || parts.gate().closed().isPresent()) {
            return false;
        }
        Optional<Container> source = ledger.find(publisher.member(), Direction.SENT, publisher, next.id())
                .flatMap(reading::open);
        if (source.isEmpty()) {
            LOG.warn("Event {} cannot be told: it was erased", next.id());
            return true;
        }
        Header header = source.get().header();
        PayloadContent content = payloads.read(source.get(), publisher.member());
        Optional<Service> type = registry.service(header.service()).filter(Service::isEvent);
        int told = 0;
        if (type.isPresent() && content instanceof PayloadContent.Record record) {
            for (SubsystemId subscriber : subscriptions.subscribers(header.service())) {
                Pair pair = new Pair(publisher, subscriber);
                Last known = last(pair);
                if (header.messageId().equals(known.source())) {
                    told++;
                    continue;
                }
                Telling telling = new Telling(pair, known.number() + 1, header, record, type.get(), registry, now);
                switch (tell(telling)) {
                    case TOLD -> told++;
                    case NOT_ENTITLED -> {}
                    case AGAIN -> {
                        return false;
                    }
                }
            }
        } else {
            LOG.warn("Event {} is told to nobody: its type or its record is not what it was", next.id());
        }
        await(ledger.sent(
                publisher.member(),
                signer.delivery(
                        source.get(),
                        new Delivery(DISPATCH, true, Math.max(1, Math.min(told, 1_000))),
                        MessageIds.dispatched(next.id())),
                null,
                null));
        return true;
    }

    /** One event on its way to one subscriber. */
    private record Telling(
            Pair pair,
            long number,
            Header source,
            PayloadContent.Record record,
            Service type,
            Registry registry,
            Instant now) {}

    private enum Outcome {
        TOLD,
        NOT_ENTITLED,
        AGAIN
    }

    private Outcome tell(Telling telling) throws InterruptedException {
        SubsystemId publisher = telling.pair().publisher();
        Optional<Subscriptions.Entitlement> entitlement = subscriptions.entitled(
                telling.pair().subscriber(),
                telling.type().id(),
                actor(telling.source()),
                telling.registry(),
                telling.source().issued(),
                telling.now());
        if (entitlement.isEmpty()) {
            return Outcome.NOT_ENTITLED;
        }
        Cut cut = FieldRelease.cut(
                telling.record().octets(), entitlement.get().agreement().released());
        if (!(cut instanceof Cut.Released released)) {
            return unable(telling, ((Cut.Refused) cut).fault().code());
        }
        SchemaVerdict verdict = parts.schemas()
                .validate(
                        released.record(),
                        telling.type().namespace(),
                        telling.type().schemaVersion());
        if (!(verdict instanceof SchemaVerdict.Valid)) {
            return unable(telling, FaultCode.RECORD_INVALID);
        }
        Header header = header(telling, entitlement.get());
        byte[] payload = PayloadXml.record(
                released.record(), telling.record().asOf(), telling.record().coverage());
        if (telling.type().confidential() || entitlement.get().agreement().confidential()) {
            Sealing sealing = parts.sealer().seal(header, payload, telling.registry(), telling.now());
            if (sealing instanceof Sealing.Refused refused) {
                return unable(telling, refused.fault().code());
            }
            header = ((Sealing.Sealed) sealing).header();
            payload = ((Sealing.Sealed) sealing).payload();
        }
        Container event = signer.sign(new AnswerSigner.Draft(header, payload));
        String subject = EventReading.subject(telling.type(), telling.record().root());
        if (await(ledger.sent(publisher.member(), event, subject, null)) instanceof AppendResult.Duplicate) {
            // The number was given: what is remembered of the log is wrong, so it is read again.
            last.remove(telling.pair());
            return Outcome.AGAIN;
        }
        last.put(telling.pair(), new Last(telling.number(), telling.source().messageId()));
        send(telling.pair(), telling.number(), event);
        return Outcome.TOLD;
    }

    /** The event cannot be told to this subscriber as the registry has it; that is in the log, and the others are told. */
    private Outcome unable(Telling telling, FaultCode why) throws InterruptedException {
        LOG.warn("Event {} cannot be told to {}: {}", telling.source().messageId(), telling.pair(), why.wireCode());
        await(ledger.refused(telling.pair().publisher().member(), telling.source(), NOTHING, why));
        return Outcome.NOT_ENTITLED;
    }

    private Header header(Telling telling, Subscriptions.Entitlement entitlement) {
        Header source = telling.source();
        Pair pair = telling.pair();
        return new Header(
                MessageIds.told(pair.publisher(), pair.subscriber(), telling.number()),
                source.correlationId(),
                MessageKind.EVENT,
                pair.publisher(),
                pair.subscriber(),
                pair.publisher(),
                source.service(),
                telling.type().schemaVersion(),
                Publishing.XML,
                null,
                actor(source),
                null,
                null,
                entitlement.purpose(),
                entitlement.legalBasis(),
                Publishing.CHANNEL,
                source.locale(),
                source.priority(),
                telling.now(),
                telling.now().plus(parts.settings().life()),
                null,
                RegistryReference.to(telling.registry(), telling.now()).orElse(null),
                null,
                new EventSequence(telling.number(), source.messageId()));
    }

    /** It is the publisher's system that tells, whoever of its officers published. */
    private static Actor actor(Header source) {
        return new Actor(
                ActorKind.SYSTEM, source.actor().assurance(), source.actor().id(), null);
    }

    private Last last(Pair pair) {
        return last.computeIfAbsent(pair, p -> {
            long number = Series.last(n -> reading.told(p, n).isPresent());
            UUID source = reading.told(p, number)
                    .flatMap(reading::open)
                    .map(container -> container.header().event())
                    .map(EventSequence::source)
                    .orElse(null);
            return new Last(number, source);
        });
    }

    /** The number of the last event that was told; 0 when none was. */
    long lastTold(Pair pair) {
        return last(pair).number();
    }

    private void send(Pair pair, long number, Container event) {
        // Those before it go first.
        if (unsent.containsKey(pair) || !courier.send(event)) {
            unsent.putIfAbsent(pair, number);
        }
    }

    /** Sends again what the broker did not take. */
    void sendAgain() {
        List.copyOf(unsent.keySet()).forEach(pair -> {
            long last = lastTold(pair);
            long reached = courier.sendAgain(pair, unsent.getOrDefault(pair, last + 1), last);
            if (reached > last) {
                unsent.remove(pair);
            } else {
                unsent.put(pair, reached);
            }
        });
    }

    /** Sends these events of the log again. */
    void resend(Pair pair, long from, long to) {
        long reached = courier.sendAgain(pair, from, Math.min(to, lastTold(pair)));
        if (reached <= Math.min(to, lastTold(pair))) {
            unsent.merge(pair, reached, Math::min);
        }
    }

    /** Sends the last event of each of this publisher's subscribers again: a crash may have come before its sending. */
    void sendLast(SubsystemId publisher, Set<SubsystemId> subscribers) {
        for (SubsystemId subscriber : subscribers) {
            Pair pair = new Pair(publisher, subscriber);
            long number = lastTold(pair);
            if (number > 0) {
                resend(pair, number, number);
            }
        }
    }

    /** Waits as long as the log takes: before that, nobody knows whether the number is given. */
    private static AppendResult await(CompletableFuture<AppendResult> append) throws InterruptedException {
        try {
            return append.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LogUnavailableException unavailable) {
                throw unavailable;
            }
            throw new LogUnavailableException("the entry was not written", e);
        }
    }
}
