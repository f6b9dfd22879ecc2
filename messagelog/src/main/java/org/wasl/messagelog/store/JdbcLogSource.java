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
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.compact.ContainerUnpacker;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.ContainerContent;

/** A log in a database, read through a bounded pool of connections. */
class JdbcLogSource implements LogSource {

    private final HikariDataSource readers;
    private final int fetchSize;
    private final ContainerReader containers = new ContainerReader(new ContainerUnpacker());

    /** Known once it was asked for. */
    private volatile @Nullable Statements statements;

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
    public UUID logId() throws LogStoreException {
        List<String> ids = select(
                LogSql.SELECT_META,
                statement -> statement.setString(1, LogTables.META_LOG_ID),
                row -> row.getString(1));
        try {
            return UUID.fromString(ids.get(0));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NullPointerException e) {
            throw new LogStoreException("the log lacks its id", e);
        }
    }

    @Override
    public void scan(long fromIndex, int limit, RowVisitor visitor) throws LogStoreException {
        scan(Statements::rows, fromIndex, limit, row -> visitor.visit(LeafColumns.row(row, containers)));
    }

    @Override
    public void leaves(long fromIndex, int limit, LeafVisitor visitor) throws LogStoreException {
        scan(Statements::leaves, fromIndex, limit, row -> visitor.visit(LeafColumns.found(row)));
    }

    @Override
    public Optional<LogRow> row(long index) throws LogStoreException {
        List<LogRow> rows = new ArrayList<>();
        scan(index, 1, rows::add);
        return rows.stream().filter(row -> row.index() == index).findFirst();
    }

    @Override
    public List<RecordedCheckpoint> checkpoints(long fromSize, int limit) throws LogStoreException {
        if (!statements().checkpoints()) {
            return List.of();
        }
        return select(
                LogSql.CHECKPOINTS,
                statement -> {
                    statement.setLong(1, fromSize);
                    statement.setInt(2, limit);
                },
                JdbcLogSource::checkpoint);
    }

    static RecordedCheckpoint checkpoint(ResultSet row) throws SQLException {
        String origin = row.getString("origin");
        return new RecordedCheckpoint(
                row.getLong("size"),
                origin == null ? "" : origin,
                octets(row.getBytes("note")),
                row.getBytes("time_stamp"));
    }

    /** How a log's rows are read, by the version of its tables: one that nobody brought up to date is read as it is. */
    private enum Statements {
        VERSION_1(LogSql.SCAN_VERSION_1, LogSql.LEAVES_VERSION_1),
        VERSION_2(LogSql.SCAN_VERSION_2, LogSql.LEAVES_VERSION_2),
        VERSION_3(LogSql.SCAN_VERSION_3, LogSql.LEAVES),
        CURRENT(LogSql.SCAN, LogSql.LEAVES);

        private final String rows;
        private final String leaves;

        Statements(String rows, String leaves) {
            this.rows = rows;
            this.leaves = leaves;
        }

        static Statements of(String version) {
            return switch (version) {
                case LogTables.VERSION_1 -> VERSION_1;
                case LogTables.VERSION_2 -> VERSION_2;
                case LogTables.VERSION_3 -> VERSION_3;
                default -> CURRENT;
            };
        }

        /** Whether there is a table of checkpoints. */
        boolean checkpoints() {
            return this == VERSION_3 || this == CURRENT;
        }

        String rows() {
            return rows;
        }

        String leaves() {
            return leaves;
        }
    }

    /** Takes the current row. */
    @FunctionalInterface
    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException, LogStoreException;
    }

    private void scan(Function<Statements, String> sql, long fromIndex, int limit, RowConsumer consumer)
            throws LogStoreException {
        String statementText = sql.apply(statements());
        try (Connection connection = readers.getConnection()) {
            if (fetchSize > 0) {
                connection.setAutoCommit(false);
            }
            try (PreparedStatement statement = connection.prepareStatement(statementText)) {
                statement.setFetchSize(fetchSize);
                statement.setLong(1, fromIndex);
                statement.setInt(2, limit);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        consumer.accept(rows);
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

    private Statements statements() throws LogStoreException {
        Statements known = statements;
        if (known == null) {
            List<String> version = select(
                    LogSql.SELECT_META,
                    statement -> statement.setString(1, LogTables.META_VERSION),
                    row -> row.getString(1));
            known = Statements.of(version.isEmpty() ? "" : version.get(0));
            statements = known;
        }
        return known;
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

    @Override
    public Optional<ContainerContent> whole(long index) throws LogStoreException {
        if (statements() != Statements.CURRENT) {
            return Optional.empty();
        }
        List<ContainerContent> found = select(
                LogSql.LAST_CHUNK,
                statement -> statement.setLong(1, index),
                row -> new StoredChunks(this, index, row.getLong(1), row.getLong(2)));
        return found.stream().findFirst();
    }

    final List<StoredMessage> selectMessages(String sql, Parameters parameters) throws LogStoreException {
        return select(sql, parameters, row -> LeafColumns.message(row, containers));
    }

    /** Reads over one connection. */
    @FunctionalInterface
    interface SnapshotReader {
        void read(Connection connection) throws SQLException, LogStoreException;
    }

    /** Reads one state of the log, whatever is appended meanwhile. */
    final void snapshot(SnapshotReader reader) throws LogStoreException {
        try (Connection connection = readers.getConnection()) {
            connection.setAutoCommit(false);
            reader.read(connection);
            connection.commit();
        } catch (SQLException e) {
            throw new LogStoreException("the log cannot be read", e);
        }
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
    public int readers() {
        return readers.getMaximumPoolSize();
    }

    /** Reads containers of rows of any connection to this log. */
    final ContainerReader containers() {
        return containers;
    }

    @Override
    public void close() {
        readers.close();
        containers.close();
    }
}
