package org.wasl.routes.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.StoredMessage;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.EventSequence;
import org.wasl.security.container.Header;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.registry.CurrentRegistry;

/** What subscribers have received, read from the log by number. */
public final class ReceivedEvents {

    private final CurrentRegistry registry;
    private final EventReading reading;
    private final PayloadXml payloads;
    private final Subscriptions subscriptions;
    private final EventReceipt receipt;
    private final List<BiConsumer<SubsystemId, SubsystemId>> watchers = new CopyOnWriteArrayList<>();

    ReceivedEvents(
            CurrentRegistry registry,
            EventReading reading,
            PayloadXml payloads,
            Subscriptions subscriptions,
            EventReceipt receipt) {
        this.registry = registry;
        this.reading = reading;
        this.payloads = payloads;
        this.subscriptions = subscriptions;
        this.receipt = receipt;
    }

    /**
     * One page of what a subscriber received.
     *
     * @param events the events, in order; one that its own registry did not allow, or that was erased, is not among them
     * @param next the number to go on after
     * @param highest the number of the last event received
     */
    public record Page(List<ReceivedEvent> events, long next, long highest) {

        public Page {
            events = List.copyOf(events);
        }
    }

    /** The publishers to whose events this subsystem has subscribed, in order. */
    public Set<SubsystemId> publishers(SubsystemId subscriber) {
        return new TreeSet<>(subscriptions.publishers(subscriber));
    }

    /** What this subscriber received of this publisher after a number, at most so many numbers further. */
    public Page after(SubsystemId subscriber, SubsystemId publisher, long after, int limit) {
        Pair pair = new Pair(publisher, subscriber);
        long highest = receipt.lastReceived(pair);
        long from = Math.max(0, after);
        long to = Math.min(highest, from + Math.max(0, limit));
        List<ReceivedEvent> events = new ArrayList<>();
        for (long number = from + 1; number <= to; number++) {
            event(pair, number).ifPresent(events::add);
        }
        return new Page(events, Math.max(from, to), highest);
    }

    /** The event of this number; empty when there is none that may be given to anybody. */
    Optional<ReceivedEvent> event(Pair pair, long number) {
        Optional<StoredMessage> stored = reading.received(pair, number).filter(message -> message.faultCode() == null);
        Optional<Container> container = stored.flatMap(reading::open);
        if (container.isEmpty()) {
            return Optional.empty();
        }
        EventSequence sequence = container.get().header().event();
        return sequence != null
                        && payloads.read(container.get(), pair.subscriber().member())
                                instanceof PayloadContent.Record record
                ? Optional.of(new ReceivedEvent(
                        number, container.get(), record, subject(container.get().header(), record)))
                : Optional.empty();
    }

    private @Nullable String subject(Header header, PayloadContent.Record record) {
        return registry.get()
                .service(header.service())
                .map(type -> EventReading.subject(type, record.root()))
                .orElse(null);
    }

    /** Tells this watcher, by subscriber and publisher, whenever something was received. */
    public void watch(BiConsumer<SubsystemId, SubsystemId> watcher) {
        watchers.add(watcher);
    }

    void received(Pair pair) {
        watchers.forEach(watcher -> watcher.accept(pair.subscriber(), pair.publisher()));
    }
}
