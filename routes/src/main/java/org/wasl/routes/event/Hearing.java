package org.wasl.routes.event;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.AnswerSigner;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.deferral.Delivery;
import org.wasl.schemas.fault.FaultCode;

/**
 * Calls listeners, each for one publisher's events in order, until they are done. That one is done is a signed leaf of the
 * subscriber about the event, so a restart goes on behind the last of them.
 */
final class Hearing {

    private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

    /** At the latest so many events that do not concern a listener are noted as done: a restart looks no further back. */
    private static final int NOTED_EVERY = 256;

    private static final int ATTEMPTS_NAMED = 1_000;

    private final EventParts parts;
    private final Ledger ledger;
    private final AnswerSigner signer;
    private final EventReading reading;
    private final Subscriptions subscriptions;
    private final EventReceipt receipt;
    private final ReceivedEvents received;
    private final ScheduledExecutorService executor;
    private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<LaneKey, Lane> lanes = new ConcurrentHashMap<>();

    Hearing(
            EventParts parts,
            Ledger ledger,
            AnswerSigner signer,
            EventReading reading,
            Subscriptions subscriptions,
            EventReceipt receipt,
            ReceivedEvents received,
            ScheduledExecutorService executor) {
        this.parts = parts;
        this.ledger = ledger;
        this.signer = signer;
        this.reading = reading;
        this.subscriptions = subscriptions;
        this.receipt = receipt;
        this.received = received;
        this.executor = executor;
    }

    private record LaneKey(String listener, Pair pair) {}

    void add(EventListener listener) {
        if (listeners.stream().anyMatch(other -> other.name().equals(listener.name()))) {
            throw new IllegalArgumentException("two event listeners are named " + listener.name());
        }
        listeners.add(listener);
    }

    /** Something was received. */
    void received(Pair pair) {
        for (EventListener listener : listeners) {
            if (concerns(listener, pair)) {
                lanes.computeIfAbsent(new LaneKey(listener.name(), pair), key -> new Lane(listener, pair))
                        .wake();
            }
        }
    }

    private boolean concerns(EventListener listener, Pair pair) {
        return subscriptions.types(pair).stream().anyMatch(type -> listener.wants(pair.subscriber(), type));
    }

    /** Takes up what the last run left. */
    void recover() {
        for (var subscriber : subscriptions.subscribers()) {
            if (parts.keys().members().contains(subscriber.member())) {
                subscriptions.publishers(subscriber).forEach(publisher -> received(new Pair(publisher, subscriber)));
            }
        }
    }

    /** One listener's way through one publisher's events. */
    private final class Lane implements Runnable {

        private final EventListener listener;
        private final Pair pair;
        private boolean running;
        private boolean again;
        private long done = -1;
        private int attempts;

        Lane(EventListener listener, Pair pair) {
            this.listener = listener;
            this.pair = pair;
        }

        synchronized void wake() {
            if (running) {
                again = true;
                return;
            }
            running = true;
            schedule(Duration.ZERO);
        }

        private void schedule(Duration wait) {
            try {
                executor.schedule(this, wait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The node is stopping: the next start finds it in the log.
                LOG.debug("{} is not called any more", listener.name());
            }
        }

        @Override
        public void run() {
            Duration wait = Duration.ZERO;
            boolean finished = false;
            try {
                finished = goOn();
                if (!finished) {
                    wait = pause();
                }
            } catch (RuntimeException e) { // the log or a bug in the listener: it is its turn again
                LOG.warn("{} failed at event {} of {}", listener.name(), done + 1, pair, e);
                attempts++;
                wait = pause();
            }
            synchronized (this) {
                if (finished && !again) {
                    running = false;
                    return;
                }
                again = false;
            }
            schedule(wait);
        }

        private Duration pause() {
            long doubled = parts.settings().retryFirst().toMillis() << Math.min(Math.max(0, attempts - 1), 20);
            return Duration.ofMillis(Math.min(parts.settings().retryMost().toMillis(), Math.max(1, doubled)));
        }

        /** Whether all that was received is done. */
        private boolean goOn() {
            if (done < 0) {
                done = lastDone();
            }
            while (done < receipt.lastReceived(pair)) {
                long number = done + 1;
                Optional<ReceivedEvent> event =
                        received.event(pair, number).filter(heard -> listener.wants(pair.subscriber(), heard.type()));
                if (event.isPresent()) {
                    attempts++;
                    EventListener.Outcome outcome = listener.hear(event.get());
                    if (outcome == EventListener.Outcome.AGAIN) {
                        return false;
                    }
                    note(event.get(), outcome == EventListener.Outcome.DONE);
                } else if (number % NOTED_EVERY == 0) {
                    received.event(pair, number).ifPresent(skipped -> note(skipped, true));
                }
                attempts = 0;
                done = number;
            }
            return true;
        }

        private void note(ReceivedEvent event, boolean heard) {
            Delivery delivery = new Delivery(listener.name(), heard, Math.max(1, Math.min(attempts, ATTEMPTS_NAMED)));
            if (!heard) {
                LOG.warn("{} gave up on event {} of {}", listener.name(), event.sequence(), pair);
            }
            ledger.durable(ledger.sent(
                    pair.subscriber().member(),
                    signer.delivery(event.container(), delivery, MessageIds.heard(event.id(), listener.name())),
                    null,
                    heard ? null : FaultCode.EVENT_REFUSED));
        }

        private long lastDone() {
            long number = receipt.lastReceived(pair);
            while (number > 0 && !isDone(number)) {
                number--;
            }
            return number;
        }

        private boolean isDone(long number) {
            return reading.received(pair, number)
                    .map(StoredMessage::messageId)
                    .flatMap(id -> ledger.find(
                            pair.subscriber().member(),
                            Direction.SENT,
                            pair.subscriber(),
                            MessageIds.heard(id, listener.name())))
                    .isPresent();
        }
    }
}
