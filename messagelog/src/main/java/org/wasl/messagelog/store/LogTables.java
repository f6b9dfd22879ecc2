package org.wasl.messagelog.store;

import java.util.List;

/** The tables of a log, the same in every back end but for the types of octets and numbers. */
final class LogTables {

    /** Goes up with every change; an older program refuses a newer log. */
    static final int SCHEMA_VERSION = 3;

    /** The version before evidence; a log of it is brought up to date when it is opened for writing. */
    static final String VERSION_1 = "1";

    /** The version before subjects could be erased and checkpoints were kept; brought up to date likewise. */
    static final String VERSION_2 = "2";

    static final String META_VERSION = "schema-version";
    static final String META_LOG_ID = "log-id";

    private static final String SUBJECT_INDEX = "CREATE INDEX log_subject_hash ON log_subject (hash, idx)";

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
                        + " subject " + octets + ", commitment " + octets + " NOT NULL, leaf_hash " + octets
                        + " NOT NULL, evidence " + octets + ")",
                "CREATE UNIQUE INDEX log_leaf_once ON log_leaf (message_id, member, direction, sender)"
                        + " WHERE direction <> 'REFUSED'",
                "CREATE INDEX log_leaf_reply ON log_leaf (in_reply_to) WHERE in_reply_to IS NOT NULL",
                "CREATE INDEX log_leaf_correlation ON log_leaf (correlation_id, idx)"
                        + " WHERE correlation_id IS NOT NULL",
                "CREATE INDEX log_leaf_request ON log_leaf (direction, kind, idx) WHERE direction <> 'REFUSED'",
                // Apart from the leaves, with a retention of its own; erased, its row stays as a tombstone.
                "CREATE TABLE log_payload (idx " + number + " NOT NULL PRIMARY KEY, salt " + octets + ", container "
                        + octets + ", erased_at_millis " + number + ")",
                "CREATE TABLE log_head (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), size " + number
                        + " NOT NULL, root " + octets + " NOT NULL, frontier " + octets + " NOT NULL)",
                "CREATE TABLE log_commit (size " + number + " NOT NULL PRIMARY KEY, root " + octets + " NOT NULL)",
                evidence(types),
                subject(types),
                SUBJECT_INDEX,
                checkpoint(types));
    }

    /** The statements that bring tables of version 2 up to date. */
    static List<String> fromVersion2(ColumnTypes types) {
        return List.of(
                "DROP INDEX log_leaf_subject",
                "ALTER TABLE log_leaf RENAME COLUMN subject_hash TO subject",
                subject(types),
                SUBJECT_INDEX,
                "INSERT INTO log_subject (idx, hash) SELECT idx, subject FROM log_leaf WHERE subject IS NOT NULL",
                checkpoint(types));
    }

    /** The statements that bring tables of version 1 up to version 2. */
    static List<String> fromVersion1(ColumnTypes types) {
        return List.of("ALTER TABLE log_leaf ADD COLUMN evidence " + types.octets(), evidence(types));
    }

    /** Named by its own digest, so that it is kept once and cannot be exchanged for other. */
    private static String evidence(ColumnTypes types) {
        return "CREATE TABLE log_evidence (digest " + types.octets()
                + " NOT NULL PRIMARY KEY, kind TEXT NOT NULL, octets " + types.octets() + " NOT NULL)";
    }

    /** Apart from the leaves, so that it can be erased with the payload: a leaf only commits to it. */
    private static String subject(ColumnTypes types) {
        return "CREATE TABLE log_subject (idx " + types.number() + " NOT NULL PRIMARY KEY, hash " + types.octets()
                + " NOT NULL)";
    }

    /** A log has checkpoints of another origin after it was restored from a backup. */
    private static String checkpoint(ColumnTypes types) {
        return "CREATE TABLE log_checkpoint (size " + types.number() + " NOT NULL, origin TEXT NOT NULL, at_millis "
                + types.number() + " NOT NULL, note " + types.octets() + " NOT NULL, time_stamp " + types.octets()
                + ", PRIMARY KEY (size, origin))";
    }
}
