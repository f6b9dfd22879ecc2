package org.wasl.messagelog.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;
import org.wasl.messagelog.compact.ContainerPacker;

/**
 * A log in PostgreSQL, for a node beyond one machine. It refuses a server that does not synchronise to disk. The session
 * that writes holds an advisory lock, so that two nodes cannot write one log.
 */
public final class PostgresLogStore extends JdbcLogStore {

    private static final LogTables.ColumnTypes TYPES = new LogTables.ColumnTypes("BYTEA", "BIGINT");

    /** Rows fetched at once while scanning: each may carry a container. */
    private static final int FETCH_ROWS = 16;

    /** How many connections read another node's log at once. */
    private static final int SIBLING_READERS = 2;

    private static final String UNIQUE_VIOLATION = "23505";

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** How long one who opens the log waits for its last writer's session to end. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(3);

    private PostgresLogStore(
            HikariDataSource readers, Connection writer, UUID logId, ContainerPacker packer, SubjectIndex subjects) {
        super(readers, FETCH_ROWS, writer, logId, packer, subjects);
    }

    /**
     * Opens the log for writing; makes its tables when they are not there.
     *
     * @throws LogStoreException when it cannot be opened, is of another version, another process writes it, or the
     *     server runs without {@code fsync} or {@code full_page_writes}
     */
    public static PostgresLogStore open(PostgresSettings settings) throws LogStoreException {
        Connection writer = null;
        boolean opened = false;
        try {
            writer = source(settings).getConnection();
            requireDurable(writer);
            takeLock(writer);
            boolean exists = value(writer, "SELECT CAST(to_regclass('log_meta') IS NOT NULL AS TEXT)")
                    .equals("true");
            UUID logId = prepare(writer, exists, TYPES);
            ContainerPacker packer = packer(writer, ContainerPacker.best());
            SubjectIndex subjects = subjects(writer, SubjectTiers.Shape.STANDARD);
            PostgresLogStore store = new PostgresLogStore(readers(settings), writer, logId, packer, subjects);
            opened = true;
            return store;
        } catch (SQLException e) {
            throw new LogStoreException("the log in PostgreSQL cannot be opened", e);
        } finally {
            if (!opened) {
                closeQuietly(writer);
            }
        }
    }

    /**
     * Opens the log for verifying, read-only.
     *
     * @throws LogStoreException when it cannot be reached
     */
    public static LogSource openReadOnly(PostgresSettings settings) throws LogStoreException {
        try {
            return new JdbcLogSource(readers(settings), FETCH_ROWS);
        } catch (SQLException e) {
            throw new LogStoreException("the log in PostgreSQL cannot be read", e);
        }
    }

    /**
     * Opens the log of another node in the same database for reading.
     *
     * @param settings how this node reaches its own log
     * @param schema the other log's schema
     * @throws LogStoreException when it cannot be reached
     */
    public static LogReader openSibling(PostgresSettings settings, String schema) throws LogStoreException {
        try {
            PGSimpleDataSource source = source(settings);
            source.setCurrentSchema(schema);
            return new JdbcLogReader(pool(source, settings, SIBLING_READERS), FETCH_ROWS, SubjectTiers.Shape.STANDARD);
        } catch (SQLException e) {
            throw new LogStoreException("another node's log in PostgreSQL cannot be read", e);
        }
    }

    /**
     * Sessions beside the log, whose commits are durable once they return.
     *
     * @param name what they are for
     * @throws SQLException when there is no connection
     */
    public static HikariDataSource sessions(PostgresSettings settings, String name, int most) throws SQLException {
        PGSimpleDataSource source = source(settings);
        source.setApplicationName("wasl-" + name);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setDataSource(source);
        pool.setConnectionInitSql("SET synchronous_commit = on");
        pool.setMaximumPoolSize(most);
        pool.setConnectionTimeout(settings.timeout().toMillis());
        return opened(pool);
    }

    /**
     * The schema of a log in the database of this session, which synchronises to disk.
     *
     * @throws LogStoreException when it does not, or these settings name no schema
     */
    public static String durableSchema(Connection connection, PostgresSettings log)
            throws SQLException, LogStoreException {
        requireDurable(connection);
        String schema = source(log).getCurrentSchema();
        if (schema == null || schema.contains(",")) {
            throw new LogStoreException("the URL of a log in a site names its one schema (currentSchema)");
        }
        return schema;
    }

    /** What was erased is dead in its table until it is vacuumed; its space is then overwritten by what comes. */
    @Override
    public void scrub() throws LogStoreException {
        synchronized (writer()) {
            try (Statement statement = writer().createStatement()) {
                statement.execute("VACUUM log_payload, log_subject, log_subject_tier, log_subject_block, log_chunk");
            } catch (SQLException e) {
                throw new LogStoreException("what was erased cannot be cleared away", e);
            }
        }
    }

    @Override
    boolean saysLoggedBefore(SQLException failure) {
        for (SQLException e = failure; e != null; e = e.getNextException()) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())
                    && String.valueOf(e.getMessage()).contains(LogTables.ONCE_INDEX)) {
                return true;
            }
        }
        return false;
    }

    private static PGSimpleDataSource source(PostgresSettings settings) {
        int seconds = Math.toIntExact(settings.timeout().toSeconds());
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(settings.url());
        source.setUser(settings.user());
        source.setPassword(settings.password());
        source.setConnectTimeout(seconds);
        source.setSocketTimeout(seconds);
        source.setTcpKeepAlive(true);
        source.setReWriteBatchedInserts(true);
        source.setApplicationName("wasl-message-log");
        return source;
    }

    private static HikariDataSource readers(PostgresSettings settings) throws SQLException {
        // Whoever verifies reads evidence while rows are being read.
        return pool(source(settings), settings, Math.max(2, settings.readers()));
    }

    private static HikariDataSource pool(PGSimpleDataSource source, PostgresSettings settings, int readers)
            throws SQLException {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("message-log-readers");
        pool.setDataSource(source);
        pool.setReadOnly(true);
        // What is read in several steps is one state of the log.
        pool.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        pool.setMaximumPoolSize(readers);
        pool.setConnectionTimeout(settings.timeout().toMillis());
        return opened(pool);
    }

    private static HikariDataSource opened(HikariConfig pool) throws SQLException {
        try {
            return new HikariDataSource(pool);
        } catch (HikariPool.PoolInitializationException e) {
            throw new SQLException("no connection to " + pool.getPoolName(), e);
        }
    }

    private static void requireDurable(Connection writer) throws SQLException, LogStoreException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("SET synchronous_commit = on");
        }
        for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            if (!value(writer, "SHOW " + setting).equals("on")) {
                throw new LogStoreException(
                        "the PostgreSQL server runs with " + setting + " off: what it commits may be lost");
            }
        }
    }

    /**
     * Waits a moment for it: the server notices some time after a session has gone, also one that was closed in order,
     * that its lock is free.
     */
    private static void takeLock(Connection writer) throws SQLException, LogStoreException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("SET lock_timeout = '" + LOCK_PATIENCE.toMillis() + "ms'");
            statement.execute("SELECT pg_advisory_lock(hashtextextended('wasl message log ' || current_schema(), 0))");
            statement.execute("RESET lock_timeout");
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw new LogStoreException("another process has this log open for writing", e);
            }
            throw e;
        }
    }

    private static String value(Connection writer, String sql) throws SQLException, LogStoreException {
        return select(writer, sql, statement -> {}, row -> row.getString(1)).get(0);
    }
}
