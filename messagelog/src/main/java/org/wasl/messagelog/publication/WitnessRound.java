package org.wasl.messagelog.publication;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.merkle.ConsistencyProof;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.messagelog.tile.TileFiles;
import org.wasl.messagelog.witness.AddCheckpoint;
import org.wasl.messagelog.witness.WitnessClient;
import org.wasl.messagelog.witness.WitnessReply;

/**
 * Asks witnesses at once, each in its own time: one question a witness is under way at most, so that a slow one holds up
 * nobody. What each cosigned last is remembered; one that knows better says so, and is asked again at once.
 */
final class WitnessRound implements AutoCloseable {

    private static final int THREADS = 16;
    private static final int MAX_WITNESSES = 128;

    /** What one witness answered about one checkpoint, after being asked from {@code oldSize} on. */
    record Heard(
            PublicationTerms.AskedWitness witness, PublishedCheckpoint checkpoint, long oldSize, WitnessReply reply) {}

    private final WitnessClient client;
    private final TileFiles tiles;
    private final BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(MAX_WITNESSES);
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WITNESSES), WitnessRound::thread);

    // The publisher's thread alone uses what follows.
    private final Set<VerifierKey> busy = new HashSet<>();
    private final Map<VerifierKey, Long> oldSizes = new HashMap<>();

    WitnessRound(WitnessClient client, TileFiles tiles) {
        this.client = client;
        this.tiles = tiles;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Asks all that have not cosigned this checkpoint and are not being asked. */
    void ask(List<PublicationTerms.AskedWitness> witnesses, PublishedCheckpoint checkpoint) {
        for (PublicationTerms.AskedWitness witness : witnesses) {
            VerifierKey key = witness.key();
            if (busy.size() == MAX_WITNESSES || checkpoint.cosignedBy(key.name()) || !busy.add(key)) {
                continue;
            }
            // At first nothing is known: a witness that has seen the log says what it saw.
            long old = Math.min(oldSizes.getOrDefault(key, 0L), checkpoint.size());
            try {
                threads.execute(() -> heard.add(question(witness, checkpoint, old)));
            } catch (RejectedExecutionException closing) {
                busy.remove(key);
            }
        }
    }

    private Heard question(PublicationTerms.AskedWitness witness, PublishedCheckpoint checkpoint, long believed) {
        try {
            WitnessReply reply = client.add(witness.address(), witness.key(), request(checkpoint, believed));
            long old = believed;
            if (reply instanceof WitnessReply.Conflict conflict
                    && conflict.size() != believed
                    && conflict.size() <= checkpoint.size()) {
                old = conflict.size();
                reply = client.add(witness.address(), witness.key(), request(checkpoint, old));
            }
            return new Heard(witness, checkpoint, old, reply);
        } catch (IOException | RuntimeException e) {
            // The answer must come, whatever happened: else this witness would never be asked again.
            return new Heard(
                    witness, checkpoint, believed, new WitnessReply.Unreachable("cannot be asked: " + e.getMessage()));
        }
    }

    private AddCheckpoint request(PublishedCheckpoint published, long old) throws IOException {
        Checkpoint next = published.checkpoint();
        List<byte[]> path = old == 0
                ? List.of()
                : ConsistencyProof.build(tiles.hashes(next.size()), old, next.size())
                        .path();
        return new AddCheckpoint(old, path, published.signed(), next);
    }

    BlockingQueue<Heard> heard() {
        return heard;
    }

    /** Takes note of what was heard: the witness may be asked again. */
    void done(Heard answer) {
        VerifierKey key = answer.witness().key();
        busy.remove(key);
        if (answer.reply() instanceof WitnessReply.Cosigned) {
            oldSizes.put(key, answer.checkpoint().size());
        } else if (answer.reply() instanceof WitnessReply.Conflict conflict) {
            oldSizes.put(key, conflict.size());
        }
    }

    /** Another log begins: what witnesses cosigned of the last one says nothing of it. */
    void forget() {
        oldSizes.clear();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "wasl-witnesses");
        thread.setDaemon(true);
        return thread;
    }
}
