package org.wasl.routes.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.wasl.routes.exchange.ExchangeClient;
import org.wasl.routes.exchange.ExchangeRequest;
import org.wasl.routes.exchange.ExchangeResult;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.TimeOrderedId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.CurrentRegistry;

/**
 * Asks publishers what was missed, by a signed exchange: on a gap, on demand, and every so often. The publisher sends it
 * again; while that has not come, it is asked again.
 */
final class Reconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(2).toNanos();

    private final CurrentRegistry registry;
    private final ExchangeClient exchanges;
    private final PayloadXml payloads;
    private final Subscriptions subscriptions;
    private final EventReceipt receipt;

    /** The highest number that a pair is known to have reached, where that is more than was received. */
    private final Map<Pair, Long> wanted = new ConcurrentHashMap<>();

    private final Map<Pair, Long> askedAt = new ConcurrentHashMap<>();

    Reconciliation(
            CurrentRegistry registry,
            ExchangeClient exchanges,
            PayloadXml payloads,
            Subscriptions subscriptions,
            EventReceipt receipt) {
        this.registry = registry;
        this.exchanges = exchanges;
        this.payloads = payloads;
        this.subscriptions = subscriptions;
        this.receipt = receipt;
    }

    /** An event came beyond a gap. */
    void gap(Pair pair, long number) {
        wanted.merge(pair, number, Math::max);
        askOnce(pair);
    }

    /** Asks again where what is missing has not come. */
    void sweep() {
        List.copyOf(wanted.keySet()).forEach(pair -> {
            long highest = wanted.getOrDefault(pair, 0L);
            if (receipt.lastReceived(pair) >= highest) {
                wanted.remove(pair, highest);
                askedAt.remove(pair);
            } else {
                askOnce(pair);
            }
        });
    }

    /** Not again before what was sent could come. */
    private void askOnce(Pair pair) {
        long now = System.nanoTime();
        Long before = askedAt.get(pair);
        if (before != null && now - before < ASK_AGAIN_NANOS) {
            return;
        }
        askedAt.put(pair, now);
        ask(pair).whenComplete((result, failure) -> {
            if (failure != null) {
                LOG.warn("What {} missed cannot be asked", pair, failure);
            } else if (result instanceof EventNode.Reconciled.Refused refused) {
                LOG.warn("What {} missed was not answered: {}", pair, refused.fault());
            }
        });
    }

    /** Asks the publisher what this subscriber has missed; whatever that is comes again. */
    CompletableFuture<EventNode.Reconciled> ask(Pair pair) {
        ServiceId service = MissedEvents.service(pair.publisher());
        Optional<Agreement> agreement =
                registry.get().agreements(pair.subscriber(), service).stream().findFirst();
        if (agreement.isEmpty() || subscriptions.types(pair).isEmpty()) {
            return CompletableFuture.completedFuture(new EventNode.Reconciled.Refused(new Fault(
                    FaultCode.EVENT_NOT_SUBSCRIBED,
                    Stage.BUILD,
                    pair.subscriber().member().toString(),
                    "no agreement of " + pair.subscriber() + " on events of " + pair.publisher())));
        }
        Map.Entry<String, Set<String>> purpose = new TreeMap<>(agreement.get().purposes()).firstEntry();
        long received = receipt.lastReceived(pair);
        UUID id = TimeOrderedId.next();
        return exchanges
                .submit(new ExchangeRequest(
                        id,
                        id.toString(),
                        pair.subscriber(),
                        service,
                        Map.of(MissedEvents.AFTER, Long.toString(received)),
                        new Actor(ActorKind.SYSTEM, AssuranceLevel.HIGH, "reconciliation", null),
                        null,
                        purpose.getKey(),
                        new TreeSet<>(purpose.getValue()).first(),
                        Publishing.CHANNEL,
                        "ar",
                        Priority.NORMAL,
                        PATIENCE,
                        null))
                .thenApply(result -> reconciled(pair, received, result));
    }

    private EventNode.Reconciled reconciled(Pair pair, long received, ExchangeResult result) {
        if (result instanceof ExchangeResult.Faulted faulted) {
            return new EventNode.Reconciled.Refused(faulted.fault());
        }
        if (!(result instanceof ExchangeResult.Answered answered)
                || !(payloads.read(answered.reply(), pair.subscriber().member())
                        instanceof PayloadContent.Record record)) {
            return new EventNode.Reconciled.Refused(new Fault(
                    FaultCode.SCHEMA_INVALID,
                    Stage.BIND,
                    pair.publisher().member().toString(),
                    "the answer does not say what was missed"));
        }
        long highest = highest(record.root());
        if (highest > received) {
            wanted.merge(pair, highest, Math::max);
            askedAt.put(pair, System.nanoTime());
        } else if (highest < received) {
            LOG.error(
                    "{}: {} events were received, the publisher's log holds {}: it may have been set back",
                    pair,
                    received,
                    highest);
        }
        return new EventNode.Reconciled.Known(
                received, highest, answered.reply().header().messageId());
    }

    private static long highest(Element missed) {
        for (Node node = missed.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && "highest".equals(element.getLocalName())) {
                return Long.parseLong(element.getTextContent().strip());
            }
        }
        return 0;
    }
}
