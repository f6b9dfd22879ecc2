package org.wasl.routes.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.Ledger;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.fault.Stage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.container.Container;
import org.wasl.security.container.MessageKind;

/**
 * The answers that were announced for later to this node's requesters. Each request is sent again now and then, the same
 * octets: its provider then says again what it said, or gives the answer that was lost on its way. What has no answer by
 * its deadline and a grace ends in a fault that the requester signs itself. The table is made from the log at each start.
 */
final class AwaitedAnswers implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitedAnswers.class);
    private static final int PAGE = 256;

    /** How often it is looked whose time has come. */
    static final Duration PERIOD = Duration.ofMillis(500);

    private final Map<FlightKey, Awaited> awaited = new ConcurrentHashMap<>();
    private final List<LateAnswerListener> listeners = new CopyOnWriteArrayList<>();
    private final Ledger ledger;
    private final Answers answers;
    private final LocalFaults localFaults;
    private final Flights flights;
    private final DeferralSettings settings;
    private final Executor executor;
    private final Consumer<Submission.Logged> send;

    /**
     * @param executor by which requests are sent again and ended
     * @param send sends a durable message again
     */
    AwaitedAnswers(
            Ledger ledger,
            Answers answers,
            LocalFaults localFaults,
            Flights flights,
            DeferralSettings settings,
            Executor executor,
            Consumer<Submission.Logged> send) {
        this.ledger = ledger;
        this.answers = answers;
        this.localFaults = localFaults;
        this.flights = flights;
        this.settings = settings;
        this.executor = executor;
        this.send = send;
    }

    private static final class Awaited {

        private final FlightKey key;
        private final Instant openUntil;
        private Instant next;
        private Duration wait;
        private boolean busy;

        Awaited(FlightKey key, Instant openUntil, Instant next, Duration wait) {
            this.key = key;
            this.openUntil = openUntil;
            this.next = next;
            this.wait = wait;
        }

        /** At the deadline it is asked once more at least, whatever the back-off says. */
        synchronized boolean due(Instant now, Duration most) {
            if (busy || now.isBefore(next)) {
                return false;
            }
            busy = true;
            next = now.plus(wait);
            if (now.isBefore(openUntil) && next.isAfter(openUntil)) {
                next = openUntil;
            }
            Duration doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(most) > 0 ? most : doubled;
            return true;
        }

        synchronized void soon(Instant now) {
            next = now;
        }

        synchronized void done() {
            busy = false;
        }
    }

    /** Tells this listener of every end from now on. */
    void listen(LateAnswerListener listener) {
        listeners.add(listener);
    }

    /** Whether as many are awaited as may be. */
    boolean full() {
        return awaited.size() >= settings.openMax();
    }

    /** An announcement is durable. */
    void opened(FlightKey key, Instant openUntil) {
        awaited.putIfAbsent(
                key, new Awaited(key, openUntil, ledger.now().plus(settings.remindFirst()), settings.remindFirst()));
    }

    /** Whether an answer was announced to this request and has not come. */
    boolean awaits(FlightKey key) {
        return awaited.containsKey(key);
    }

    /** Asks at once what has become of it, such as after a connection failed or after a cancellation. */
    void soon(FlightKey key) {
        Awaited one = awaited.get(key);
        if (one != null) {
            one.soon(ledger.now());
        }
    }

    /** The end is durable; whoever listens is told, once. */
    void closed(FlightKey key, Container request) {
        if (awaited.remove(key) != null) {
            tell(key, request);
        }
    }

    private void tell(FlightKey key, Container request) {
        Optional<ExchangeResult> result = ledger.consumerAnswer(key.consumer(), key.messageId())
                .map(recorded -> answers.result(request, recorded));
        result.ifPresent(end -> listeners.forEach(listener -> listener.ended(request, end)));
    }

    int size() {
        return awaited.size();
    }

    /** Sends again, or ends, whatever is due. */
    @Override
    public void run() {
        Instant now = ledger.now();
        awaited.values().forEach(one -> {
            boolean over = !now.isBefore(one.openUntil.plus(settings.grace()));
            if (over) {
                one.soon(now);
            }
            if (one.due(now, settings.remindMost())) {
                try {
                    executor.execute(() -> turn(one, over));
                } catch (RejectedExecutionException e) {
                    // No thread is free, or the node stops: the next turn, or the next start, does it.
                    one.done();
                }
            }
        });
    }

    private void turn(Awaited one, boolean over) {
        try {
            Optional<Container> request = ledger.find(
                            one.key.consumer().member(), Direction.SENT, one.key.consumer(), one.key.messageId())
                    .flatMap(answers::open);
            if (request.isEmpty()) {
                LOG.warn("Request {} is awaited and was erased", one.key);
                awaited.remove(one.key);
            } else if (ledger.consumerAnswer(one.key.consumer(), one.key.messageId())
                    .isPresent()) {
                closed(one.key, request.get());
            } else if (over) {
                end(one.key, request.get());
            } else {
                remind(one.key, request.get());
            }
        } catch (RuntimeException e) { // the log or a key: the next turn finds it mended
            LOG.warn("Request {} could not be taken further", one.key, e);
        } finally {
            one.done();
        }
    }

    private void end(FlightKey key, Container request) {
        Optional<Flight> flight = flights.find(key);
        if (flight.isPresent()) {
            localFaults.timedOut(flight.get());
            return;
        }
        Flight nobodys = new Flight(key, null);
        ledger.durable(localFaults.record(
                request,
                LocalFaults.fault(
                        nobodys,
                        FaultCode.EXCHANGE_TIMED_OUT,
                        Stage.TRANSPORT,
                        "the announced answer did not come by its deadline")));
        closed(key, request);
    }

    /** The request itself, or, where it was cancelled, the cancellation. */
    private void remind(FlightKey key, Container request) {
        Flight nobodys = new Flight(key, null);
        nobodys.accepted(request);
        Container message = ledger.about(
                        key.consumer().member(), Direction.SENT, MessageKind.CANCELLATION, key.messageId())
                .flatMap(answers::open)
                .orElse(request);
        send.accept(new Submission.Logged(nobodys, message, settings.remindFirst()));
    }

    /**
     * Takes up what the last run awaited, and asks at once what has become of it.
     *
     * @param members for whom this node asks
     */
    int recover(MessageLog log, Set<MemberId> members) {
        long from = 0;
        Instant now = ledger.now();
        List<StoredMessage> page = log.deferred(Direction.RECEIVED, from, PAGE);
        while (!page.isEmpty()) {
            for (StoredMessage stored : page) {
                from = stored.index() + 1;
                Instant openUntil = stored.expires();
                if (stored.inReplyTo() != null && openUntil != null && members.contains(stored.member())) {
                    FlightKey key = new FlightKey(stored.consumer(), stored.inReplyTo());
                    awaited.putIfAbsent(key, new Awaited(key, openUntil, now, settings.remindFirst()));
                }
            }
            page = log.deferred(Direction.RECEIVED, from, PAGE);
        }
        return awaited.size();
    }
}
