package org.wasl.messagelog.store;

import java.util.List;

/** The tables of a log, the same in every back end but for the types of octets and numbers. */
final class LogTables {

    /** Goes up with every change; an older program refuses a newer log. */
    static final int SCHEMA_VERSION = 5;

    /** The version before evidence; a log of it is brought up to date when it is opened for writing. */
    static final String VERSION_1 = "1";

    /** The version before subjects could be erased and checkpoints were kept; brought up to date likewise. */
    static final String VERSION_2 = "2";

    /** The version before documents, before containers were packed and indexes grew at their ends; brought up to date likewise. */
    static final String VERSION_3 = "3";

    /** The version before what is unanswered was kept apart and subjects were found in few steps; brought up to date likewise. */
    static final String VERSION_4 = "4";

    static final String META_VERSION = "schema-version";
    static final String META_LOG_ID = "log-id";

    private static final String OPEN_INDEX = "CREATE INDEX log_open_message ON log_open (message_id)";

    /** There are few among many, so what is open is found at once. Older programs keep them up without knowing them. */
    static final List<String> DEFERRAL_INDEXES = List.of(
            "CREATE INDEX IF NOT EXISTS log_leaf_interim ON log_leaf (direction, idx)"
                    + " WHERE kind = 'INTERIM' AND direction <> 'REFUSED'",
            "CREATE INDEX IF NOT EXISTS log_leaf_delivery ON log_leaf (idx)"
                    + " WHERE kind = 'DELIVERY' AND direction <> 'REFUSED'",
            "CREATE INDEX IF NOT EXISTS log_leaf_event ON log_leaf (member, direction, provider, consumer, idx)"
                    + " WHERE kind = 'EVENT' AND direction <> 'REFUSED'");

    /** What keeps a message from being logged twice. */
    static final String ONCE_INDEX = "log_leaf_once";

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
                "CREATE UNIQUE INDEX " + ONCE_INDEX + " ON log_leaf (message_id, member, direction, sender)"
                        + " WHERE direction <> 'REFUSED'",
                "CREATE INDEX log_leaf_reply ON log_leaf (in_reply_to) WHERE in_reply_to IS NOT NULL",
                "CREATE INDEX log_leaf_correlation ON log_leaf (correlation_id, idx)"
                        + " WHERE correlation_id IS NOT NULL",
                open(types),
                OPEN_INDEX,
                // Apart from the leaves, with a retention of its own; erased, its row stays as a tombstone.
                "CREATE TABLE log_payload (idx " + number + " NOT NULL PRIMARY KEY, salt " + octets + ", container "
                        + octets + ", erased_at_millis " + number + ", codec INTEGER NOT NULL DEFAULT 0, dictionary "
                        + number + " NOT NULL DEFAULT 0)",
                dictionary(types),
                "CREATE TABLE log_head (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), size " + number
                        + " NOT NULL, root " + octets + " NOT NULL, frontier " + octets + " NOT NULL)",
                "CREATE TABLE log_commit (size " + number + " NOT NULL PRIMARY KEY, root " + octets + " NOT NULL)",
                evidence(types),
                subject(types),
                subjectTier(types),
                subjectBlock(types),
                checkpoint(types),
                chunk(types));
    }

    /** The statements that bring tables of version 4 up to date; the index of subjects is made once the log is open. */
    static List<String> fromVersion4(ColumnTypes types) {
        return List.of(
                "DROP INDEX IF EXISTS log_leaf_request",
                "DROP INDEX IF EXISTS log_subject_run",
                open(types),
                OPEN_INDEX,
                OpenRequests.FILL,
                subjectTier(types),
                subjectBlock(types));
    }

    /** The statements that bring tables of version 3 up to version 4, but for indexes that version 5 lacks. */
    static List<String> fromVersion3(ColumnTypes types) {
        return List.of(
                "ALTER TABLE log_payload ADD COLUMN codec INTEGER NOT NULL DEFAULT 0",
                "ALTER TABLE log_payload ADD COLUMN dictionary " + types.number() + " NOT NULL DEFAULT 0",
                dictionary(types),
                "DROP INDEX log_leaf_request",
                "DROP INDEX log_subject_hash",
                chunk(types));
    }

    /** The statements that bring tables of version 2 up to version 3. */
    static List<String> fromVersion2(ColumnTypes types) {
        return List.of(
                "DROP INDEX log_leaf_subject",
                "ALTER TABLE log_leaf RENAME COLUMN subject_hash TO subject",
                subject(types),
                "CREATE INDEX log_subject_hash ON log_subject (hash, idx)",
                "INSERT INTO log_subject (idx, hash) SELECT idx, subject FROM log_leaf WHERE subject IS NOT NULL",
                checkpoint(types));
    }

    /** The statements that bring tables of version 1 up to version 2. */
    static List<String> fromVersion1(ColumnTypes types) {
        return List.of("ALTER TABLE log_leaf ADD COLUMN evidence " + types.octets(), evidence(types));
    }

    /** What containers were packed with. Needed to read them, so a row is never changed. */
    private static String dictionary(ColumnTypes types) {
        return "CREATE TABLE log_dictionary (id " + types.number() + " NOT NULL PRIMARY KEY, octets " + types.octets()
                + " NOT NULL)";
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

    /**
     * What is unanswered: every request of which no answer was logged after it. The walk over all requests answers the
     * same; this makes it short.
     */
    private static String open(ColumnTypes types) {
        return "CREATE TABLE log_open (idx " + types.number() + " NOT NULL PRIMARY KEY, message_id TEXT NOT NULL)";
    }

    /** How far the index of subjects has come, see {@link SubjectTiers}. */
    private static String subjectTier(ColumnTypes types) {
        return "CREATE TABLE log_subject_tier (tier INTEGER NOT NULL PRIMARY KEY, runs " + types.number()
                + " NOT NULL, merged_to " + types.octets() + ", cleared " + types.number() + " NOT NULL)";
    }

    private static String subjectBlock(ColumnTypes types) {
        return "CREATE TABLE log_subject_block (tier INTEGER NOT NULL, run " + types.number() + " NOT NULL, low "
                + types.octets() + " NOT NULL, entries " + types.octets()
                + " NOT NULL, PRIMARY KEY (tier, run, low))";
    }

    /** A container with a document, whole, in pieces that fit into memory; beside its payload, erased with it. */
    private static String chunk(ColumnTypes types) {
        return "CREATE TABLE log_chunk (idx " + types.number() + " NOT NULL, part INTEGER NOT NULL, octets "
                + types.octets() + " NOT NULL, PRIMARY KEY (idx, part))";
    }

    /** A log has checkpoints of another origin after it was restored from a backup. */
    private static String checkpoint(ColumnTypes types) {
        return "CREATE TABLE log_checkpoint (size " + types.number() + " NOT NULL, origin TEXT NOT NULL, at_millis "
                + types.number() + " NOT NULL, note " + types.octets() + " NOT NULL, time_stamp " + types.octets()
                + ", PRIMARY KEY (size, origin))";
    }
}
