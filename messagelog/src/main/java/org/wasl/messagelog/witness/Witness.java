package org.wasl.messagelog.witness;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.checkpoint.Cosignature;
import org.wasl.messagelog.merkle.ConsistencyProof;
import org.wasl.messagelog.merkle.TreeHash;
import org.wasl.messagelog.note.NoteSigner;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.VerifierKey;

/**
 * Cosigns checkpoints of logs that only grow, C2SP {@code tlog-witness}. What was cosigned is durable before it is said.
 * Safe for many threads.
 */
public final class Witness {

    private final WitnessedLogs logs;
    private final WitnessStore store;
    private final NoteSigner signer;
    private final Clock clock;

    /**
     * @param logs whom it watches
     * @param store its memory
     * @param signer its key, of type {@code COSIGNATURE_V1}
     */
    public Witness(WitnessedLogs logs, WitnessStore store, NoteSigner signer, Clock clock) {
        this.logs = logs;
        this.store = store;
        this.signer = signer;
        this.clock = clock;
    }

    /**
     * Answers one request, in the specification's order of checks.
     *
     * @throws IOException when the witness' memory cannot be read or written: nothing was cosigned
     */
    public WitnessAnswer add(byte[] body) throws IOException {
        Optional<AddCheckpoint> parsed = AddCheckpoint.parse(body);
        if (parsed.isEmpty()) {
            return new WitnessAnswer.Malformed("the body is no add-checkpoint request");
        }
        AddCheckpoint request = parsed.get();
        Checkpoint next = request.checkpoint();
        List<VerifierKey> keys = logs.keys(next.origin());
        if (keys.isEmpty()) {
            return new WitnessAnswer.UnknownLog();
        }
        if (keys.stream().noneMatch(request.note()::isSignedBy)) {
            return new WitnessAnswer.NotTheLog();
        }
        if (request.oldSize() > next.size()) {
            return new WitnessAnswer.Malformed("the old size is larger than the checkpoint's");
        }
        Optional<SignedNote> latest = store.latest(next.origin());
        Optional<WitnessAnswer> refusal = refusal(request, latest.map(Witness::checkpoint));
        if (refusal.isPresent()) {
            if (accuses(refusal.get())) {
                store.keepSuspect(next.origin(), request.note());
            }
            return refusal.get();
        }
        if (!store.replace(next.origin(), latest, request.note())) {
            // Somebody was faster: the log learns by how much.
            long size = store.latest(next.origin())
                    .map(note -> checkpoint(note).size())
                    .orElse(0L);
            return new WitnessAnswer.Conflict(size, false);
        }
        return new WitnessAnswer.Cosigned(Cosignature.sign(request.note().text(), clock.instant(), signer));
    }

    private static Optional<WitnessAnswer> refusal(AddCheckpoint request, Optional<Checkpoint> latest) {
        Checkpoint next = request.checkpoint();
        long size = latest.map(Checkpoint::size).orElse(0L);
        if (request.oldSize() != size) {
            return Optional.of(new WitnessAnswer.Conflict(size, false));
        }
        if (size == 0) {
            boolean possible = next.size() > 0 || Arrays.equals(next.root(), TreeHash.emptyRoot());
            return possible && request.path().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new WitnessAnswer.Inconsistent());
        }
        Checkpoint seen = latest.orElseThrow();
        if (size == next.size() && !Arrays.equals(seen.root(), next.root())) {
            return Optional.of(new WitnessAnswer.Conflict(size, true));
        }
        ConsistencyProof proof = new ConsistencyProof(size, next.size(), request.path());
        return proof.verify(seen.root(), next.root())
                ? Optional.empty()
                : Optional.of(new WitnessAnswer.Inconsistent());
    }

    /** Whether the log signed what does not fit what it had signed before: worth keeping, for it cannot deny it. */
    private static boolean accuses(WitnessAnswer refusal) {
        return refusal instanceof WitnessAnswer.Inconsistent
                || (refusal instanceof WitnessAnswer.Conflict conflict && conflict.forked());
    }

    private static Checkpoint checkpoint(SignedNote note) {
        return Checkpoint.parse(note.text())
                .orElseThrow(() -> new IllegalStateException("what the witness kept is no checkpoint"));
    }
}
