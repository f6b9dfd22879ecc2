package org.wasl.messagelog.store;

/** The statements of every back end. */
final class LogSql {

    static final String INSERT_LEAF =
            "INSERT INTO log_leaf (idx, leaf_format, at_millis, direction, member, message_id,"
                    + " correlation_id, kind, sender, consumer, provider, service, purpose, actor, in_reply_to, expires_millis,"
                    + " fault, subject_hash, commitment, leaf_hash, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                    + " ?, ?, ?, ?, ?, ?, ?, ?)";
    static final String INSERT_PAYLOAD = "INSERT INTO log_payload (idx, salt, container) VALUES (?, ?, ?)";

    /** Kept once: what is there already has the same octets, since it has the same name. */
    static final String INSERT_EVIDENCE =
            "INSERT INTO log_evidence (digest, kind, octets) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING";

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
    static final String SELECT_PAYLOAD = "SELECT salt, container FROM log_payload WHERE idx = ?";

    static final String FIND = "SELECT idx, member, direction, sender, message_id FROM log_leaf"
            + " WHERE direction <> 'REFUSED' AND message_id IN (";

    private static final String SELECT_ROW = "SELECT l.idx, l.leaf_format, l.at_millis, l.direction, l.member,"
            + " l.message_id, l.correlation_id, l.kind, l.sender, l.consumer, l.provider, l.service, l.purpose, l.actor,"
            + " l.in_reply_to, l.expires_millis, l.fault, l.subject_hash, l.commitment, l.leaf_hash, l.evidence, p.salt,"
            + " p.container, p.erased_at_millis FROM log_leaf l LEFT JOIN log_payload p ON p.idx = l.idx WHERE ";

    /** A refusal may lack what identifies a message: those are for auditors, not for look-ups. */
    private static final String IDENTIFIED =
            "l.message_id IS NOT NULL AND l.correlation_id IS NOT NULL AND l.kind IS NOT"
                    + " NULL AND l.sender IS NOT NULL AND l.consumer IS NOT NULL AND l.provider IS NOT NULL AND l.service IS NOT"
                    + " NULL";

    private static final String IN_ORDER = " ORDER BY l.idx LIMIT ?";

    static final String SCAN = SELECT_ROW + "l.idx >= ?" + IN_ORDER;

    static final String MESSAGES = SELECT_ROW + "l.message_id = ? AND l.direction <> 'REFUSED'" + IN_ORDER;

    static final String MESSAGE =
            SELECT_ROW + "l.message_id = ? AND l.member = ? AND l.direction = ? AND " + IDENTIFIED + IN_ORDER;

    static final String ANSWER = SELECT_ROW + "l.in_reply_to = ? AND l.member = ? AND l.direction = ?"
            + " AND l.kind IN ('REPLY', 'FAULT') AND " + IDENTIFIED + IN_ORDER;

    static final String CORRELATED = SELECT_ROW + "l.correlation_id = ? AND " + IDENTIFIED + IN_ORDER;

    static final String BY_SUBJECT = SELECT_ROW + "l.subject_hash = ? AND l.idx >= ? AND " + IDENTIFIED + IN_ORDER;

    private static final String UNANSWERED = SELECT_ROW + "l.kind = ? AND l.direction = ? AND l.direction <> 'REFUSED'"
            + " AND l.idx >= ? AND NOT EXISTS (SELECT 1 FROM log_leaf a WHERE a.in_reply_to = l.message_id"
            + " AND a.member = l.member AND a.kind IN ('REPLY', 'FAULT') AND ";

    /** Answered by what came back, or by a fault that the asking side signed itself when it gave up. */
    static final String UNANSWERED_SENT =
            UNANSWERED + "(a.direction = 'RECEIVED' OR (a.direction = 'SENT' AND a.sender = l.sender)))" + IN_ORDER;

    /** Answered by the asked side only: one member may be both, and its asking side's fault is no answer of this one. */
    static final String UNANSWERED_RECEIVED = UNANSWERED + "a.direction = 'SENT' AND a.sender = l.provider)" + IN_ORDER;

    /** The same rows from the tables of version 1, where leaves named no evidence. */
    static final String SCAN_VERSION_1 = SCAN.replace("l.evidence", "NULL AS evidence");

    private LogSql() {}
}
