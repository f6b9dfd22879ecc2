package org.wasl.messagelog.verify;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.leaf.PreparedEntry;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.note.NoteSignature;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.store.IndexedEntry;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.store.TreeHead;

/** Somebody with root on the machine where the log is, and the node's own key; but without any witness' key. */
final class Insider {

    private final OperatorsLog log;
    private final Path file;

    Insider(OperatorsLog log, Path file) {
        this.log = log;
        this.file = file;
    }

    /** Changes a list of a log's entries. */
    @FunctionalInterface
    interface Change {
        void to(List<PreparedEntry> entries) throws Exception;
    }

    void execute(String... statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    void deleteRow(long index) throws Exception {
        execute("DELETE FROM log_leaf WHERE idx = " + index, "DELETE FROM log_payload WHERE idx = " + index);
    }

    void editRow(long index) throws Exception {
        execute("UPDATE log_leaf SET purpose = 'COURT_CASE' WHERE idx = " + index);
    }

    /** Makes a leaf's hash fit its fields again. */
    void rehash(long index) throws Exception {
        byte[] hash = row(index).leaf().hash(index);
        update("UPDATE log_leaf SET leaf_hash = ? WHERE idx = " + index, hash);
    }

    void editPayload(long index) throws Exception {
        execute("UPDATE log_payload SET container = x'0011' WHERE idx = " + index);
    }

    /** Exchanges a container, and makes the commitment and the leaf's hash fit. */
    void replacePayload(long index) throws Exception {
        editPayload(index);
        byte[] salt = payload(index).salt();
        update(
                "UPDATE log_leaf SET commitment = ? WHERE idx = " + index,
                new Payload(salt, new byte[] {0, 0x11}).commitment());
        rehash(index);
    }

    void swap(long one, long other) throws Exception {
        for (String table : List.of("log_leaf", "log_payload", "log_subject")) {
            execute(
                    "UPDATE " + table + " SET idx = -1 WHERE idx = " + one,
                    "UPDATE " + table + " SET idx = " + one + " WHERE idx = " + other,
                    "UPDATE " + table + " SET idx = " + other + " WHERE idx = -1");
        }
    }

    void cutRows(long from) throws Exception {
        execute("DELETE FROM log_leaf WHERE idx >= " + from, "DELETE FROM log_payload WHERE idx >= " + from);
    }

    /** Puts the night's backup back. */
    void restoreBackup() throws Exception {
        Files.delete(file);
        Files.copy(log.backup(), file);
    }

    /** Has the log as it is now cosigned. */
    void checkpointNow(Instant at) throws Exception {
        log.checkpoint(file, at, true);
    }

    /** Flips a bit in the last octet of the last cosignature of a recorded checkpoint. */
    void alterCosignature(long size) throws Exception {
        SignedNote note;
        try (LogSource source = SqliteLogStore.openReadOnly(file)) {
            note = SignedNote.parse(source.checkpoints(size, 1).get(0).note()).orElseThrow();
        }
        List<NoteSignature> signatures = new ArrayList<>(note.signatures());
        NoteSignature last = signatures.remove(signatures.size() - 1);
        byte[] octets = last.signature().clone();
        octets[octets.length - 1] ^= 1;
        signatures.add(new NoteSignature(last.name(), last.keyId(), octets));
        update(
                "UPDATE log_checkpoint SET note = ? WHERE size = " + size,
                new SignedNote(note.text(), signatures).octets());
    }

    void writeOn(int count, Instant from) throws Exception {
        log.append(file, count, from);
    }

    /** Writes the whole log anew with a change, each hash, root, head and checkpoint made to fit, signed by the node. */
    void rewrite(Change change) throws Exception {
        List<PreparedEntry> entries = new ArrayList<>();
        UUID id;
        try (LogSource source = SqliteLogStore.openReadOnly(file)) {
            id = source.logId();
            for (long index = 0; index < source.head().size(); index++) {
                LogRow row = source.row(index).orElseThrow();
                Payload payload = row.payload();
                if (payload == null) {
                    throw new IllegalStateException("the log is not whole");
                }
                entries.add(new PreparedEntry(row.leaf(), payload, row.subjectHash(), List.of()));
            }
        }
        change.to(entries);
        Files.delete(file);
        CompactRange tree = CompactRange.empty();
        try (LogStore store = SqliteLogStore.open(file)) {
            for (PreparedEntry entry : entries) {
                long index = tree.size();
                byte[] hash = entry.leaf().hash(index);
                tree.append(hash);
                store.append(List.of(new IndexedEntry(index, entry, hash)), TreeHead.of(tree));
                if (OperatorsLog.CHECKPOINTS.contains((int) tree.size())) {
                    SignedNote note = log.sign(tree.size(), tree.root());
                    store.saveCheckpoint(tree.size(), OperatorsLog.ORIGIN, OperatorsLog.DAY_TWO, note.octets());
                }
            }
        }
        execute("UPDATE log_meta SET value = '" + id + "' WHERE name = 'log-id'");
    }

    /** Another request than the one that was logged, at the same time. */
    static PreparedEntry another(PreparedEntry entry) {
        return PreparedEntry.prepare(
                Entries.at(
                        Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID()),
                        Instant.ofEpochMilli(entry.leaf().atMillis())),
                IndexKey.of(new byte[32]));
    }

    static Change editing(int index) {
        return entries -> entries.set(index, another(entries.get(index)));
    }

    static Change swapping(int one, int other) {
        return entries -> Collections.swap(entries, one, other);
    }

    static Change cutting(int from) {
        return entries -> entries.subList(from, entries.size()).clear();
    }

    static Change inventing() {
        return entries -> entries.replaceAll(Insider::another);
    }

    private LogRow row(long index) throws Exception {
        try (LogSource source = SqliteLogStore.openReadOnly(file)) {
            return source.row(index).orElseThrow();
        }
    }

    private Payload payload(long index) throws Exception {
        Payload payload = row(index).payload();
        if (payload == null) {
            throw new IllegalStateException("there is no payload at " + index);
        }
        return payload;
    }

    void update(String sql, byte[] octets) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                PreparedStatement update = connection.prepareStatement(sql)) {
            update.setBytes(1, octets);
            if (update.executeUpdate() != 1) {
                throw new IllegalStateException("nothing was changed by: " + sql);
            }
        }
    }
}
