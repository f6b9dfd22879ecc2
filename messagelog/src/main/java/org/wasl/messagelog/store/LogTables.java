package org.wasl.messagelog.store;

import java.util.List;

/**
 * The tables of a log, the same in every back end but for the type of octets. {@code log_commit} is what checkpoints
 * will sign; their own tables, and those of cosignatures and tiles, come with the schema's next version.
 */
final class LogTables {

    /** Goes up with every change; an older program refuses a newer log. */
    static final int SCHEMA_VERSION = 2;

    /** The version before evidence; a log of it is brought up to date when it is opened for writing. */
    static final String VERSION_1 = "1";

    static final String META_VERSION = "schema-version";
    static final String META_LOG_ID = "log-id";

    private LogTables() {}

    /**
     * What a back end calls the types that differ.
     *
     * @param octets octets of any length
     * @param number integers of 64 bits
     */
    record ColumnTypes(String octets, String number) {}

    /** The statements that make an empty log's tables. */
    static List<String> create(ColumnTypes types) {
        String octets = types.octets();
        String number = types.number();
        return List.of(
                "CREATE TABLE log_meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL)",
                "CREATE TABLE log_leaf (idx " + number + " NOT NULL PRIMARY KEY, leaf_format INTEGER NOT NULL,"
                        + " at_millis " + number
                        + " NOT NULL, direction TEXT NOT NULL, member TEXT NOT NULL, message_id TEXT,"
                        + " correlation_id TEXT, kind TEXT, sender TEXT, consumer TEXT, provider TEXT, service TEXT,"
                        + " purpose TEXT, actor TEXT, in_reply_to TEXT, expires_millis " + number + ", fault TEXT,"
                        + " subject_hash " + octets + ", commitment " + octets + " NOT NULL, leaf_hash " + octets
                        + " NOT NULL, evidence " + octets + ")",
                "CREATE UNIQUE INDEX log_leaf_once ON log_leaf (message_id, member, direction, sender)"
                        + " WHERE direction <> 'REFUSED'",
                "CREATE INDEX log_leaf_reply ON log_leaf (in_reply_to) WHERE in_reply_to IS NOT NULL",
                "CREATE INDEX log_leaf_correlation ON log_leaf (correlation_id, idx)"
                        + " WHERE correlation_id IS NOT NULL",
                "CREATE INDEX log_leaf_request ON log_leaf (direction, kind, idx) WHERE direction <> 'REFUSED'",
                "CREATE INDEX log_leaf_subject ON log_leaf (subject_hash, idx) WHERE subject_hash IS NOT NULL",
                // Apart from the leaves, with a retention of its own; erased, its row stays as a tombstone.
                "CREATE TABLE log_payload (idx " + number + " NOT NULL PRIMARY KEY, salt " + octets + ", container "
                        + octets + ", erased_at_millis " + number + ")",
                "CREATE TABLE log_head (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), size " + number
                        + " NOT NULL, root " + octets + " NOT NULL, frontier " + octets + " NOT NULL)",
                "CREATE TABLE log_commit (size " + number + " NOT NULL PRIMARY KEY, root " + octets + " NOT NULL)",
                evidence(types));
    }

    /** The statements that bring tables of version 1 up to date. */
    static List<String> fromVersion1(ColumnTypes types) {
        return List.of("ALTER TABLE log_leaf ADD COLUMN evidence " + types.octets(), evidence(types));
    }

    /** Named by its own digest, so that it is kept once and cannot be exchanged for other. */
    private static String evidence(ColumnTypes types) {
        return "CREATE TABLE log_evidence (digest " + types.octets()
                + " NOT NULL PRIMARY KEY, kind TEXT NOT NULL, octets " + types.octets() + " NOT NULL)";
    }
}
