package org.wasl.messagelog.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A search as a statement and its parameters: every value is bound, no value becomes text of the statement. */
final class SearchConditions {

    /** Octets of the keyed hash that stand in the index. */
    private static final int SUBJECT_PREFIX_BYTES = 8;

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    SearchConditions(LogQuery query, long firstIndex, long beforeIndex) {
        byte[] subject = query.subjectHash();
        if (subject != null) {
            conditions.add(LogSql.aboutSubject());
            values.addAll(subjectValues(subject, firstIndex, beforeIndex));
        }
        add("l.idx >= ?", firstIndex);
        add("l.idx < ?", beforeIndex);
        add("l.direction = ?", query.direction());
        add("l.kind = ?", query.kind());
        add("l.consumer = ?", query.consumer());
        add("l.provider = ?", query.provider());
        add("l.service = ?", query.service());
        add("l.purpose = ?", query.purpose());
        add("l.actor = ?", query.actor());
        add("l.fault = ?", query.fault());
        add("l.correlation_id = ?", query.correlationId());
        add("l.at_millis >= ?", millis(query.from()));
        add("l.at_millis < ?", millis(query.to()));
    }

    private void add(String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /** What the condition of being about a subject takes, for the leaves from one index to before another. */
    static List<Object> subjectValues(byte[] hash, long firstIndex, long beforeIndex) {
        return List.of(
                firstIndex / LogTables.SUBJECT_RUN,
                Math.max(0, beforeIndex - 1) / LogTables.SUBJECT_RUN,
                Arrays.copyOf(hash, Math.min(hash.length, SUBJECT_PREFIX_BYTES)),
                hash);
    }

    String sql() {
        return LogSql.search(String.join(" AND ", conditions));
    }

    void bind(PreparedStatement statement, int limit) throws SQLException {
        int next = bind(statement, values);
        statement.setInt(next, limit);
    }

    /** Binds these from the first parameter on; the number of the next one. */
    static int bind(PreparedStatement statement, List<Object> values) throws SQLException {
        int next = 1;
        for (Object value : values) {
            if (value instanceof byte[] octets) {
                statement.setBytes(next++, octets);
            } else if (value instanceof Long number) {
                statement.setLong(next++, number);
            } else {
                statement.setString(next++, value.toString());
            }
        }
        return next;
    }
}
