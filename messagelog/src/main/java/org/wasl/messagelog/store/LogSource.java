package org.wasl.messagelog.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.ContainerContent;

/** A log's rows in order, for verifying: as they stand, right or not. */
public interface LogSource extends AutoCloseable {

    /** Takes one row. */
    @FunctionalInterface
    interface RowVisitor {
        void visit(LogRow row);
    }

    /** Takes one row without its payload. */
    @FunctionalInterface
    interface LeafVisitor {
        void visit(FoundLeaf leaf);
    }

    /**
     * Opaque and random, made with the log: copies of one log have the same.
     *
     * @throws LogStoreException when it cannot be read or is not there
     */
    UUID logId() throws LogStoreException;

    /**
     * The head recorded with the last commit.
     *
     * @throws LogStoreException when it cannot be read or is not there
     */
    TreeHead head() throws LogStoreException;

    /**
     * The recorded commits of more than {@code afterSize} leaves, smallest first, at most {@code limit}.
     *
     * @throws LogStoreException when they cannot be read
     */
    List<CommitMark> commits(long afterSize, int limit) throws LogStoreException;

    /**
     * Hands over the rows from {@code fromIndex} on in the order of their indices, at most {@code limit}, one at a time.
     *
     * @throws LogStoreException when they cannot be read
     */
    void scan(long fromIndex, int limit, RowVisitor visitor) throws LogStoreException;

    /**
     * Hands over the rows from {@code fromIndex} on without their payloads, as {@link #scan} does.
     *
     * @throws LogStoreException when they cannot be read
     */
    void leaves(long fromIndex, int limit, LeafVisitor visitor) throws LogStoreException;

    /**
     * The row at this index as it stands; empty when there is none.
     *
     * @throws LogStoreException when it cannot be read
     */
    Optional<LogRow> row(long index) throws LogStoreException;

    /**
     * The recorded checkpoints of at least {@code fromSize} leaves, smallest first, at most {@code limit}; as they stand,
     * right or not. A log from before checkpoints were kept has none.
     *
     * @throws LogStoreException when they cannot be read
     */
    List<RecordedCheckpoint> checkpoints(long fromSize, int limit) throws LogStoreException;

    /**
     * The evidence of this name as it stands in the store, right or not.
     *
     * @param digest the SHA-256 that names it, 64 lower-case hexadecimal digits
     * @return the evidence; empty when there is none of that name
     * @throws LogStoreException when it cannot be read
     */
    Optional<RevocationEvidence> evidence(String digest) throws LogStoreException;

    /**
     * The whole container of a leaf that holds only its card; empty for every other leaf, and once it was erased. As it
     * stands in the store, right or not.
     *
     * @throws LogStoreException when it cannot be read
     */
    default Optional<ContainerContent> whole(long index) throws LogStoreException {
        return Optional.empty();
    }

    /**
     * The same row with its whole container in memory, when it holds only a card: for an auditor's few rows.
     *
     * @param maxBytes the largest container that is read
     * @throws LogStoreException when it cannot be read, or is larger
     */
    default LogRow complete(LogRow row, int maxBytes) throws LogStoreException {
        Payload payload = row.payload();
        Optional<ContainerContent> whole = payload == null ? Optional.empty() : whole(row.index());
        if (payload == null || whole.isEmpty()) {
            return row;
        }
        long length = whole.get().length();
        if (length > maxBytes) {
            throw new LogStoreException("the container of leaf " + row.index() + " has " + length
                    + " octets, more than " + maxBytes + " that are read at once");
        }
        try {
            Payload complete = new Payload(payload.salt(), whole.get().octets(0, (int) length));
            return new LogRow(row.index(), row.leaf(), row.leafHash(), complete, row.subjectHash(), row.erased());
        } catch (IOException e) {
            throw new LogStoreException("the container of leaf " + row.index() + " cannot be read", e);
        }
    }

    /** How many threads can read at once; more have to wait for each other. */
    default int readers() {
        return 1;
    }

    @Override
    void close();
}
