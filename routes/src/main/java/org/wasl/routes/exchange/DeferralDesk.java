package org.wasl.routes.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.connectors.ConnectorResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.Ledger;
import org.wasl.routes.flow.MessageIds;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;

/**
 * The answers that this node's providers owe: announced for later, and asked for again until they are there or their
 * time is up. What stands here only says when to ask; that there is something to ask stands in the log, from which the
 * table is made again at each start.
 */
final class DeferralDesk implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(DeferralDesk.class);
    private static final int PAGE = 256;
    private static final Duration LEAST_WAIT = Duration.ofMillis(200);

    /** How often it is looked which back-end is to be asked again. */
    static final Duration PERIOD = Duration.ofMillis(500);

    private final Map<UUID, Open> owed = new ConcurrentHashMap<>();
    private final Ledger ledger;
    private final DeferralSettings settings;
    private final Executor executor;
    private final Consumer<Open> ask;
    private final DoubleSupplier chance;

    /**
     * @param executor by which back-ends are asked
     * @param ask asks once, and throws when that could not even be tried
     * @param chance spreads questions in time, from 0 to less than 1
     */
    DeferralDesk(
            Ledger ledger, DeferralSettings settings, Executor executor, Consumer<Open> ask, DoubleSupplier chance) {
        this.chance = chance;
        this.ledger = ledger;
        this.settings = settings;
        this.executor = executor;
        this.ask = ask;
    }

    /** One answer that is owed. */
    static final class Open {

        private static final byte[] NOTHING = {};

        private final SubsystemId provider;
        private final SubsystemId consumer;
        private final UUID requestId;
        private final UUID answerId;
        private final Instant openUntil;
        private final @Nullable String replyNode;
        private Instant next;
        private Duration wait;
        private boolean busy;
        private boolean unsent;

        private Open(Container interim, @Nullable String replyNode, Instant next, Duration wait) {
            Header header = interim.header();
            this.provider = header.provider();
            this.consumer = header.consumer();
            this.requestId = requestIdOf(header);
            this.answerId = answerIdOf(header);
            this.openUntil = header.expires();
            this.replyNode = replyNode;
            this.next = next;
            this.wait = wait;
        }

        SubsystemId provider() {
            return provider;
        }

        SubsystemId consumer() {
            return consumer;
        }

        UUID requestId() {
            return requestId;
        }

        UUID answerId() {
            return answerId;
        }

        Instant openUntil() {
            return openUntil;
        }

        /** Where the answer goes, as if the request had just come. */
        Arrival arrival() {
            return arrival(NOTHING);
        }

        Arrival arrival(byte[] octets) {
            return new Arrival(provider.member(), provider, octets, null, null, replyNode, null);
        }

        private synchronized boolean due(Instant now) {
            boolean due = !busy && (!now.isBefore(next) || !now.isBefore(openUntil));
            busy |= due;
            return due;
        }

        private synchronized void again(Instant now, Duration most, double chance) {
            double jitter = 0.9 + chance * 0.2;
            next = now.plusMillis((long) (wait.toMillis() * jitter));
            Duration doubled = wait.multipliedBy(2);
            wait = doubled.compareTo(most) > 0 ? most : doubled;
        }

        private synchronized Instant next() {
            return next;
        }

        private synchronized void unsent() {
            unsent = true;
        }

        /** Whether the answer is in the log and has not been sent. */
        synchronized boolean isUnsent() {
            return unsent;
        }

        private synchronized void done() {
            busy = false;
        }
    }

    private static UUID requestIdOf(Header interim) {
        return Optional.ofNullable(interim.inReplyTo()).orElseThrow().messageId();
    }

    private static UUID answerIdOf(Header interim) {
        return MessageIds.answer(
                interim.provider(),
                interim.consumer(),
                Optional.ofNullable(interim.inReplyTo()).orElseThrow());
    }

    /** Whether no more answers may be announced for later. */
    boolean full() {
        return owed.size() >= settings.openMax();
    }

    /** The longest that an answer may be announced for. */
    Duration longest() {
        return settings.staysOpenMax();
    }

    /** An answer was announced for later, and that is durable. */
    void opened(Container interim, @Nullable String replyNode, ConnectorResult.Deferred later) {
        Open open = new Open(interim, replyNode, ledger.now(), atLeast(later.askFirst()));
        open.again(ledger.now(), later.askMost(), chance.getAsDouble());
        owed.putIfAbsent(open.answerId(), open);
    }

    /** The back-end was asked again, and has no answer yet. */
    void stillDeferred(UUID answerId, ConnectorResult.Deferred later) {
        Open open = owed.get(answerId);
        if (open != null) {
            open.again(ledger.now(), later.askMost(), chance.getAsDouble());
        }
    }

    /**
     * The answer, or the fault that ends the exchange, is durable.
     *
     * @return whether it had been announced for later
     */
    boolean closed(UUID answerId) {
        return !owed.isEmpty() && owed.remove(answerId) != null;
    }

    /** How many answers are owed. */
    int size() {
        return owed.size();
    }

    /** Asks whatever is due. */
    @Override
    public void run() {
        Instant now = ledger.now();
        owed.values().forEach(open -> {
            if (open.due(now)) {
                try {
                    executor.execute(() -> askAgain(open));
                } catch (RejectedExecutionException e) {
                    // As many wait for a thread as may: its turn comes.
                    open.done();
                }
            }
        });
    }

    private void askAgain(Open open) {
        Instant before = open.next();
        try {
            ask.accept(open);
        } catch (RuntimeException e) { // the log or a key: the next turn finds it mended, or the deadline passes
            LOG.warn("The deferred answer to {} could not be asked for", open.requestId(), e);
            if (owed.putIfAbsent(open.answerId(), open) == null) {
                // It is durable, and the broker did not take it.
                open.unsent();
            }
        } finally {
            if (open.next().equals(before)) {
                open.again(ledger.now(), settings.remindMost(), chance.getAsDouble());
            }
            open.done();
        }
    }

    /**
     * Takes up what the last run owed.
     *
     * @param members for whom this node answers
     * @param othersBusiness services whose answers somebody else owes, such as composite ones
     */
    int recover(MessageLog log, Answers answers, Set<MemberId> members, Predicate<ServiceId> othersBusiness) {
        long from = 0;
        List<StoredMessage> page = log.deferred(Direction.SENT, from, PAGE);
        while (!page.isEmpty()) {
            for (StoredMessage stored : page) {
                from = stored.index() + 1;
                if (members.contains(stored.member()) && !othersBusiness.test(stored.service())) {
                    answers.open(stored)
                            .ifPresentOrElse(
                                    this::recovered,
                                    () -> LOG.warn(
                                            "The deferred answer to {} cannot be taken up: it was erased",
                                            stored.inReplyTo()));
                }
            }
            page = log.deferred(Direction.SENT, from, PAGE);
        }
        return owed.size();
    }

    private void recovered(Container interim) {
        adopted(interim, null);
    }

    /** Takes up one that another run of this node, or another node, had announced. */
    void adopted(Container interim, @Nullable String replyNode) {
        // Spread, so that a back-end is not asked for everything at once.
        long spread = (long) (settings.askAfterStart().toMillis() * chance.getAsDouble());
        Instant next = ledger.now().plusMillis(spread);
        Open open = new Open(interim, replyNode, next, atLeast(settings.askAfterStart()));
        owed.putIfAbsent(open.answerId(), open);
    }

    private static Duration atLeast(Duration wait) {
        return wait.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : wait;
    }
}
