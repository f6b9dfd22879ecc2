package org.wasl.messagelog.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.StoredMessage;
import org.wasl.security.certificate.RevocationEvidence;

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
            try (PreparedStatement statement = connection.prepareStatement(scan(connection))) {
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

    /** A log that nobody brought up to date is read as it is. */
    private static String scan(Connection connection) throws SQLException, LogStoreException {
        List<String> version = select(
                connection,
                LogSql.SELECT_META,
                statement -> statement.setString(1, LogTables.META_VERSION),
                row -> row.getString(1));
        return version.equals(List.of(LogTables.VERSION_1)) ? LogSql.SCAN_VERSION_1 : LogSql.SCAN;
    }

    @Override
    public Optional<RevocationEvidence> evidence(String digest) throws LogStoreException {
        byte[] name = HexFormat.of().parseHex(digest);
        List<Optional<RevocationEvidence>> found =
                select(LogSql.SELECT_EVIDENCE, statement -> statement.setBytes(1, name), row -> evidence(row, digest));
        return found.isEmpty() ? Optional.empty() : found.get(0);
    }

    private static Optional<RevocationEvidence> evidence(ResultSet row, String digest) throws SQLException {
        String kind = row.getString("kind");
        byte[] octets = row.getBytes("octets");
        // A damaged row may hold anything.
        return Arrays.stream(RevocationEvidence.Kind.values())
                .filter(known -> known.name().equals(kind) && octets != null)
                .findFirst()
                .map(known -> new RevocationEvidence(known, octets, digest));
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
