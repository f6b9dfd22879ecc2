package org.wasl.agencies.server;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an agency has been paid from outside, in a database of its own. A settlement is decided once for its id, whatever
 * is asked later under the same one, and no due is paid by two.
 */
public final class SettlementBook implements AutoCloseable {

    private final Connection connection;
    private final String receiptPrefix;
    private final Map<String, Long> discounts = new HashMap<>();

    private SettlementBook(Connection connection, String receiptPrefix) {
        this.connection = connection;
        this.receiptPrefix = receiptPrefix;
    }

    /**
     * What came of a settlement.
     *
     * @param settled whether it was taken
     * @param reason why not; null when it was
     * @param fils how much
     * @param receipt the agency's number for it; null when it was not taken
     * @param at when it was decided
     */
    public record Entry(
            String id,
            boolean settled,
            @Nullable String reason,
            long fils,
            @Nullable String receipt,
            Instant at) {}

    /**
     * What a payer means to settle.
     *
     * @param owed what is owed in fils, by due, those settled here before among them
     * @param discountMost the most that may be taken off
     */
    public record Claim(Map<String, Long> owed, long discountMost) {

        public Claim {
            owed = Map.copyOf(owed);
        }
    }

    /** In memory, for those who need no other. */
    public static SettlementBook inMemory(String receiptPrefix) {
        try {
            return prepared(
                    DriverManager.getConnection("jdbc:h2:mem:BOOK_" + UUID.randomUUID() + ";DB_CLOSE_ON_EXIT=FALSE"),
                    receiptPrefix);
        } catch (SQLException e) {
            throw new IllegalStateException("a database in memory cannot be made", e);
        }
    }

    /** In a file, whose directory is there. */
    public static SettlementBook open(Path file, String receiptPrefix) throws IOException {
        try {
            return prepared(
                    DriverManager.getConnection(
                            "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"),
                    receiptPrefix);
        } catch (SQLException e) {
            throw new IOException("the settlements in " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static SettlementBook prepared(Connection connection, String receiptPrefix) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS SETTLEMENT (ID VARCHAR(60) PRIMARY KEY, SETTLED BOOLEAN,"
                    + " REASON VARCHAR(30), FILS BIGINT, RECEIPT VARCHAR(60), AT TIMESTAMP WITH TIME ZONE)");
            statement.execute("CREATE TABLE IF NOT EXISTS PAID (DUE VARCHAR(80) PRIMARY KEY, FILS BIGINT,"
                    + " DISCOUNT BIGINT, SETTLEMENT VARCHAR(60))");
        }
        connection.setAutoCommit(false);
        SettlementBook book = new SettlementBook(connection, receiptPrefix);
        book.readDiscounts();
        return book;
    }

    private void readDiscounts() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT DUE, DISCOUNT FROM PAID")) {
            while (rows.next()) {
                discounts.put(rows.getString(1), rows.getLong(2));
            }
        }
        connection.commit();
    }

    /** Whether this was paid here, and with what discount in fils; empty when it was not. */
    public synchronized Optional<Long> paid(String due) {
        return Optional.ofNullable(discounts.get(due));
    }

    /**
     * Settles, or says why not.
     *
     * @param id the payer's id of the settlement: asked again under it, the same is answered
     * @param fils how much is paid
     * @param discount how much is taken off what is owed
     * @param claim what is meant, looked up only when the id is new
     */
    public synchronized Entry settle(String id, long fils, long discount, Supplier<Claim> claim) throws SQLException {
        Optional<Entry> before = find(id);
        if (before.isPresent()) {
            return before.get();
        }
        Claim meant = claim.get();
        Map<String, Long> open = new HashMap<>(meant.owed());
        open.keySet().removeIf(discounts::containsKey);
        open.values().removeIf(amount -> amount == 0);
        long owed = open.values().stream().mapToLong(Long::longValue).sum();
        String reason = meant.owed().isEmpty()
                ? "NO_SUCH_DUE"
                : open.isEmpty() ? "ALREADY_PAID" : owed != fils + discount ? "AMOUNT_CHANGED" : null;
        if (reason == null && discount > meant.discountMost()) {
            reason = "AMOUNT_CHANGED";
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Entry entry = new Entry(
                id,
                reason == null,
                reason,
                fils,
                reason == null ? receiptPrefix + "-" + id.substring(id.length() - 12) : null,
                now);
        write(entry, reason == null ? open : Map.of(), discount);
        return entry;
    }

    private void write(Entry entry, Map<String, Long> paid, long discount) throws SQLException {
        try (PreparedStatement settlement =
                        connection.prepareStatement("INSERT INTO SETTLEMENT VALUES (?, ?, ?, ?, ?, ?)");
                PreparedStatement due = connection.prepareStatement("INSERT INTO PAID VALUES (?, ?, ?, ?)")) {
            settlement.setString(1, entry.id());
            settlement.setBoolean(2, entry.settled());
            settlement.setString(3, entry.reason());
            settlement.setLong(4, entry.fils());
            settlement.setString(5, entry.receipt());
            settlement.setTimestamp(6, Timestamp.from(entry.at()));
            settlement.executeUpdate();
            for (Map.Entry<String, Long> one : paid.entrySet()) {
                due.setString(1, one.getKey());
                due.setLong(2, one.getValue());
                due.setLong(3, discount);
                due.setString(4, entry.id());
                due.executeUpdate();
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
        paid.keySet().forEach(one -> discounts.put(one, discount));
    }

    private Optional<Entry> find(String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM SETTLEMENT WHERE ID = ?")) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Entry(
                                row.getString("ID"),
                                row.getBoolean("SETTLED"),
                                row.getString("REASON"),
                                row.getLong("FILS"),
                                row.getString("RECEIPT"),
                                row.getTimestamp("AT").toInstant()))
                        : Optional.empty();
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the settlements cannot be closed", e);
        }
    }
}
