package org.wasl.node.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.checkpoint.Cosignature;
import org.wasl.messagelog.note.NoteSignature;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.RecordedCheckpoint;
import org.wasl.security.registry.RegisteredWitness;

/**
 * The checkpoint that evidence rests on, with what was found out about it.
 *
 * @param recorded as it stands in the log
 * @param note its text and signatures
 * @param checkpoint what the text says
 * @param log the registered key that signed it; null when none that verifies is registered
 * @param cosignatures of registered witnesses, those that verify and count
 * @param quorum how many are needed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CoveringCheckpoint(
        RecordedCheckpoint recorded,
        SignedNote note,
        Checkpoint checkpoint,
        @Nullable VerifierKey log,
        Map<RegisteredWitness, Cosignature> cosignatures,
        int quorum) {

    private static final int PAGE = 256;
    private static final int PAGES = 64;
    private static final int COMPLETE = 7;

    /**
     * The smallest checkpoint that covers so many leaves, cosigned and stamped as the registry asks; else the one with most
     * of that; empty when none covers them.
     */
    static Optional<CoveringCheckpoint> choose(LogSource log, long size, NoteKeys keys) throws LogStoreException {
        CoveringCheckpoint best = null;
        long from = size;
        for (int page = 0; page < PAGES; page++) {
            List<RecordedCheckpoint> candidates = log.checkpoints(from, PAGE);
            for (RecordedCheckpoint candidate : candidates) {
                Optional<CoveringCheckpoint> read = read(candidate, keys);
                if (read.isPresent() && (best == null || read.get().worth() > best.worth())) {
                    best = read.get();
                }
                if (best != null && best.worth() == COMPLETE) {
                    return Optional.of(best);
                }
            }
            if (candidates.size() < PAGE) {
                break;
            }
            from = candidates.get(candidates.size() - 1).size() + 1;
        }
        return Optional.ofNullable(best);
    }

    /** Reads one; empty when it is no checkpoint at all. */
    static Optional<CoveringCheckpoint> read(RecordedCheckpoint recorded, NoteKeys keys) {
        Optional<SignedNote> note = SignedNote.parse(recorded.note());
        Optional<Checkpoint> checkpoint = note.flatMap(read -> Checkpoint.parse(read.text()));
        if (checkpoint.isEmpty() || checkpoint.get().size() != recorded.size()) {
            return Optional.empty();
        }
        VerifierKey log = keys.logs(checkpoint.get().origin()).stream()
                .filter(note.get()::isSignedBy)
                .findFirst()
                .orElse(null);
        Map<RegisteredWitness, Cosignature> cosignatures = new LinkedHashMap<>();
        for (RegisteredWitness witness : keys.witnesses(checkpoint.get().origin())) {
            for (NoteSignature signature : note.get().signatures()) {
                Cosignature.verify(note.get().text(), signature, NoteKeys.key(witness))
                        .filter(cosignature -> witness.validAt(cosignature.at()))
                        .ifPresent(cosignature -> cosignatures.put(witness, cosignature));
            }
        }
        return Optional.of(new CoveringCheckpoint(
                recorded, note.get(), checkpoint.get(), log, Collections.unmodifiableMap(cosignatures), keys.quorum()));
    }

    boolean cosigned() {
        long parties = cosignatures.keySet().stream()
                .map(RegisteredWitness::party)
                .distinct()
                .count();
        return quorum > 0 && parties >= quorum;
    }

    boolean stamped() {
        return recorded.timeStamp() != null;
    }

    /** When the quorum was complete, by the witnesses' own clocks; empty when it never was. */
    Optional<Instant> cosignedAt() {
        Map<String, Instant> byParty = new LinkedHashMap<>();
        cosignatures.forEach((witness, cosignature) ->
                byParty.merge(witness.party(), cosignature.at(), (one, other) -> one.isBefore(other) ? one : other));
        return byParty.values().stream()
                .sorted()
                .skip(Math.max(0, quorum - 1L))
                .findFirst()
                .filter(at -> cosigned());
    }

    private int worth() {
        return (log == null ? 0 : 4) + (cosigned() ? 2 : 0) + (stamped() ? 1 : 0);
    }
}
