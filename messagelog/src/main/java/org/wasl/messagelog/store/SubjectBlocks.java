package org.wasl.messagelog.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads the rows of runs over one connection. */
final class SubjectBlocks implements AutoCloseable {

    private final PreparedStatement holding;
    private final PreparedStatement next;
    private final PreparedStatement previous;

    SubjectBlocks(Connection connection) throws SQLException {
        this.holding = connection.prepareStatement(SubjectSql.HOLDING);
        this.next = connection.prepareStatement(SubjectSql.NEXT);
        this.previous = connection.prepareStatement(SubjectSql.PREVIOUS);
    }

    /**
     * One row.
     *
     * @param low its first entry
     * @param entries its entries, in order
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    record Block(byte[] low, byte[] entries) {}

    /** The one in which this key stands, if it stands anywhere; null when all begin after it. */
    @Nullable
    Block holding(int tier, long run, byte[] key) throws SQLException {
        return read(holding, tier, run, key);
    }

    /** The one after those that begin with this key or before it. */
    @Nullable
    Block next(int tier, long run, byte[] key) throws SQLException {
        return read(next, tier, run, key);
    }

    /** The one before that which begins with this key. */
    @Nullable
    Block previous(int tier, long run, byte[] key) throws SQLException {
        return read(previous, tier, run, key);
    }

    private static @Nullable Block read(PreparedStatement statement, int tier, long run, byte[] key)
            throws SQLException {
        statement.setInt(1, tier);
        statement.setLong(2, run);
        statement.setBytes(3, key);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? new Block(row.getBytes(1), row.getBytes(2)) : null;
        }
    }

    @Override
    public void close() throws SQLException {
        holding.close();
        next.close();
        previous.close();
    }
}
