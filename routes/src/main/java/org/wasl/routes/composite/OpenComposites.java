package org.wasl.routes.composite;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.routes.flow.Ledger;

/**
 * The composite requests whose interim answer has been given and whose final one is still to come. When a source's late
 * answer is there, or the deadline is, the request is composed again: what was answered is in the log and is not asked
 * again. The table is made from the log at each start.
 */
final class OpenComposites implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenComposites.class);
    private static final int PAGE = 256;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration UNDO_FIRST = Duration.ofSeconds(1);
    private static final Duration UNDO_MOST = Duration.ofHours(1);
    private static final int MAX_DOUBLINGS = 20;
    private static final Duration RETRY = Duration.ofSeconds(30);

    /** How often it is looked whose time has come. */
    static final Duration PERIOD = Duration.ofMillis(500);

    private final Map<UUID, Open> open = new ConcurrentHashMap<>();
    private final Ledger ledger;
    private final Resumer resumer;

    /** Composes a request again. */
    @FunctionalInterface
    interface Resumer {

        /**
         * Starts it.
         *
         * @param last whether its deadline has passed, so that it has to end
         * @return false when it could not be started now
         */
        boolean resume(UUID trackingId, boolean last);
    }

    private static final class Open {

        private final Instant until;
        private Instant next;
        private boolean running;
        private int undone;

        Open(Instant until, Instant next) {
            this.until = until;
            this.next = next;
        }

        synchronized boolean due(Instant now) {
            if (running || now.isBefore(next)) {
                return false;
            }
            running = true;
            next = until;
            return true;
        }

        /** Something has come: it is composed again at once, or right after the present run. */
        synchronized void at(Instant when) {
            if (when.isBefore(next)) {
                next = when;
            }
        }

        synchronized void ran() {
            running = false;
        }

        /** Something is to be undone still: after a while, each time twice as long. */
        synchronized void again(Instant now) {
            running = false;
            Duration wait = UNDO_FIRST.multipliedBy(1L << Math.min(undone, MAX_DOUBLINGS));
            undone++;
            next = now.plus(wait.compareTo(UNDO_MOST) < 0 ? wait : UNDO_MOST);
        }

        synchronized void failed(Instant again) {
            running = false;
            next = again;
        }
    }

    OpenComposites(Ledger ledger, Resumer resumer) {
        this.ledger = ledger;
        this.resumer = resumer;
    }

    /** The interim answer is durable. */
    void opened(UUID trackingId, Instant until) {
        // Looked at once more soon: an answer may have come while the interim one was being made durable.
        open.putIfAbsent(trackingId, new Open(until, ledger.now().plus(SOON)));
    }

    /** The request has ended. */
    void closed(UUID trackingId) {
        open.remove(trackingId);
    }

    /** A source's late answer is there. */
    void answered(UUID trackingId) {
        Optional.ofNullable(open.get(trackingId)).ifPresent(one -> one.at(ledger.now()));
    }

    /** A run ended without ending the request: sources are still awaited. */
    void stillOpen(UUID trackingId) {
        Optional.ofNullable(open.get(trackingId)).ifPresent(Open::ran);
    }

    /** A run ended, and something is still to be undone. */
    void again(UUID trackingId) {
        Optional.ofNullable(open.get(trackingId)).ifPresent(one -> one.again(ledger.now()));
    }

    /** A run failed before anything was announced, and may have left something to undo: it is tried again. */
    void keep(UUID trackingId, Instant until) {
        open.putIfAbsent(trackingId, new Open(until, ledger.now().plus(RETRY)));
        failed(trackingId);
    }

    /** A run failed: it is tried again. */
    void failed(UUID trackingId) {
        Optional.ofNullable(open.get(trackingId))
                .ifPresent(one -> one.failed(ledger.now().plus(RETRY)));
    }

    int size() {
        return open.size();
    }

    @Override
    public void run() {
        Instant now = ledger.now();
        open.forEach((trackingId, one) -> {
            if (one.due(now) && !resumer.resume(trackingId, !now.isBefore(one.until))) {
                one.failed(now.plus(PERIOD));
            }
        });
    }

    /** Takes up what the last run left open, and composes it again at once: answers may have come meanwhile. */
    int recover(MessageLog log, CompositeTracking tracking) {
        long from = 0;
        Instant now = ledger.now();
        var page = log.deferred(Direction.SENT, from, PAGE);
        while (!page.isEmpty()) {
            for (StoredMessage stored : page) {
                from = stored.index() + 1;
                Instant until = stored.expires();
                UUID request = stored.inReplyTo();
                if (request != null
                        && until != null
                        && tracking.declaration(stored).isPresent()) {
                    open.putIfAbsent(request, new Open(until, now));
                }
            }
            page = log.deferred(Direction.SENT, from, PAGE);
        }
        if (!open.isEmpty()) {
            LOG.info("Composite requests that await late answers: {}", open.size());
        }
        return open.size();
    }
}
