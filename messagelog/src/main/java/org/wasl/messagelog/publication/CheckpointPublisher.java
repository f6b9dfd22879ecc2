package org.wasl.messagelog.publication;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.wasl.messagelog.EvidenceGate;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.note.NoteSigner;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.RecordedCheckpoint;
import org.wasl.messagelog.store.TreeHead;
import org.wasl.messagelog.witness.WitnessClient;
import org.wasl.messagelog.witness.WitnessReply;
import org.wasl.schemas.fault.FaultCode;

/**
 * Publishes a log while it grows: tiles, a signed checkpoint, cosignatures of witnesses. On a thread of its own, so that
 * nobody who appends waits for it. What fails is tried again; while it fails, the gate closes when its time has come,
 * whether this thread lives or not.
 */
public final class CheckpointPublisher implements EvidenceGate, AutoCloseable {

    /** Marks the log events of a log that lacks its cosignatures, for whoever watches the node's log. */
    public static final Marker NOT_WITNESSED = MarkerFactory.getMarker("wasl.log.not-witnessed");

    /** Marks the log events of a log of which somebody holds another history. */
    public static final Marker DISPUTED = MarkerFactory.getMarker("wasl.log.disputed");

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointPublisher.class);

    /** Of so many checkpoints late cosignatures are still taken. */
    private static final int RECENT = 16;

    /** How long the thread looks at nothing but answers, at most. */
    private static final Duration ATTENTION = Duration.ofMillis(200);

    private static final Duration STOP = Duration.ofSeconds(5);

    private final Supplier<TreeHead> committed;
    private final LogStore store;
    private final Supplier<PublicationTerms> terms;
    private final PublicationSettings settings;
    private final Clock clock;
    private final PublicFiles files;
    private final WitnessRound round;
    private final Thread thread = new Thread(this::run, "wasl-checkpoints");
    private final CountDownLatch begun = new CountDownLatch(1);

    // The thread alone uses what follows.
    private final Deque<PublishedCheckpoint> recent = new ArrayDeque<>();
    private final Disputes disputes = new Disputes();
    private final Map<String, String> words = new TreeMap<>();
    private Optional<String> origin = Optional.empty();
    private List<String> cosigners = List.of();
    private long made;
    private Optional<String> problem = Optional.empty();
    private String told = "";

    /** How it stands, as the gate must know it: read by many threads. */
    private record Stand(PublicationTerms terms, boolean disputed) {}

    private volatile Coverage coverage = new Coverage(System::nanoTime);
    private volatile Stand stand;
    private volatile PublicationState state = new PublicationState(
            Optional.empty(), 0, 0, Duration.ZERO, 0, List.of(), Map.of(), false, Optional.empty(), Optional.empty());
    private volatile boolean alarm;
    private volatile boolean closing;

    private CheckpointPublisher(
            Supplier<TreeHead> committed,
            LogStore store,
            Supplier<PublicationTerms> terms,
            PublicationSettings settings,
            Clock clock) {
        this.committed = committed;
        this.store = store;
        this.terms = terms;
        this.settings = settings;
        this.clock = clock;
        this.files = new PublicFiles(settings);
        this.round = new WitnessRound(new WitnessClient(settings.witnessTimeout()), files.tiles());
        this.stand = new Stand(terms.get(), false);
    }

    /**
     * Begins to publish.
     *
     * @param committed the log's tree after its last commit
     * @param store where its leaves are read and its checkpoints kept; not closed with this
     * @param terms what holds now; asked again and again
     * @param clock what checkpoints are dated by in the store
     */
    public static CheckpointPublisher start(
            Supplier<TreeHead> committed,
            LogStore store,
            Supplier<PublicationTerms> terms,
            PublicationSettings settings,
            Clock clock) {
        CheckpointPublisher publisher = new CheckpointPublisher(committed, store, terms, settings, clock);
        publisher.thread.setDaemon(true);
        publisher.thread.setUncaughtExceptionHandler((dead, cause) ->
                LOG.error(NOT_WITNESSED, "checkpoints are made no more until the node is restarted", cause));
        publisher.thread.start();
        return publisher;
    }

    /**
     * Waits until enough witnesses have cosigned the log as it is, or one disputes it, or none is needed.
     *
     * @return whether that came within the time
     */
    public boolean awaitBegun(Duration atMost) throws InterruptedException {
        return begun.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<FaultCode> closed() {
        Stand now = stand;
        if (now.disputed()) {
            return Optional.of(FaultCode.LOG_DISPUTED);
        }
        Optional<PublicationTerms.Witnessing> needed = now.terms().witnessing();
        if (needed.isEmpty()) {
            return Optional.empty();
        }
        // Until witnesses have seen this log, it may be an old copy of which they know better.
        boolean late = !coverage.begun()
                || coverage.waiting(committed.get().size())
                                .compareTo(needed.get().refuseAfter())
                        > 0;
        return late ? Optional.of(FaultCode.LOG_NOT_WITNESSED) : Optional.empty();
    }

    /** How it stands. */
    public PublicationState state() {
        PublicationState last = state;
        return new PublicationState(
                last.origin(),
                last.published(),
                last.covered(),
                coverage.waiting(committed.get().size()),
                last.checkpoints(),
                last.cosigners(),
                last.witnesses(),
                alarm || closed().isPresent(),
                closed(),
                last.problem());
    }

    private void run() {
        long next = System.nanoTime();
        while (!closing) {
            try {
                listen(next - System.nanoTime());
                boolean due = next - System.nanoTime() <= 0;
                if (due) {
                    next = System.nanoTime() + settings.interval().toNanos();
                    look();
                    mended();
                }
                keep(due);
            } catch (InterruptedException stopped) {
                closing = true;
            } catch (IOException | LogStoreException | RuntimeException failed) {
                failed(failed);
            }
            tell();
        }
    }

    /** Takes what witnesses answered, waiting for it for a while at most. */
    private void listen(long untilNanos) throws InterruptedException {
        long wait = Math.max(0, Math.min(untilNanos, ATTENTION.toNanos()));
        WitnessRound.Heard first = round.heard().poll(wait, TimeUnit.NANOSECONDS);
        if (first == null) {
            return;
        }
        List<WitnessRound.Heard> all = new ArrayList<>(List.of(first));
        round.heard().drainTo(all);
        all.forEach(this::take);
    }

    /** One look: what holds now, how far the log is, and what of it is to be published. */
    private void look() throws IOException, LogStoreException {
        PublicationTerms now = terms.get();
        disputes.retain(
                now.witnesses().stream().map(witness -> witness.key().name()).toList());
        words.keySet()
                .retainAll(now.witnesses().stream()
                        .map(witness -> witness.key().name())
                        .toList());
        stand = new Stand(now, stand.disputed());
        TreeHead head = committed.get();
        coverage.look(head.size());
        if (now.signer().isEmpty()) {
            if (now.witnessing().isPresent()) {
                throw new FileSystemException(
                        "checkpoint", null, "this node has no checkpoint key that the registry lists");
            }
            return;
        }
        NoteSigner signer = now.signer().get();
        if (!origin.equals(Optional.of(signer.verifierKey().name()))) {
            begin(signer.verifierKey().name(), head);
        }
        PublishedCheckpoint newest = recent.peekLast();
        boolean bySigner = newest != null && newest.signed().isSignedBy(signer.verifierKey());
        if (newest == null || newest.size() < head.size() || !bySigner) {
            newest = publish(head, signer, newest == null ? 0 : newest.size());
        }
        round.ask(now.witnesses(), newest);
        settle(now);
    }

    /** Takes up a log by its origin: for the first time, after a restart, or because the authority named another one. */
    private void begin(String name, TreeHead head) throws IOException, LogStoreException {
        recent.clear();
        round.forget();
        disputes.clear();
        coverage = new Coverage(System::nanoTime);
        coverage.look(head.size());
        Optional<Checkpoint> written = files.checkpoint().flatMap(note -> Checkpoint.parse(note.text()));
        if (written.isPresent() && !written.get().origin().equals(name)) {
            LOG.warn(
                    "the log is published as {} from now on; what was published as {} is set aside",
                    name,
                    written.get().origin());
            files.setAside(written.get().origin());
            written = Optional.empty();
        }
        long published = 0;
        if (written.isPresent() && written.get().size() <= head.size()) {
            published = written.get().size();
        }
        tiles(published, head);
        written.ifPresent(checkpoint -> reconcile(checkpoint, head));
        Optional<RecordedCheckpoint> kept = store.latestCheckpoint();
        kept.filter(recorded -> recorded.origin().equals(name))
                .flatMap(recorded -> SignedNote.parse(recorded.note()))
                .flatMap(note -> Checkpoint.parse(note.text()))
                .ifPresent(checkpoint -> reconcile(checkpoint, head));
        origin = Optional.of(name);
    }

    /** Whether the log still has what it once signed: its operator's own files may already tell that it has not. */
    private void reconcile(Checkpoint signed, TreeHead head) {
        try {
            if (signed.size() > head.size()) {
                dispute("a checkpoint of " + signed.size() + " leaves was signed, and the log has " + head.size());
            } else if (!MessageDigest.isEqual(files.tiles().root(head.size(), signed.size()), signed.root())) {
                dispute("the log's first " + signed.size() + " leaves are not those that were signed");
            }
        } catch (IOException e) {
            dispute("the tiles of the log cannot be compared with what was signed: " + e.getMessage());
        }
    }

    private void dispute(String what) {
        disputes.own(what);
        if (!told.equals(what)) {
            LOG.error(DISPUTED, "nothing is disclosed: {}", what);
        }
        told = what;
    }

    /** Writes the tiles of this head, and sees that they are those of the log. */
    private void tiles(long published, TreeHead head) throws IOException {
        if (published > 0 && extended(published, head)) {
            return;
        }
        // Perhaps some are missing of what is said to be published.
        files.tiles().publish(0, head.size(), this::leaves);
        if (!isOf(head)) {
            dispute("what was published earlier is of another history than the log");
            throw new FileSystemException("tile", null, "the published tiles are not those of the log");
        }
    }

    private boolean extended(long published, TreeHead head) throws IOException {
        try {
            files.tiles().publish(published, head.size(), this::leaves);
        } catch (NoSuchFileException missing) {
            return false;
        }
        return isOf(head);
    }

    private boolean isOf(TreeHead head) throws IOException {
        try {
            return MessageDigest.isEqual(files.tiles().root(head.size(), head.size()), head.root());
        } catch (NoSuchFileException missing) {
            return false;
        }
    }

    private List<byte[]> leaves(long from, int count) throws IOException {
        List<byte[]> leaves = new ArrayList<>(count);
        try {
            store.leaves(from, count, found -> leaves.add(found.leaf().encode(found.index())));
        } catch (LogStoreException e) {
            throw new IOException("leaves cannot be read", e);
        }
        return leaves;
    }

    private PublishedCheckpoint publish(TreeHead head, NoteSigner signer, long published)
            throws IOException, LogStoreException {
        tiles(published, head);
        Checkpoint checkpoint = Checkpoint.of(signer.verifierKey().name(), head.size(), head.root());
        PublishedCheckpoint next = new PublishedCheckpoint(checkpoint, SignedNote.sign(checkpoint.text(), signer));
        // Before anybody sees it: what was signed is never forgotten.
        save(next);
        recent.addLast(next);
        if (recent.size() > RECENT) {
            recent.removeFirst();
        }
        made++;
        return next;
    }

    private void save(PublishedCheckpoint checkpoint) throws LogStoreException {
        store.saveCheckpoint(
                checkpoint.size(),
                checkpoint.checkpoint().origin(),
                clock.instant(),
                checkpoint.note().octets());
        checkpoint.nowKept();
    }

    private void take(WitnessRound.Heard heard) {
        round.done(heard);
        String name = heard.witness().key().name();
        if (!recent.contains(heard.checkpoint())) {
            // Of an earlier epoch, or too late to be of use.
            return;
        }
        disputes.take(heard, committed.get().size())
                .ifPresent(what -> LOG.error(DISPUTED, "nothing is disclosed: {}", what));
        words.put(name, disputes.byWitness().getOrDefault(name, word(heard.reply())));
        if (heard.reply() instanceof WitnessReply.Cosigned cosigned) {
            heard.checkpoint().add(heard.witness().party(), cosigned.line());
        }
        settle(stand.terms());
    }

    private static String word(WitnessReply reply) {
        if (reply instanceof WitnessReply.Cosigned cosigned) {
            return "cosigned at " + cosigned.cosignature().at();
        }
        if (reply instanceof WitnessReply.Conflict conflict) {
            return "cosigned " + conflict.size() + " leaves last";
        }
        if (reply instanceof WitnessReply.Refused refused) {
            return refused.reason();
        }
        return reply instanceof WitnessReply.Unreachable unreachable ? unreachable.reason() : "holds another history";
    }

    /** Works out what is covered and whether it is disputed. */
    private void settle(PublicationTerms now) {
        int quorum = now.witnessing().map(PublicationTerms.Witnessing::quorum).orElse(0);
        recent.stream()
                .filter(checkpoint -> checkpoint.parties().size() >= quorum)
                .max(Comparator.comparingLong(PublishedCheckpoint::size))
                .ifPresent(checkpoint -> {
                    coverage.cover(checkpoint.size());
                    cosigners = List.copyOf(checkpoint.parties());
                });
    }

    /** Keeps new cosignatures: at once when they make up the quorum, else all together when a look is due. */
    private void keep(boolean due) throws IOException, LogStoreException {
        PublishedCheckpoint newest = recent.peekLast();
        for (PublishedCheckpoint checkpoint : recent) {
            boolean covers = coverage.begun() && checkpoint.size() == coverage.covered();
            if (!due && !covers) {
                continue;
            }
            if (!checkpoint.kept()) {
                save(checkpoint);
            }
            // What is disputed is not shown around; what was written before stays, and bears witness.
            if (checkpoint == newest && !checkpoint.written() && !disputes.any()) {
                files.write(checkpoint.note());
                checkpoint.nowWritten();
            }
        }
    }

    private void failed(Exception failure) {
        String what = String.valueOf(failure.getMessage());
        if (!problem.equals(Optional.of(what))) {
            LOG.error(NOT_WITNESSED, "a checkpoint cannot be made; it is tried again", failure);
        }
        problem = Optional.of(what);
    }

    private void mended() {
        if (problem.isPresent()) {
            LOG.info("checkpoints are made again");
        }
        problem = Optional.empty();
    }

    /** Says how it stands, and raises or ends the alarm. */
    private void tell() {
        stand = new Stand(stand.terms(), disputes.any());
        if (coverage.begun() || disputes.any()) {
            begun.countDown();
        }
        Optional<PublicationTerms.Witnessing> needed = stand.terms().witnessing();
        long size = committed.get().size();
        Duration waiting = coverage.waiting(size);
        boolean late = needed.isPresent() && waiting.compareTo(needed.get().alarmAfter()) > 0;
        if (late && !alarm) {
            LOG.error(
                    NOT_WITNESSED,
                    "the log has gone {} without the cosignatures of {} witnesses; after {} nothing is disclosed: {}",
                    waiting.truncatedTo(ChronoUnit.SECONDS),
                    needed.get().quorum(),
                    needed.get().refuseAfter(),
                    words);
        } else if (!late && alarm) {
            LOG.info("the log has its cosignatures again");
        }
        alarm = late;
        PublishedCheckpoint newest = recent.peekLast();
        state = new PublicationState(
                origin,
                newest == null ? 0 : newest.size(),
                coverage.covered(),
                waiting,
                made,
                cosigners,
                words,
                alarm,
                closed(),
                disputes.ownDispute().or(() -> problem));
    }

    @Override
    public void close() {
        closing = true;
        round.close();
        try {
            // Not interrupted: it may be writing.
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
