package org.wasl.messagelog.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.compact.ContainerUnpacker;
import org.wasl.messagelog.compact.DamagedContainerException;
import org.wasl.messagelog.compact.MissingCodecException;

/** Reads the containers of one log's rows as they were when they were logged. Safe for many threads. */
final class ContainerReader implements AutoCloseable {

    /** Nothing was ever logged that is this, so its commitment does not fit. */
    private static final byte[] UNREADABLE = new byte[0];

    private final ContainerUnpacker unpacker;

    ContainerReader(ContainerUnpacker unpacker) {
        this.unpacker = unpacker;
    }

    /**
     * The container of the current row; null when it was erased, no octets when what is stored gives none.
     *
     * @throws LogStoreException when it may be right, but cannot be read on this machine
     */
    byte @Nullable [] read(ResultSet row) throws SQLException, LogStoreException {
        byte[] stored = row.getBytes("container");
        int coding = stored == null ? 0 : row.getInt("codec");
        if (stored == null || coding == 0) {
            return stored;
        }
        try {
            Connection connection = row.getStatement().getConnection();
            return unpacker.unpack(coding, row.getLong("dictionary"), stored, id -> octets(connection, id));
        } catch (DamagedContainerException e) {
            return UNREADABLE;
        } catch (MissingCodecException e) {
            throw new LogStoreException(String.valueOf(e.getMessage()), e);
        }
    }

    private static byte @Nullable [] octets(Connection connection, long dictionary) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LogSql.SELECT_DICTIONARY)) {
            statement.setLong(1, dictionary);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    @Override
    public void close() {
        unpacker.close();
    }
}
