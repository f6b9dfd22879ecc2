package org.wasl.messagelog.site;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.security.agreement.QuotaCounter;
import org.wasl.security.agreement.QuotaCounts;
import org.wasl.security.registry.Quota;

/**
 * Quotas counted by all nodes of a site in one row an agreement. A count is not waited for on disk: what a crash of the
 * database takes with it is the use of the last moments.
 */
final class PostgresQuotas implements QuotaCounter {

    private final DataSource connections;

    PostgresQuotas(DataSource connections) {
        this.connections = connections;
    }

    @Override
    public boolean hasRoom(String agreement, Quota quota, Instant now) {
        return !QuotaCounts.limited(quota)
                || known(agreement)
                        .map(known ->
                                QuotaCounts.of(quota, known, now.toEpochMilli()).hasRoom(quota, now.toEpochMilli()))
                        .orElse(true);
    }

    @Override
    public Duration wait(String agreement, Quota quota, Instant now) {
        return known(agreement)
                .map(known -> QuotaCounts.of(quota, known, now.toEpochMilli()).wait(quota, now))
                .orElse(Duration.ZERO);
    }

    private Optional<QuotaCounts> known(String agreement) {
        try (Connection connection = connections.getConnection()) {
            return read(connection, SiteSql.QUOTA, agreement);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public boolean take(String agreement, Quota quota, Instant now) {
        if (!QuotaCounts.limited(quota)) {
            return true;
        }
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL synchronous_commit = off");
                boolean taken = take(connection, agreement, quota, now.toEpochMilli());
                connection.commit();
                return taken;
            } finally {
                // What was committed is not touched by it.
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static boolean take(Connection connection, String agreement, Quota quota, long now) throws SQLException {
        Optional<QuotaCounts> known = read(connection, SiteSql.QUOTA_LOCKED, agreement);
        if (known.isEmpty()) {
            try (PreparedStatement insert = connection.prepareStatement(SiteSql.QUOTA_FIRST)) {
                insert.setString(1, agreement);
                insert.executeUpdate();
            }
            known = read(connection, SiteSql.QUOTA_LOCKED, agreement);
        }
        QuotaCounts counts = QuotaCounts.of(quota, known.orElse(null), now);
        if (!counts.hasRoom(quota, now)) {
            return false;
        }
        QuotaCounts taken = counts.taken();
        try (PreparedStatement update = connection.prepareStatement(SiteSql.QUOTA_COUNTED)) {
            bind(update, 1, taken.minute());
            bind(update, 4, taken.day());
            update.setString(7, agreement);
            update.executeUpdate();
        }
        return true;
    }

    private static Optional<QuotaCounts> read(Connection connection, String sql, String agreement) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, agreement);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                long minute = row.getLong(1);
                QuotaCounts.Window minutes =
                        row.wasNull() ? null : QuotaCounts.Window.ofMinute(minute, row.getLong(2), row.getLong(3));
                long day = row.getLong(4);
                QuotaCounts.Window days =
                        row.wasNull() ? null : QuotaCounts.Window.ofDay(day, row.getLong(5), row.getLong(6));
                return Optional.of(new QuotaCounts(minutes, days));
            }
        }
    }

    private static void bind(PreparedStatement update, int from, QuotaCounts.@Nullable Window window)
            throws SQLException {
        if (window == null) {
            for (int i = 0; i < 3; i++) {
                update.setNull(from + i, Types.BIGINT);
            }
            return;
        }
        update.setLong(from, window.start());
        update.setLong(from + 1, window.current());
        update.setLong(from + 2, window.previous());
    }

    private static LogUnavailableException failed(SQLException e) {
        return new LogUnavailableException("the site's quotas cannot be counted", e);
    }
}
