package org.wasl.messagelog.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.StoredMessage;

/** A log in a database, read through a bounded pool of connections. */
class JdbcLogSource implements LogSource {

    private final HikariDataSource readers;
    private final int fetchSize;

    /**
     * A log that is read through these connections.
     *
     * @param fetchSize how many rows the driver is to fetch at once within a transaction; 0 when it streams anyway
     */
    JdbcLogSource(HikariDataSource readers, int fetchSize) {
        this.readers = readers;
        this.fetchSize = fetchSize;
    }

    /** Binds a statement's parameters. */
    @FunctionalInterface
    interface Parameters {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Reads the current row. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException, LogStoreException;
    }

    @Override
    public TreeHead head() throws LogStoreException {
        List<TreeHead> heads = select(
                LogSql.SELECT_HEAD,
                statement -> {},
                row -> new TreeHead(
                        row.getLong("size"), octets(row.getBytes("root")), octets(row.getBytes("frontier"))));
        if (heads.isEmpty()) {
            throw new LogStoreException("the log has no recorded head");
        }
        return heads.get(0);
    }

    @Override
    public List<CommitMark> commits(long afterSize, int limit) throws LogStoreException {
        return select(
                LogSql.SELECT_COMMITS,
                statement -> {
                    statement.setLong(1, afterSize);
                    statement.setInt(2, limit);
                },
                row -> new CommitMark(row.getLong("size"), octets(row.getBytes("root"))));
    }

    @Override
    public void scan(long fromIndex, int limit, RowVisitor visitor) throws LogStoreException {
        try (Connection connection = readers.getConnection()) {
            if (fetchSize > 0) {
                connection.setAutoCommit(false);
            }
            try (PreparedStatement statement = connection.prepareStatement(LogSql.SCAN)) {
                statement.setFetchSize(fetchSize);
                statement.setLong(1, fromIndex);
                statement.setInt(2, limit);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        visitor.visit(LeafColumns.row(rows));
                    }
                }
            }
            if (fetchSize > 0) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new LogStoreException("the log's rows cannot be read", e);
        }
    }

    final List<StoredMessage> selectMessages(String sql, Parameters parameters) throws LogStoreException {
        return select(sql, parameters, LeafColumns::message);
    }

    final <T> List<T> select(String sql, Parameters parameters, RowReader<T> reader) throws LogStoreException {
        try (Connection connection = readers.getConnection()) {
            return select(connection, sql, parameters, reader);
        } catch (SQLException e) {
            throw new LogStoreException("the log cannot be read", e);
        }
    }

    static <T> List<T> select(Connection connection, String sql, Parameters parameters, RowReader<T> reader)
            throws SQLException, LogStoreException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            parameters.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(reader.read(rows));
                }
                return read;
            }
        }
    }

    /** A damaged row may lack octets that the schema demands: none is then what does not fit. */
    private static byte[] octets(byte @Nullable [] octets) {
        return octets == null ? new byte[0] : octets;
    }

    @Override
    public void close() {
        readers.close();
    }
}
