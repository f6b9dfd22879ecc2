package org.wasl.messagelog.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A search as a statement and its parameters: every value is bound, no value becomes text of the statement. */
final class SearchConditions {

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    SearchConditions(LogQuery query) {
        conditions.add("l.idx >= ?");
        conditions.add("l.idx < ?");
        add("EXISTS (SELECT 1 FROM log_subject s WHERE s.idx = l.idx AND s.hash = ?)", query.subjectHash());
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

    String sql() {
        return LogSql.search(String.join(" AND ", conditions));
    }

    /** Binds them for the leaves from one index to before another. */
    void bind(PreparedStatement statement, long firstIndex, long beforeIndex, int limit) throws SQLException {
        statement.setLong(1, firstIndex);
        statement.setLong(2, beforeIndex);
        int next = 3;
        for (Object value : values) {
            if (value instanceof byte[] octets) {
                statement.setBytes(next++, octets);
            } else if (value instanceof Long number) {
                statement.setLong(next++, number);
            } else {
                statement.setString(next++, value.toString());
            }
        }
        statement.setInt(next, limit);
    }
}
