package org.wasl.messagelog.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.wasl.messagelog.compact.Coding;
import org.wasl.messagelog.compact.ContainerPacker;
import org.wasl.security.container.ContainerContent;

/**
 * A log in one SQLite file, for a node on one machine. Write-ahead logging with {@code synchronous=FULL}: every commit
 * is synchronised to disk before it returns.
 */
public final class SqliteLogStore extends JdbcLogStore {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteLogStore.class);

    /** Only a primary key of exactly this type is the row's own number, without an index beside the table. */
    private static final LogTables.ColumnTypes TYPES = new LogTables.ColumnTypes("BLOB", "INTEGER");

    private static final int READERS = 4;
    private static final int MAX_VERIFIERS = 34;
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;
    private static final int READER_TIMEOUT_MILLIS = 10_000;
    private static final int JOURNAL_LIMIT_BYTES = 64 << 20;
    /** Of a new log: a packed container and its neighbours fill such a page better than a smaller one. */
    private static final int PAGE_BYTES = 16 * 1024;

    /** Holds the ends of all indexes, and more. */
    private static final int CACHE_KIB = 16 * 1024;

    private static final String SYNCHRONOUS_FULL = "2";

    /** How much may wait in the write-ahead log: the more, the fewer pages are written twice. */
    private static final long CHECKPOINT_BYTES = 8L * 1024 * 1024;

    /** What a commit takes of the write-ahead log beside its entries: the last page of each table and index. */
    private static final int COMMIT_BYTES = 64 * 1024;

    /** What an entry takes beside its container: leaf, hashes, indexes. */
    private static final int ENTRY_BYTES = 2 * 1024;

    /** By about how much containers shrink. */
    private static final int PACKED = 2;

    private final WriterLock lock;
    private long octetsSinceCheckpoint;

    private SqliteLogStore(
            HikariDataSource readers,
            Connection writer,
            UUID logId,
            ContainerPacker packer,
            SubjectIndex subjects,
            WriterLock lock) {
        super(readers, 0, writer, logId, packer, subjects);
        this.lock = lock;
    }

    /**
     * Opens the log in this file for writing; makes it, readable by its owner only, when it is not there.
     *
     * @throws LogStoreException when it cannot be opened, is of another version, or another process writes it
     */
    public static SqliteLogStore open(Path file) throws LogStoreException {
        return open(file, ContainerPacker.best());
    }

    /**
     * The same with an index of subjects of this shape, which must be that of the log's first opening.
     */
    static SqliteLogStore open(Path file, SubjectTiers.Shape shape) throws LogStoreException {
        return open(file, ContainerPacker.best(), shape);
    }

    /**
     * The same, packing containers in this way.
     */
    static SqliteLogStore open(Path file, Coding coding) throws LogStoreException {
        return open(file, coding, SubjectTiers.Shape.STANDARD);
    }

    private static SqliteLogStore open(Path file, Coding coding, SubjectTiers.Shape shape) throws LogStoreException {
        WriterLock lock = null;
        Connection writer = null;
        boolean opened = false;
        try {
            lock = WriterLock.take(file.resolveSibling(file.getFileName() + ".lock"));
            createOwnerOnly(file);
            writer = writer(file);
            UUID logId = prepare(writer, hasTables(writer), TYPES);
            ContainerPacker packer = packer(writer, coding);
            SubjectIndex subjects = subjects(writer, shape);
            SqliteLogStore store =
                    new SqliteLogStore(readers(url(file, "?mode=ro"), READERS), writer, logId, packer, subjects, lock);
            opened = true;
            return store;
        } catch (IOException | SQLException e) {
            throw new LogStoreException("the log " + file + " cannot be opened", e);
        } finally {
            if (!opened) {
                closeQuietly(writer, lock);
            }
        }
    }

    /**
     * Opens the log in this file for verifying, read-only: it may be a copy, or the log of a running node. A copy of a
     * running node's log needs the {@code -wal} file that lies beside it.
     *
     * @throws LogStoreException when there is no such log, or it cannot be read
     */
    public static LogSource openReadOnly(Path file) throws LogStoreException {
        if (!Files.isRegularFile(file)) {
            throw new LogStoreException("there is no log " + file);
        }
        Path journal = file.resolveSibling(file.getFileName() + "-wal");
        // Readers of a write-ahead log share an index beside it. Where none can be made, nobody can be writing either.
        boolean frozen = !Files.exists(journal)
                && !Files.isWritable(file.toAbsolutePath().getParent());
        try {
            return new JdbcLogSource(readers(url(file, frozen ? "?mode=ro&immutable=1" : "?mode=ro"), verifiers()), 0);
        } catch (SQLException e) {
            throw new LogStoreException("the log " + file + " cannot be read", e);
        }
    }

    private static void createOwnerOnly(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} was made meanwhile", file, e);
        }
    }

    private static String url(Path file, String query) {
        return "jdbc:sqlite:" + file.toAbsolutePath().toUri().toString().replace("file:///", "file:/") + query;
    }

    private static Connection writer(Path file) throws SQLException, IOException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setJournalSizeLimit(JOURNAL_LIMIT_BYTES);
        config.setCacheSize(-CACHE_KIB);
        if (!Files.exists(file) || Files.size(file) == 0) {
            setPageSize(file);
        }
        Connection writer = config.createConnection(url(file, ""));
        try (Statement statement = writer.createStatement()) {
            // What is erased is overwritten, not only unlinked.
            statement.execute("PRAGMA secure_delete = ON");
            // SQLite's own checkpoints keep a failed sync to themselves, so they are run here, where it is seen.
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            require(writer, "PRAGMA journal_mode", "wal");
            require(writer, "PRAGMA synchronous", SYNCHRONOUS_FULL);
            return writer;
        } catch (SQLException e) {
            writer.close();
            throw e;
        }
    }

    /** It can be set only before anything is written, and so before the write-ahead log is chosen. */
    private static void setPageSize(Path file) throws SQLException {
        try (Connection first = new SQLiteConfig().createConnection(url(file, ""));
                Statement statement = first.createStatement()) {
            statement.execute("PRAGMA page_size = " + PAGE_BYTES);
            statement.execute("VACUUM");
        }
    }

    /** A file system without shared memory makes SQLite fall back without an error: durability is then not ours to promise. */
    private static void require(Connection writer, String pragma, String expected) throws SQLException {
        try (Statement statement = writer.createStatement();
                ResultSet row = statement.executeQuery(pragma)) {
            if (!row.next() || !expected.equals(row.getString(1))) {
                throw new SQLException(pragma + " did not take effect");
            }
        }
    }

    private static boolean hasTables(Connection writer) throws SQLException, LogStoreException {
        List<Integer> tables = select(
                writer,
                "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'log_meta'",
                statement -> {},
                row -> row.getInt(1));
        return tables.get(0) == 1;
    }

    /** One for each processor, and those that read beside them. */
    private static int verifiers() {
        return Math.max(READERS, Math.min(MAX_VERIFIERS, Runtime.getRuntime().availableProcessors() + 2));
    }

    private static HikariDataSource readers(String url, int most) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("message-log-readers");
        pool.setDataSource(source);
        pool.setReadOnly(true);
        pool.setMaximumPoolSize(most);
        pool.setConnectionTimeout(READER_TIMEOUT_MILLIS);
        try {
            return new HikariDataSource(pool);
        } catch (HikariPool.PoolInitializationException e) {
            throw new SQLException("no connection for reading", e);
        }
    }

    @Override
    public boolean append(List<IndexedEntry> entries, TreeHead head) throws LogStoreException {
        if (octetsSinceCheckpoint >= CHECKPOINT_BYTES) {
            checkpoint();
            octetsSinceCheckpoint = 0;
        }
        boolean appended = super.append(entries, head);
        octetsSinceCheckpoint += COMMIT_BYTES;
        for (IndexedEntry entry : entries) {
            ContainerContent whole = entry.entry().whole();
            octetsSinceCheckpoint += ENTRY_BYTES
                    + entry.entry().payload().container().length / PACKED
                    + (whole == null ? 0 : whole.length());
        }
        return appended;
    }

    @Override
    boolean saysLoggedBefore(SQLException failure) {
        // The driver tells of a batch's failure by its message alone. No other index of leaves is unique.
        return String.valueOf(failure.getMessage()).contains("SQLITE_CONSTRAINT_UNIQUE");
    }

    /**
     * Moves what the write-ahead log holds into the database, before the next commit and not after one, so that a failed
     * sync is never told of entries that are durable. Readers may keep some of it back: the next one takes it.
     */
    private void checkpoint() throws LogStoreException {
        synchronized (writer()) {
            try (Statement statement = writer().createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
            } catch (SQLException e) {
                throw new LogStoreException("the write-ahead log cannot be moved into the database", e);
            }
        }
    }

    /** Erased rows are overwritten in the database; here also what the write-ahead log still holds of them goes. */
    @Override
    public void scrub() throws LogStoreException {
        synchronized (writer()) {
            try (Statement statement = writer().createStatement();
                    ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                if (!row.next() || row.getInt(1) != 0) {
                    throw new LogStoreException(
                            "the write-ahead log is being read and still holds what was erased: try again");
                }
            } catch (SQLException e) {
                throw new LogStoreException("the write-ahead log cannot be emptied", e);
            }
        }
    }

    @Override
    public void close() {
        super.close();
        closeQuietly(lock);
    }
}
