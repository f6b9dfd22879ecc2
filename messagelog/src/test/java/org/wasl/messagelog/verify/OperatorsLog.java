package org.wasl.messagelog.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.checkpoint.Cosignature;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.note.NoteSignature;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.TestSigner;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.SqliteLogStore;

/**
 * A node's log of two days, with the keys of its checkpoints and two witnesses. On the first day it has 30 leaves, and a
 * checkpoint at 20; a backup is made in the night; on the second day it grows to 50, with checkpoints at 40 and 50. An
 * auditor carried away those of 20 and 40.
 */
final class OperatorsLog {

    static final String ORIGIN = "example.org/portal-log";
    static final int BACKED_UP = 30;
    static final int SIZE = 50;
    static final List<Integer> CHECKPOINTS = List.of(20, 40, 50);
    static final Instant DAY_ONE = Instant.parse("2026-11-21T08:00:00Z");
    static final Instant DAY_TWO = Instant.parse("2026-11-22T08:00:00Z");

    private static final IndexKey KEY = IndexKey.of(new byte[32]);
    private static final int KEPT = 2;

    final TestSigner node = TestSigner.log(ORIGIN);
    final TestSigner court = TestSigner.witness("example.org/court");
    final TestSigner ministry = TestSigner.witness("example.org/ministry");

    /** What the auditor carried away, the notes. */
    final List<SignedNote> carriedAway = new ArrayList<>();

    final Path directory;

    private OperatorsLog(Path directory) {
        this.directory = directory;
    }

    /** Lives through the two days. */
    static OperatorsLog live(Path directory) throws Exception {
        OperatorsLog log = new OperatorsLog(directory);
        log.append(log.file(), 20, DAY_ONE);
        log.checkpoint(log.file(), DAY_ONE.plusSeconds(30), true);
        log.append(log.file(), 10, DAY_ONE.plusSeconds(3_600));
        Files.copy(log.file(), log.backup());
        log.append(log.file(), 10, DAY_TWO);
        log.checkpoint(log.file(), DAY_TWO.plusSeconds(30), true);
        log.append(log.file(), 10, DAY_TWO.plusSeconds(3_600));
        log.checkpoint(log.file(), DAY_TWO.plusSeconds(3_630), true);
        return log;
    }

    /** The log as it should be. */
    Path file() {
        return directory.resolve("wasl.db");
    }

    /** As it was in the night. */
    Path backup() {
        return directory.resolve("backup.db");
    }

    /** A copy of the log, to lay hands on. */
    Path copy() throws IOException {
        Path copy = Files.createTempDirectory(directory, "hands").resolve("wasl.db");
        Files.copy(file(), copy);
        return copy;
    }

    /** Appends as the node does, a leaf a second from this time on. */
    void append(Path file, int count, Instant from) throws Exception {
        try (GroupCommitMessageLog log = open(file)) {
            for (int i = 0; i < count; i++) {
                log.append(request(from.plusSeconds(i))).join();
            }
        }
    }

    static GroupCommitMessageLog open(Path file) throws Exception {
        return GroupCommitMessageLog.open(SqliteLogStore.open(file), KEY, LogSettings.defaults(), cause -> {});
    }

    static LogEntry request(Instant at) {
        return Entries.at(Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID()), at);
    }

    /** Signs the log's head and records it, as the node does; the auditor carries the first ones away. */
    void checkpoint(Path file, Instant at, boolean cosigned) throws Exception {
        try (LogStore store = SqliteLogStore.open(file)) {
            SignedNote note = sign(store.head().size(), store.head().root());
            if (cosigned) {
                note = note.with(List.of(cosign(note, court, at), cosign(note, ministry, at.plusSeconds(1))));
                if (carriedAway.size() < KEPT) {
                    carriedAway.add(note);
                }
            }
            store.saveCheckpoint(store.head().size(), ORIGIN, at, note.octets());
        }
    }

    SignedNote sign(long size, byte[] root) {
        return SignedNote.sign(Checkpoint.of(ORIGIN, size, root).text(), node);
    }

    static NoteSignature cosign(SignedNote note, TestSigner witness, Instant at) {
        return Cosignature.sign(note.text(), at, witness);
    }

    CheckpointTrust trust() {
        return CheckpointTrust.NONE
                .with(List.of(node.verifierKey()), List.of(court.verifierKey(), ministry.verifierKey()))
                .requiring(2);
    }

    /** What an auditor with these notes in hand is told of this log. */
    LogVerdict verify(Path file, List<SignedNote> inHand) throws Exception {
        CheckpointTrust trust = trust();
        List<KeptCheckpoint> kept = new ArrayList<>();
        for (SignedNote note : inHand) {
            CheckpointJudgement judgement = trust.judge(note.octets(), null);
            if (!(judgement instanceof CheckpointJudgement.Genuine genuine)) {
                throw new IllegalStateException("the auditor holds something else: " + judgement);
            }
            kept.add(KeptCheckpoint.of(
                    "the auditor's checkpoint of " + genuine.checkpoint().size() + " leaves", genuine));
        }
        try (LogSource source = SqliteLogStore.openReadOnly(file)) {
            return new LogVerifier(VerificationPlan.of(ContainerCheck.NONE)
                            .trusting(trust)
                            .comparedWith(kept))
                    .verify(source);
        }
    }
}
