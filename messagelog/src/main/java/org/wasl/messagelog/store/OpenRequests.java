package org.wasl.messagelog.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.security.container.MessageKind;

/**
 * Keeps the table of what is unanswered, in the transaction that logs the messages themselves: a request is in it from
 * when it is logged until its answer is. Whatever crashes, it holds every unanswered request.
 */
final class OpenRequests {

    static final String INSERT = "INSERT INTO log_open (idx, message_id) VALUES (?, ?)";

    /**
     * Of what the answer's own member logged with the id that it answers: what that member sent, when the answer was
     * received or is its sender's own; what it received, when the answer was sent by the provider. As
     * {@link LogSql#UNANSWERED_SENT} and {@link LogSql#UNANSWERED_RECEIVED} have it.
     */
    static final String DELETE = "DELETE FROM log_open WHERE message_id = ? AND EXISTS (SELECT 1 FROM log_leaf l"
            + " WHERE l.idx = log_open.idx AND l.member = ? AND ((l.direction = 'SENT' AND (? = 'RECEIVED' OR"
            + " l.sender = ?)) OR (l.direction = 'RECEIVED' AND ? = 'SENT' AND l.provider = ?)))";

    /** Walks over all requests, once, when the table is made beside a log that is there. */
    static final String FILL = "INSERT INTO log_open (idx, message_id) SELECT l.idx, l.message_id FROM log_leaf l"
            + " WHERE l.kind = 'REQUEST' AND l.direction IN ('SENT', 'RECEIVED') AND NOT EXISTS (SELECT 1 FROM log_leaf a"
            + " WHERE a.in_reply_to = l.message_id AND a.member = l.member AND a.kind IN ('REPLY', 'FAULT')"
            + " AND ((l.direction = 'SENT' AND (a.direction = 'RECEIVED' OR (a.direction = 'SENT'"
            + " AND a.sender = l.sender))) OR (l.direction = 'RECEIVED' AND a.direction = 'SENT'"
            + " AND a.sender = l.provider)))";

    private OpenRequests() {}

    /**
     * Enters the requests among these entries and removes what the others answer.
     *
     * @param insert {@link #INSERT}
     * @param delete {@link #DELETE}
     */
    static void write(PreparedStatement insert, PreparedStatement delete, List<IndexedEntry> entries)
            throws SQLException {
        boolean asked = false;
        boolean answered = false;
        for (IndexedEntry entry : entries) {
            Leaf leaf = entry.entry().leaf();
            if (Direction.REFUSED.name().equals(leaf.direction())) {
                continue;
            }
            if (MessageKind.REQUEST.name().equals(leaf.kind())) {
                asked = true;
                insert.setLong(1, entry.index());
                insert.setString(2, leaf.messageId());
                insert.addBatch();
            } else if (leaf.inReplyTo() != null && answers(leaf)) {
                answered = true;
                bindAnswer(delete, leaf);
                delete.addBatch();
            }
        }
        if (asked) {
            insert.executeBatch();
        }
        if (answered) {
            delete.executeBatch();
        }
    }

    private static boolean answers(Leaf leaf) {
        return MessageKind.REPLY.name().equals(leaf.kind())
                || MessageKind.FAULT.name().equals(leaf.kind());
    }

    private static void bindAnswer(PreparedStatement delete, Leaf answer) throws SQLException {
        delete.setString(1, answer.inReplyTo());
        delete.setString(2, answer.member());
        delete.setString(3, answer.direction());
        delete.setString(4, answer.sender());
        delete.setString(5, answer.direction());
        delete.setString(6, answer.sender());
    }
}
