package org.wasl.messagelog.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.MessageKind;

/** A log's messages in a database, read through a bounded pool of connections. */
class JdbcLogReader extends JdbcLogSource implements LogReader {

    /** By how much a clock may have been set back between one leaf and the next without being missed by a search. */
    private static final long CLOCK_STEP_MILLIS = 3_600_000;

    private final SubjectTiers.Shape shape;

    JdbcLogReader(HikariDataSource readers, int fetchSize, SubjectTiers.Shape shape) {
        super(readers, fetchSize);
        this.shape = shape;
    }

    @Override
    public List<FoundLeaf> search(LogQuery query, long beforeIndex, int limit) throws LogStoreException {
        Instant from = query.from();
        long firstIndex = from == null ? 0 : firstIndexAt(from.toEpochMilli() - CLOCK_STEP_MILLIS, beforeIndex);
        long before = query.subjectHash() == null ? beforeIndex : Math.min(beforeIndex, head().size());
        SearchConditions conditions = new SearchConditions(query);
        byte[] subject = query.subjectHash();
        if (subject == null) {
            return select(
                    conditions.sql(),
                    statement -> conditions.bind(statement, firstIndex, beforeIndex, limit),
                    LeafColumns::found);
        }
        List<FoundLeaf> found = new ArrayList<>();
        snapshot(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(conditions.sql())) {
                about(connection, subject, firstIndex, before, true, index -> {
                    conditions.bind(statement, index, index + 1, 1);
                    return taken(statement, found, LeafColumns::found, limit);
                });
            }
        });
        return found;
    }

    private void about(
            Connection connection,
            byte[] subject,
            long from,
            long before,
            boolean newestFirst,
            SubjectSearch.Candidate candidate)
            throws SQLException, LogStoreException {
        SubjectSearch.run(connection, shape, subject, from, before, newestFirst, candidate);
    }

    /** Adds the row that this statement finds, if it finds one; whether more are wanted. */
    private static <T> boolean taken(PreparedStatement statement, List<T> found, RowReader<T> reader, int limit)
            throws SQLException, LogStoreException {
        try (ResultSet row = statement.executeQuery()) {
            if (row.next()) {
                found.add(reader.read(row));
            }
        }
        return found.size() < limit;
    }

    /** The first index that may have been logged at this instant or later: leaves stand nearly in the order of time. */
    private long firstIndexAt(long millis, long beforeIndex) throws LogStoreException {
        long low = 0;
        long high = Math.min(beforeIndex, head().size());
        while (low < high) {
            long middle = (low + high) >>> 1;
            List<Long> at = select(LogSql.AT, statement -> statement.setLong(1, middle), row -> row.getLong(1));
            if (at.isEmpty()) {
                return 0; // A damaged log is searched from its beginning.
            }
            if (at.get(0) < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public List<StoredMessage> messages(UUID messageId, int limit) throws LogStoreException {
        return selectMessages(LogSql.MESSAGES, statement -> {
            statement.setString(1, messageId.toString());
            statement.setInt(2, limit);
        });
    }

    @Override
    public Optional<StoredMessage> message(MemberId member, Direction direction, UUID messageId)
            throws LogStoreException {
        return first(LogSql.MESSAGE, member, direction, messageId);
    }

    @Override
    public Optional<StoredMessage> answer(MemberId member, Direction direction, UUID requestId)
            throws LogStoreException {
        return first(LogSql.ANSWER, member, direction, requestId);
    }

    private Optional<StoredMessage> first(String sql, MemberId member, Direction direction, UUID id)
            throws LogStoreException {
        List<StoredMessage> messages = selectMessages(sql, statement -> {
            statement.setString(1, id.toString());
            statement.setString(2, member.toString());
            statement.setString(3, direction.name());
            statement.setInt(4, 1);
        });
        return messages.stream().findFirst();
    }

    @Override
    public List<StoredMessage> correlated(String correlationId, long fromIndex, int limit) throws LogStoreException {
        return selectMessages(LogSql.CORRELATED, statement -> {
            statement.setString(1, correlationId);
            statement.setLong(2, fromIndex);
            statement.setInt(3, limit);
        });
    }

    @Override
    public Optional<StoredMessage> about(MemberId member, Direction direction, MessageKind kind, UUID requestId)
            throws LogStoreException {
        List<StoredMessage> messages = selectMessages(LogSql.ABOUT, statement -> {
            statement.setString(1, requestId.toString());
            statement.setString(2, member.toString());
            statement.setString(3, direction.name());
            statement.setString(4, kind.name());
            statement.setInt(5, 1);
        });
        return messages.stream().findFirst();
    }

    @Override
    public List<StoredMessage> deferred(Direction direction, long fromIndex, int limit) throws LogStoreException {
        return announced(
                direction == Direction.SENT ? LogSql.DEFERRED_SENT : LogSql.DEFERRED_RECEIVED,
                direction,
                fromIndex,
                limit);
    }

    @Override
    public List<StoredMessage> undelivered(Direction direction, long fromIndex, int limit) throws LogStoreException {
        return announced(
                direction == Direction.SENT ? LogSql.UNDELIVERED_SENT : LogSql.UNDELIVERED_RECEIVED,
                direction,
                fromIndex,
                limit);
    }

    private List<StoredMessage> announced(String sql, Direction direction, long fromIndex, int limit)
            throws LogStoreException {
        return selectMessages(sql, statement -> {
            statement.setString(1, direction.name());
            statement.setLong(2, fromIndex);
            statement.setInt(3, limit);
        });
    }

    @Override
    public List<StoredMessage> deliveries(long fromIndex, int limit) throws LogStoreException {
        return selectMessages(LogSql.DELIVERIES, statement -> {
            statement.setLong(1, fromIndex);
            statement.setInt(2, limit);
        });
    }

    @Override
    public List<StoredMessage> events(
            MemberId member,
            Direction direction,
            SubsystemId publisher,
            SubsystemId consumer,
            long beforeIndex,
            int limit)
            throws LogStoreException {
        return selectMessages(LogSql.EVENTS, statement -> {
            statement.setString(1, member.toString());
            statement.setString(2, direction.name());
            statement.setString(3, publisher.toString());
            statement.setString(4, consumer.toString());
            statement.setLong(5, beforeIndex);
            statement.setInt(6, limit);
        });
    }

    @Override
    public List<StoredMessage> unanswered(MessageKind kind, Direction direction, long fromIndex, int limit)
            throws LogStoreException {
        if (kind != MessageKind.REQUEST) {
            throw new IllegalArgumentException("a " + kind + " needs no answer");
        }
        String sql = direction == Direction.SENT ? LogSql.UNANSWERED_SENT : LogSql.UNANSWERED_RECEIVED;
        return selectMessages(sql, statement -> {
            statement.setString(1, direction.name());
            statement.setLong(2, fromIndex);
            statement.setInt(3, limit);
        });
    }

    @Override
    public List<StoredMessage> bySubject(byte[] subjectHash, long fromIndex, int limit) throws LogStoreException {
        List<StoredMessage> found = new ArrayList<>();
        long before = head().size();
        snapshot(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LogSql.ABOUT_SUBJECT)) {
                about(connection, subjectHash, fromIndex, before, false, index -> {
                    statement.setLong(1, index);
                    statement.setBytes(2, subjectHash);
                    return taken(statement, found, row -> LeafColumns.message(row, containers()), limit);
                });
            }
        });
        return found;
    }
}
