package org.wasl.routes.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.broker.Queues;
import org.wasl.routes.exchange.ArrivalReader;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.policy.EventPolicy;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.PayloadOpener;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.Service;

/**
 * The events of one node, both sides. Order of use: add to the context after the exchange, add listeners, start the
 * context, {@link #recover}; to stop, stop the context, then {@link #close}.
 */
public final class EventNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventNode.class);
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final int HEARING_THREADS = 4;
    private static final long STOP_SECONDS = 5;

    private final EventParts parts;
    private final ScheduledThreadPoolExecutor dispatcher;
    private final ScheduledThreadPoolExecutor hearers;
    private final Subscriptions subscriptions;
    private final Publishing publishing;
    private final FanOut fanOut;
    private final EventReceipt receipt;
    private final ReceivedEvents received;
    private final Hearing hearing;
    private final Reconciliation reconciliation;

    /** Publishers of whom something waits to be told. */
    private final Set<SubsystemId> waiting = ConcurrentHashMap.newKeySet();

    private EventNode(CamelContext context, EventParts parts) throws Exception {
        this.parts = parts;
        EventSettings settings = parts.settings();
        this.dispatcher = scheduler("event-dispatch", 1);
        this.hearers = scheduler("event-hearing", HEARING_THREADS);
        Ledger ledger = new Ledger(parts.log(), parts.clock(), settings.logTimeout());
        PayloadXml payloads = new PayloadXml(parts.schemas(), new PayloadOpener(parts.keys()));
        AnswerSigner signer =
                new AnswerSigner(parts.registry(), parts.keys(), parts.signer(), ledger, settings.clockSkew());
        EventReading reading = new EventReading(ledger, parts.verifier());
        this.subscriptions = new Subscriptions(parts.registry(), parts.policy());
        this.receipt =
                new EventReceipt(parts, ledger, reading, payloads, subscriptions, this::wasReceived, this::beyondGap);
        this.received = new ReceivedEvents(parts.registry(), reading, payloads, subscriptions, receipt);
        this.hearing = new Hearing(parts, ledger, signer, reading, subscriptions, receipt, received, hearers);
        this.reconciliation =
                new Reconciliation(parts.registry(), parts.exchange().client(), payloads, subscriptions, receipt);

        context.addRoutes(new EventPolicy());
        context.addRoutes(new SendEventRoute(parts.exchange().eventSender()));
        List<ReceiveEventRoute.Intake> intakes = intakes();
        context.addRoutes(new ReceiveEventRoute(intakes, new ArrivalReader(settings.maxContainerBytes()), receipt));
        intakes.forEach(intake -> parts.exchange().haltsToo(intake.routeId()));
        Courier courier = new Courier(context.getEndpoint(SendEventRoute.SEND), reading, settings.life());
        this.fanOut = new FanOut(parts, ledger, signer, reading, payloads, subscriptions, courier);
        this.publishing = new Publishing(parts, ledger, signer, reading, payloads, this::wasPublished);
        parts.missed().answerBy(new Telling(reading));
    }

    /**
     * Adds the routes of events to a context that is not started yet, and that has the exchange's.
     *
     * @throws IllegalStateException when Camel refuses them
     */
    public static EventNode addTo(CamelContext context, EventParts parts) {
        try {
            return new EventNode(context, parts);
        } catch (Exception e) { // Camel declares nothing narrower
            throw new IllegalStateException("the routes of events cannot be added", e);
        }
    }

    /** What came of asking a publisher what was missed. */
    public sealed interface Reconciled {

        /**
         * The publisher's word.
         *
         * @param received the number of the last event that had been received
         * @param highest the number of the last event that the publisher's log holds; what lies between comes again
         * @param replyId the id of the publisher's signed reply
         */
        record Known(long received, long highest, UUID replyId) implements Reconciled {}

        /** There is none, and why. */
        record Refused(Fault fault) implements Reconciled {}
    }

    /** The way in for publishers. */
    public EventPublisher publisher() {
        return publishing;
    }

    /** What our subscribers have received. */
    public ReceivedEvents received() {
        return received;
    }

    /** Adds what acts on received events; before {@link #recover}. */
    public void listen(EventListener listener) {
        hearing.add(listener);
    }

    /** Asks this publisher what this subscriber has missed; what that is comes again by itself. */
    public CompletableFuture<Reconciled> missed(SubsystemId subscriber, SubsystemId publisher) {
        return reconciliation.ask(new Pair(publisher, subscriber));
    }

    /**
     * How far events have come between two subsystems.
     *
     * @param told the number of the last one that was told; empty when another node publishes
     * @param received the number of the last one that was received; empty when another node receives
     */
    public record Position(SubsystemId publisher, SubsystemId subscriber, OptionalLong told, OptionalLong received) {}

    /** How far events have come, as far as this node knows, in order. */
    public List<Position> positions() {
        List<Position> positions = new ArrayList<>();
        for (SubsystemId subscriber : new TreeSet<>(subscriptions.subscribers())) {
            for (SubsystemId publisher : new TreeSet<>(subscriptions.publishers(subscriber))) {
                Pair pair = new Pair(publisher, subscriber);
                OptionalLong told = isOurs(publisher) ? OptionalLong.of(fanOut.lastTold(pair)) : OptionalLong.empty();
                OptionalLong last =
                        isOurs(subscriber) ? OptionalLong.of(receipt.lastReceived(pair)) : OptionalLong.empty();
                if (told.isPresent() || last.isPresent()) {
                    positions.add(new Position(publisher, subscriber, told, last));
                }
            }
        }
        return positions;
    }

    /**
     * Sends events of a publisher of ours again, at most as many as a replay has.
     *
     * @return how many; empty when this node publishes nothing for this subscriber
     */
    public OptionalLong replay(SubsystemId publisher, SubsystemId subscriber, long from) {
        if (!isOurs(publisher) || !subscriptions.publishers(subscriber).contains(publisher)) {
            return OptionalLong.empty();
        }
        Pair pair = new Pair(publisher, subscriber);
        long to = Math.min(fanOut.lastTold(pair), from + parts.settings().replayMax() - 1);
        inOrder(() -> fanOut.resend(pair, from, to));
        return OptionalLong.of(Math.max(0, to - from + 1));
    }

    private boolean isOurs(SubsystemId subsystem) {
        return parts.keys().members().contains(subsystem.member());
    }

    /** Takes up what the last run left untold and unheard; call once, after the context was started. */
    public void recover() {
        for (SubsystemId publisher : ownPublishers()) {
            waiting.add(publisher);
            inOrder(() -> fanOut.sendLast(publisher, subscribersOf(publisher)));
        }
        hearing.recover();
        dispatcher.scheduleWithFixedDelay(this::look, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        hearers.scheduleWithFixedDelay(this::sweep, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        long every = parts.settings().reconcileEvery().toMillis();
        hearers.scheduleWithFixedDelay(this::reconcile, every, every, TimeUnit.MILLISECONDS);
    }

    private Set<SubsystemId> ownPublishers() {
        Set<SubsystemId> publishers = new HashSet<>();
        Registry registry = parts.registry().get();
        for (Member member : registry.members()) {
            if (parts.keys().members().contains(member.id())) {
                member.subsystems().stream()
                        .filter(subsystem -> subsystem.services().stream().anyMatch(Service::isEvent))
                        .forEach(subsystem -> publishers.add(subsystem.id()));
            }
        }
        return publishers;
    }

    private Set<SubsystemId> subscribersOf(SubsystemId publisher) {
        Set<SubsystemId> found = new HashSet<>();
        for (SubsystemId subscriber : subscriptions.subscribers()) {
            if (subscriptions.publishers(subscriber).contains(publisher)) {
                found.add(subscriber);
            }
        }
        return found;
    }

    private void wasPublished(SubsystemId publisher) {
        waiting.add(publisher);
        inOrder(this::look);
    }

    /** Tells what waits; by the one thread that numbers. */
    private void look() {
        for (SubsystemId publisher : List.copyOf(waiting)) {
            waiting.remove(publisher);
            try {
                if (!fanOut.run(publisher)) {
                    waiting.add(publisher);
                }
            } catch (RuntimeException e) { // the log or a key: the next turn finds it mended
                LOG.warn("Events of {} could not be told", publisher, e);
                waiting.add(publisher);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        try {
            fanOut.sendAgain();
        } catch (RuntimeException e) { // the log: the next turn finds it mended
            LOG.warn("Events could not be sent again", e);
        }
    }

    private void wasReceived(Pair pair) {
        received.received(pair);
        hearing.received(pair);
    }

    private void beyondGap(Pair pair, long number) {
        try {
            hearers.execute(() -> reconciliation.gap(pair, number));
        } catch (RejectedExecutionException e) {
            LOG.debug("{} is not asked any more", pair);
        }
    }

    private void sweep() {
        try {
            reconciliation.sweep();
        } catch (RuntimeException e) { // the log: the next turn finds it mended
            LOG.warn("What was missed could not be looked at", e);
        }
    }

    private void reconcile() {
        for (SubsystemId subscriber : subscriptions.subscribers()) {
            if (parts.keys().members().contains(subscriber.member())) {
                for (SubsystemId publisher : subscriptions.publishers(subscriber)) {
                    reconciliation
                            .ask(new Pair(publisher, subscriber))
                            .whenComplete((result, failure) -> LOG.debug("Reconciled: {}", result, failure));
                }
            }
        }
    }

    private void inOrder(Runnable task) {
        try {
            dispatcher.execute(task);
        } catch (RejectedExecutionException e) {
            // The node is stopping: the next start finds it in the log.
            LOG.debug("Events are not told any more");
        }
    }

    private List<ReceiveEventRoute.Intake> intakes() {
        List<ReceiveEventRoute.Intake> intakes = new ArrayList<>();
        Registry registry = parts.registry().get();
        for (SubsystemId subscriber : subscriptions.subscribers()) {
            boolean here = parts.keys().members().contains(subscriber.member())
                    && registry.member(subscriber.member())
                            .map(Member::nodes)
                            .filter(nodes -> !nodes.isEmpty()
                                    && nodes.get(0).equals(parts.settings().nodeId()))
                            .isPresent();
            if (here) {
                intakes.add(new ReceiveEventRoute.Intake(
                        subscriber, parts.exchange().eventIntake(Queues.event(subscriber))));
            }
        }
        return intakes;
    }

    /** The publisher's side, for those who ask what they have missed. */
    private final class Telling implements MissedEvents.Teller {

        private final EventReading reading;

        Telling(EventReading reading) {
            this.reading = reading;
        }

        @Override
        public long lastTold(Pair pair) {
            return fanOut.lastTold(pair);
        }

        @Override
        public Optional<StoredMessage> told(Pair pair, long number) {
            return reading.told(pair, number);
        }

        @Override
        public Optional<Container> open(StoredMessage stored) {
            return reading.open(stored);
        }

        @Override
        public int replayMax() {
            return parts.settings().replayMax();
        }

        @Override
        public void replay(Pair pair, long from, long to) {
            inOrder(() -> fanOut.resend(pair, from, to));
        }
    }

    /** The types that this subscriber has agreements on, of one publisher. */
    public Set<ServiceId> types(SubsystemId subscriber, SubsystemId publisher) {
        return subscriptions.types(new Pair(publisher, subscriber));
    }

    @Override
    public void close() {
        dispatcher.shutdown();
        hearers.shutdown();
        try {
            if (!dispatcher.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)
                    || !hearers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                dispatcher.shutdownNow();
                hearers.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            dispatcher.shutdownNow();
            hearers.shutdownNow();
        }
    }

    private static ScheduledThreadPoolExecutor scheduler(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(threads, factory);
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        return executor;
    }
}
