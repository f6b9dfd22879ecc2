package org.wasl.messagelog.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.wasl.security.container.ContainerContent;

/**
 * A container with a document as it stands in a store: in chunks, all but the last of one size, of which one is in memory
 * at a time. No connection is held between two chunks, so a slow reader holds up nobody.
 */
final class StoredChunks implements ContainerContent {

    static final int CHUNK_BYTES = 256 * 1024;

    private final JdbcLogSource source;
    private final long index;
    private final long length;

    /**
     * @param index the leaf's index
     * @param lastPart the number of its last chunk, from 0
     * @param lastBytes how many octets that has
     */
    StoredChunks(JdbcLogSource source, long index, long lastPart, long lastBytes) {
        this.source = source;
        this.index = index;
        this.length = lastPart * CHUNK_BYTES + lastBytes;
    }

    /**
     * Writes a container's chunks.
     *
     * @throws IOException when it cannot be read, or is not of that length
     */
    static void write(PreparedStatement insert, long index, InputStream octets, long length)
            throws SQLException, IOException {
        long left = length;
        for (int part = 0; left > 0; part++) {
            byte[] chunk = octets.readNBytes((int) Math.min(CHUNK_BYTES, left));
            if (chunk.length == 0) {
                break;
            }
            insert.setLong(1, index);
            insert.setInt(2, part);
            insert.setBytes(3, chunk);
            insert.executeUpdate();
            left -= chunk.length;
        }
        if (left != 0 || octets.read() >= 0) {
            throw new EOFException("the container has not the length that it had");
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream open(long from) {
        return new Chunks(from);
    }

    private byte[] chunk(long part) throws IOException {
        try {
            List<byte[]> found = source.select(
                    LogSql.SELECT_CHUNK,
                    statement -> {
                        statement.setLong(1, index);
                        statement.setLong(2, part);
                    },
                    row -> row.getBytes(1));
            if (found.isEmpty()) {
                throw new EOFException("chunk " + part + " of the container at leaf " + index + " is not there");
            }
            return found.get(0);
        } catch (LogStoreException e) {
            throw new IOException("the container at leaf " + index + " cannot be read", e);
        }
    }

    /** Reads on from chunk to chunk. */
    private final class Chunks extends InputStream {

        private long at;
        private byte[] chunk = {};
        private long chunkPart = -1;

        Chunks(long from) {
            this.at = from;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (at >= length) {
                return -1;
            }
            long part = at / CHUNK_BYTES;
            if (part != chunkPart) {
                chunk = chunk(part);
                chunkPart = part;
            }
            int within = (int) (at % CHUNK_BYTES);
            int read = Math.min(count, chunk.length - within);
            if (read <= 0) {
                throw new EOFException("chunk " + part + " of the container at leaf " + index + " is cut short");
            }
            System.arraycopy(chunk, within, into, offset, read);
            at += read;
            return read;
        }

        @Override
        public int available() {
            return (int) Math.min(Math.max(0, chunk.length - at % CHUNK_BYTES), length - at);
        }
    }
}
