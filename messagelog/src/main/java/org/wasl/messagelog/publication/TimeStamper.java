package org.wasl.messagelog.publication;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.RecordedCheckpoint;
import org.wasl.messagelog.store.TreeHead;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.registry.EvidencePolicy.TimeStamping;
import org.wasl.security.timestamp.TimeStampOutcome;

/**
 * Has a log's checkpoints time-stamped by the authority that the registry names. While the authority is away only the
 * wish waits: one time-stamp of the newest checkpoint covers all before it. Past the registry's windows somebody is told,
 * and then nothing is disclosed. The authority's time is also what this node's clock is held to. Waits are measured by a
 * clock that nobody can set; the gate closes in its time whether this thread lives or not.
 */
public final class TimeStamper implements EvidenceGate, AutoCloseable {

    /** Marks the log events of a log that lacks its time-stamps, for whoever watches the node's log. */
    public static final Marker NOT_TIME_STAMPED = MarkerFactory.getMarker("wasl.log.not-time-stamped");

    /** Marks the log events of a clock that is wrong. */
    public static final Marker CLOCK_SKEWED = MarkerFactory.getMarker("wasl.clock.skewed");

    /** By how much this node's clock and the authority's may differ. */
    public static final Duration TOLERANCE = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(TimeStamper.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final Supplier<TreeHead> committed;
    private final LogStore store;
    private final Supplier<Optional<TimeStamping>> terms;
    private final Stamping stamping;
    private final Clock clock;
    private final Coverage coverage = new Coverage(System::nanoTime);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "wasl-time-stamps");

    // The thread alone uses what follows.
    private long nextNanos = System.nanoTime();
    private boolean begun;
    private boolean compared;
    private String told = "";

    private volatile boolean skewed;
    private volatile Duration ahead = Duration.ZERO;
    private volatile @Nullable Instant last;
    private volatile @Nullable String problem;

    /** Has octets time-stamped; must end by itself. */
    @FunctionalInterface
    public interface Stamping {

        /** Has these octets time-stamped at this address. */
        TimeStampOutcome stamp(URI address, byte[] octets);
    }

    private TimeStamper(
            Supplier<TreeHead> committed,
            LogStore store,
            Supplier<Optional<TimeStamping>> terms,
            Stamping stamping,
            Clock clock) {
        this.committed = committed;
        this.store = store;
        this.terms = terms;
        this.stamping = stamping;
        this.clock = clock;
    }

    /**
     * Begins to have checkpoints time-stamped.
     *
     * @param committed the log's tree after its last commit
     * @param store where checkpoints are found and time-stamps kept; not closed with this
     * @param terms what the registry in force asks for; empty when it asks for nothing. Asked again and again
     * @param stamping asks the authority
     * @param clock this node's clock, which is compared with the authority's
     */
    public static TimeStamper start(
            Supplier<TreeHead> committed,
            LogStore store,
            Supplier<Optional<TimeStamping>> terms,
            Stamping stamping,
            Clock clock) {
        TimeStamper stamper = new TimeStamper(committed, store, terms, stamping, clock);
        stamper.thread.setDaemon(true);
        stamper.thread.setUncaughtExceptionHandler((dead, cause) ->
                LOG.error(NOT_TIME_STAMPED, "nothing is time-stamped any more until the node is restarted", cause));
        stamper.thread.start();
        return stamper;
    }

    @Override
    public Optional<FaultCode> closed() {
        Optional<TimeStamping> needed = terms.get();
        if (needed.isEmpty()) {
            return Optional.empty();
        }
        if (skewed) {
            return Optional.of(FaultCode.CLOCK_SKEWED);
        }
        return waiting().compareTo(needed.get().refuseAfter()) > 0
                ? Optional.of(FaultCode.LOG_NOT_TIME_STAMPED)
                : Optional.empty();
    }

    /** How it stands. */
    public TimeStampState state() {
        Optional<FaultCode> closed = closed();
        boolean late = terms.get()
                .filter(needed -> waiting().compareTo(needed.alarmAfter()) > 0)
                .isPresent();
        return new TimeStampState(
                Optional.ofNullable(last),
                coverage.covered(),
                waiting(),
                ahead,
                late || closed.isPresent(),
                closed,
                Optional.ofNullable(problem));
    }

    private Duration waiting() {
        return coverage.waiting(committed.get().size());
    }

    private void run() {
        try {
            do {
                try {
                    look();
                } catch (LogStoreException | RuntimeException failed) {
                    problem = "the log's store fails: " + failed.getMessage();
                    LOG.debug("looking for what is to be time-stamped failed", failed);
                }
                tell();
            } while (!closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            LOG.debug("stopped while a time-stamp was being had", stopped);
        }
    }

    private void look() throws LogStoreException {
        if (!begun) {
            // Of an empty log all is covered.
            coverage.cover(store.latestStamped().map(RecordedCheckpoint::size).orElse(0L));
            begun = true;
        }
        coverage.look(committed.get().size());
        Optional<TimeStamping> needed = terms.get();
        if (needed.isEmpty()) {
            skewed = false;
            problem = null;
            return;
        }
        if (System.nanoTime() - nextNanos < 0) {
            return;
        }
        Optional<RecordedCheckpoint> newest = store.latestCheckpoint();
        if (newest.isEmpty()) {
            return;
        }
        if (newest.get().timeStamp() != null) {
            coverage.cover(newest.get().size());
            // Asked nevertheless to compare clocks: at the start, and until they agree again.
            if (compared && !skewed) {
                return;
            }
        }
        nextNanos = System.nanoTime() + stamp(newest.get(), needed.get()).toNanos();
    }

    /** Has one checkpoint time-stamped, and says after how long to ask again. */
    private Duration stamp(RecordedCheckpoint checkpoint, TimeStamping needed) throws LogStoreException {
        Duration retry = needed.every().compareTo(RETRY) < 0 ? needed.every() : RETRY;
        Optional<SignedNote> note = SignedNote.parse(checkpoint.note());
        if (note.isEmpty()) {
            problem = "the checkpoint of " + checkpoint.size() + " leaves cannot be read";
            return retry;
        }
        Instant before = clock.instant();
        TimeStampOutcome outcome =
                stamping.stamp(needed.address(), note.get().text().getBytes(StandardCharsets.UTF_8));
        Instant after = clock.instant();
        if (outcome instanceof TimeStampOutcome.Stamped stamped) {
            // The first one says the most: it stays.
            if (checkpoint.timeStamp() == null
                    && !store.saveTimeStamp(checkpoint.size(), checkpoint.origin(), stamped.token())) {
                problem = "the checkpoint of " + checkpoint.size() + " leaves is gone";
                return retry;
            }
            coverage.cover(checkpoint.size());
            compare(stamped, before, after);
            problem = null;
            return skewed ? retry : needed.every();
        }
        problem = outcome instanceof TimeStampOutcome.Refused refused
                ? refused.detail()
                : ((TimeStampOutcome.Unreachable) outcome).detail();
        return retry;
    }

    /** The authority's instant lies between our question and its answer, or one of the two clocks is wrong. */
    private void compare(TimeStampOutcome.Stamped stamped, Instant before, Instant after) {
        Instant theirs = stamped.proof().at();
        Duration allowed = TOLERANCE.plus(stamped.proof().accuracy());
        last = theirs;
        ahead = theirs.isBefore(before)
                ? Duration.between(theirs, before)
                : theirs.isAfter(after) ? Duration.between(theirs, after) : Duration.ZERO;
        skewed = ahead.abs().compareTo(allowed) > 0;
        compared = true;
    }

    /** Somebody is told once of each change, not at every look. */
    private void tell() {
        TimeStampState now = state();
        String word = now.closed().map(FaultCode::wireCode).orElse(now.alarm() ? "late" : "");
        if (word.equals(told)) {
            return;
        }
        told = word;
        if (word.isEmpty()) {
            LOG.info("the log is time-stamped again, up to {} leaves", now.covered());
        } else if (skewed) {
            LOG.error(
                    CLOCK_SKEWED,
                    "nothing is disclosed: this node's clock and the time-stamp authority's differ by {} s",
                    now.ahead().toSeconds());
        } else {
            LOG.error(
                    NOT_TIME_STAMPED,
                    "leaves have gone without a time-stamp for {} s{}: {}",
                    now.uncoveredFor().toSeconds(),
                    now.closed().isPresent() ? ", nothing is disclosed" : "",
                    now.problem().orElse("the log makes no checkpoints"));
        }
    }

    /** Ends within seconds, whatever the authority does. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
