package org.wasl.bench.peer.message;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sqlite.SQLiteConfig;

/**
 * Where one side of a peer stores its messages: one table in one SQLite file, written ahead and synchronised at every
 * commit, as Wasl's own log is. Safe for many threads.
 */
public abstract sealed class MessageTable implements AutoCloseable permits SingleInserts, GroupedInserts {

    static final String INSERT =
            "INSERT INTO message (direction, partner, message_id, stored_at, octets)" + " VALUES (?, ?, ?, ?, ?)";

    private static final int BUSY_TIMEOUT_MILLIS = 10_000;
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY,"
            + " direction TEXT NOT NULL, partner TEXT NOT NULL, message_id TEXT NOT NULL,"
            + " stored_at INTEGER NOT NULL, octets BLOB NOT NULL)";
    private static final String INDEX = "CREATE INDEX IF NOT EXISTS message_by_id ON message (message_id)";

    private final String url;

    MessageTable(Path file) {
        this.url = "jdbc:sqlite:" + file;
    }

    /** One insert and one commit a message, through a pool of one connection: SQLite has one writer. */
    public static MessageTable single(Path file) throws SQLException {
        return new SingleInserts(file);
    }

    /** Messages that wait at the same time go into one commit. */
    public static MessageTable grouped(Path file) throws SQLException {
        return new GroupedInserts(file);
    }

    static SQLiteConfig durable() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        return config;
    }

    final String url() {
        return url;
    }

    static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            statement.execute(INDEX);
        }
    }

    static void bind(PreparedStatement insert, StoredMessage message) throws SQLException {
        insert.setString(1, message.direction());
        insert.setString(2, message.partner());
        insert.setString(3, message.id());
        insert.setLong(4, Instant.now().toEpochMilli());
        insert.setBytes(5, message.octets());
    }

    /** Stores a message; it is on disk once the future completes, which may be at once. */
    public abstract CompletableFuture<Void> store(StoredMessage message);

    /** How it stores, for a report. */
    public abstract String description();

    /** How many messages are stored. */
    public final long count() throws SQLException {
        try (Connection connection = durable().createConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM message")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** What was stored in this direction, in order. */
    public final List<byte[]> octets(String direction) throws SQLException {
        try (Connection connection = durable().createConnection(url);
                PreparedStatement select =
                        connection.prepareStatement("SELECT octets FROM message WHERE direction = ? ORDER BY id")) {
            select.setString(1, direction);
            List<byte[]> found = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(row.getBytes(1));
                }
            }
            return found;
        }
    }

    @Override
    public abstract void close();
}
