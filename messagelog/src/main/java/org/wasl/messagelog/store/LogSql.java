package org.wasl.messagelog.store;

/** The statements of every back end. */
final class LogSql {

    static final String INSERT_LEAF =
            "INSERT INTO log_leaf (idx, leaf_format, at_millis, direction, member, message_id,"
                    + " correlation_id, kind, sender, consumer, provider, service, purpose, actor, in_reply_to, expires_millis,"
                    + " fault, subject, commitment, leaf_hash, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                    + " ?, ?, ?, ?, ?, ?, ?, ?)";
    static final String INSERT_PAYLOAD =
            "INSERT INTO log_payload (idx, salt, container, codec, dictionary) VALUES (?, ?, ?, ?, ?)";

    /** Kept once: what is there already has the same octets, since it has the same name. */
    static final String INSERT_EVIDENCE =
            "INSERT INTO log_evidence (digest, kind, octets) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING";

    static final String INSERT_DICTIONARY = "INSERT INTO log_dictionary (id, octets) VALUES (?, ?)";

    static final String SELECT_DICTIONARY = "SELECT octets FROM log_dictionary WHERE id = ?";

    static final String NEWEST_DICTIONARY = "SELECT id, octets FROM log_dictionary ORDER BY id DESC LIMIT 1";

    static final String SELECT_EVIDENCE = "SELECT kind, octets FROM log_evidence WHERE digest = ?";

    static final String INSERT_COMMIT = "INSERT INTO log_commit (size, root) VALUES (?, ?)";
    static final String INSERT_HEAD = "INSERT INTO log_head (id, size, root, frontier) VALUES (1, ?, ?, ?)";
    static final String INSERT_META = "INSERT INTO log_meta (name, value) VALUES (?, ?)";

    /** The size it goes on from stands in the condition: a second writer would find no row. */
    static final String UPDATE_HEAD = "UPDATE log_head SET size = ?, root = ?, frontier = ? WHERE id = 1 AND size = ?";

    static final String ERASE = "UPDATE log_payload SET salt = NULL, container = NULL, erased_at_millis = ?"
            + " WHERE idx = ? AND erased_at_millis IS NULL";

    static final String UPDATE_META = "UPDATE log_meta SET value = ? WHERE name = ?";
    static final String SELECT_META = "SELECT value FROM log_meta WHERE name = ?";
    static final String SELECT_HEAD = "SELECT size, root, frontier FROM log_head WHERE id = 1";
    static final String SELECT_COMMITS = "SELECT size, root FROM log_commit WHERE size > ? ORDER BY size LIMIT ?";
    static final String SELECT_PAYLOAD = "SELECT salt, container, codec, dictionary FROM log_payload WHERE idx = ?";

    static final String FIND = "SELECT idx, member, direction, sender, message_id FROM log_leaf"
            + " WHERE direction <> 'REFUSED' AND message_id IN (";

    private static final String SELECT_LEAF = "SELECT l.idx, l.leaf_format, l.at_millis, l.direction, l.member,"
            + " l.message_id, l.correlation_id, l.kind, l.sender, l.consumer, l.provider, l.service, l.purpose, l.actor,"
            + " l.in_reply_to, l.expires_millis, l.fault, l.subject, l.commitment, l.leaf_hash, l.evidence,"
            + " p.erased_at_millis";

    private static final String SELECT_ROW = SELECT_LEAF + ", p.salt, p.container, p.codec,"
            + " p.dictionary, s.hash AS subject_hash"
            + " FROM log_leaf l LEFT JOIN log_payload p ON p.idx = l.idx LEFT JOIN log_subject s ON s.idx = l.idx WHERE ";

    /** Without what may be long. */
    private static final String SELECT_FOUND =
            SELECT_LEAF + " FROM log_leaf l LEFT JOIN log_payload p ON p.idx = l.idx WHERE ";

    /** A refusal may lack what identifies a message: those are for auditors, not for look-ups. */
    private static final String IDENTIFIED =
            "l.message_id IS NOT NULL AND l.correlation_id IS NOT NULL AND l.kind IS NOT"
                    + " NULL AND l.sender IS NOT NULL AND l.consumer IS NOT NULL AND l.provider IS NOT NULL AND l.service IS NOT"
                    + " NULL";

    private static final String IN_ORDER = " ORDER BY l.idx LIMIT ?";

    private static final String OPEN_IN_ORDER = " ORDER BY o.idx LIMIT ?";

    static final String SCAN = SELECT_ROW + "l.idx >= ?" + IN_ORDER;

    static final String MESSAGES = SELECT_ROW + "l.message_id = ? AND l.direction <> 'REFUSED'" + IN_ORDER;

    static final String MESSAGE =
            SELECT_ROW + "l.message_id = ? AND l.member = ? AND l.direction = ? AND " + IDENTIFIED + IN_ORDER;

    static final String ANSWER = SELECT_ROW + "l.in_reply_to = ? AND l.member = ? AND l.direction = ?"
            + " AND l.kind IN ('REPLY', 'FAULT') AND " + IDENTIFIED + IN_ORDER;

    static final String CORRELATED = SELECT_ROW + "l.correlation_id = ? AND l.idx >= ? AND " + IDENTIFIED + IN_ORDER;

    static final String ABOUT =
            SELECT_ROW + "l.in_reply_to = ? AND l.member = ? AND l.direction = ? AND l.kind = ? AND " + IDENTIFIED
                    + " ORDER BY l.idx DESC LIMIT ?";

    /** The leaf at this index, if it is about this subject and identified. */
    static final String ABOUT_SUBJECT = SELECT_ROW + "l.idx = ? AND s.hash = ? AND " + IDENTIFIED;

    /** What was answered before it was asked stands in the table of what is open, too. */
    private static final String UNANSWERED =
            SELECT_ROW.replace("FROM log_leaf l", "FROM log_open o CROSS JOIN log_leaf l")
                    + "l.idx = o.idx AND l.kind = 'REQUEST' AND l.direction = ? AND l.direction <> 'REFUSED'"
                    + " AND o.idx >= ? AND NOT EXISTS (SELECT 1 FROM log_leaf a WHERE a.in_reply_to = l.message_id"
                    + " AND a.member = l.member AND a.kind IN ('REPLY', 'FAULT') AND ";

    /** Answered by what came back, or by a fault that the asking side signed itself when it gave up. */
    static final String UNANSWERED_SENT = UNANSWERED
            + "(a.direction = 'RECEIVED' OR (a.direction = 'SENT' AND a.sender = l.sender)))" + OPEN_IN_ORDER;

    /** Answered by the asked side only: one member may be both, and its asking side's fault is no answer of this one. */
    static final String UNANSWERED_RECEIVED =
            UNANSWERED + "a.direction = 'SENT' AND a.sender = l.provider)" + OPEN_IN_ORDER;

    private static final String INTERIM =
            SELECT_ROW + "l.kind = 'INTERIM' AND l.direction = ?" + " AND l.direction <> 'REFUSED' AND l.idx >= ? AND ";
    private static final String ANSWER_AFTER = "EXISTS (SELECT 1 FROM log_leaf a WHERE a.in_reply_to = l.in_reply_to"
            + " AND a.member = l.member AND a.kind IN ('REPLY', 'FAULT') AND ";
    /** Answered by what came back, or by a fault that the asking side signed itself when it gave up. */
    private static final String RECEIVED_ANSWER =
            ANSWER_AFTER + "(a.direction = 'RECEIVED' OR (a.direction = 'SENT' AND a.sender = l.consumer)))";

    private static final String SENT_ANSWER = ANSWER_AFTER + "a.direction = 'SENT' AND a.sender = l.sender)";
    /** The requester is the same member for what it received, and any for what a composing member answered. */
    private static final String NO_DELIVERY = " AND NOT EXISTS (SELECT 1 FROM log_leaf d WHERE d.in_reply_to ="
            + " l.in_reply_to AND d.kind = 'DELIVERY' AND d.direction = 'SENT' AND d.sender = l.consumer)";

    static final String DEFERRED_SENT = INTERIM + "NOT " + SENT_ANSWER + IN_ORDER;
    static final String DEFERRED_RECEIVED = INTERIM + "NOT " + RECEIVED_ANSWER + IN_ORDER;
    static final String UNDELIVERED_SENT = INTERIM + SENT_ANSWER + NO_DELIVERY + IN_ORDER;
    static final String UNDELIVERED_RECEIVED = INTERIM + RECEIVED_ANSWER + NO_DELIVERY + IN_ORDER;
    static final String DELIVERIES =
            SELECT_ROW + "l.kind = 'DELIVERY' AND l.direction <> 'REFUSED' AND l.idx >= ?" + IN_ORDER;

    static final String EVENTS = SELECT_ROW + "l.kind = 'EVENT' AND l.direction <> 'REFUSED' AND l.member = ?"
            + " AND l.direction = ? AND l.provider = ? AND l.consumer = ? AND l.idx < ? ORDER BY l.idx DESC LIMIT ?";

    static final String ROW = SELECT_ROW + "l.idx = ?";

    static final String LEAVES = SELECT_FOUND + "l.idx >= ?" + IN_ORDER;

    /** The same rows from the tables of version 3, where every container stood as it is. */
    static final String SCAN_VERSION_3 = version3(SCAN);

    /** The same rows from the tables of version 2, where the subject's keyed hash stood in the leaf. */
    static final String SCAN_VERSION_2 = version2(SCAN_VERSION_3);

    /** The same rows from the tables of version 1, where leaves named no evidence either. */
    static final String SCAN_VERSION_1 = version1(SCAN_VERSION_2);

    static final String LEAVES_VERSION_2 = version2(LEAVES);

    static final String LEAVES_VERSION_1 = version1(LEAVES_VERSION_2);

    static final String INSERT_SUBJECT = "INSERT INTO log_subject (idx, hash) VALUES (?, ?)";

    static final String INSERT_CHUNK = "INSERT INTO log_chunk (idx, part, octets) VALUES (?, ?, ?)";

    static final String LAST_CHUNK =
            "SELECT part, length(octets) FROM log_chunk WHERE idx = ? ORDER BY part DESC LIMIT 1";

    /** One that is larger than any that we wrote is none of ours, and must not fill the memory. */
    static final String SELECT_CHUNK =
            "SELECT octets FROM log_chunk WHERE idx = ? AND part = ? AND length(octets) <= " + StoredChunks.CHUNK_BYTES;

    static final String ERASE_CHUNKS = "DELETE FROM log_chunk WHERE idx = ?";

    static final String ERASE_SUBJECT = "DELETE FROM log_subject WHERE idx = ?";

    /** Whose payload is there still, of one service, logged before an instant. */
    static final String ERASABLE = "SELECT l.idx FROM log_leaf l JOIN log_payload p ON p.idx = l.idx"
            + " WHERE l.idx >= ? AND l.service = ? AND l.at_millis < ? AND p.erased_at_millis IS NULL" + IN_ORDER;

    /** What is of the same size and origin is the same checkpoint, with more cosignatures. */
    static final String SAVE_CHECKPOINT =
            "INSERT INTO log_checkpoint (size, origin, at_millis, note) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (size, origin) DO UPDATE SET note = excluded.note";

    static final String SAVE_TIME_STAMP = "UPDATE log_checkpoint SET time_stamp = ? WHERE size = ? AND origin = ?";

    private static final String SELECT_CHECKPOINT = "SELECT size, origin, note, time_stamp FROM log_checkpoint";

    static final String CHECKPOINTS = SELECT_CHECKPOINT + " WHERE size >= ? ORDER BY size, at_millis LIMIT ?";

    private static final String NEWEST = " ORDER BY size DESC, at_millis DESC LIMIT 1";

    static final String LATEST_CHECKPOINT = SELECT_CHECKPOINT + NEWEST;

    static final String LATEST_STAMPED = SELECT_CHECKPOINT + " WHERE time_stamp IS NOT NULL" + NEWEST;

    /** When the leaf at this index was logged. */
    static final String AT = "SELECT at_millis FROM log_leaf WHERE idx = ?";

    /** The leaves that meet these conditions, newest first. */
    static String search(String conditions) {
        return SELECT_FOUND + conditions + " ORDER BY l.idx DESC LIMIT ?";
    }

    private static String version3(String sql) {
        return sql.replace("p.codec, p.dictionary", "0 AS codec, 0 AS dictionary");
    }

    private static String version2(String sql) {
        return sql.replace("l.subject,", "l.subject_hash AS subject,")
                .replace("s.hash AS subject_hash", "l.subject_hash AS subject_hash")
                .replace(" LEFT JOIN log_subject s ON s.idx = l.idx", "");
    }

    private static String version1(String sql) {
        return sql.replace("l.evidence", "NULL AS evidence");
    }

    private LogSql() {}
}
