package org.wasl.messagelog.store;

import java.util.List;
import java.util.Optional;
import org.wasl.security.certificate.RevocationEvidence;

/** A log's rows in order, for verifying: as they stand, right or not. */
public interface LogSource extends AutoCloseable {

    /** Takes one row. */
    @FunctionalInterface
    interface RowVisitor {
        void visit(LogRow row);
    }

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
     * The evidence of this name as it stands in the store, right or not.
     *
     * @param digest the SHA-256 that names it, 64 lower-case hexadecimal digits
     * @return the evidence; empty when there is none of that name
     * @throws LogStoreException when it cannot be read
     */
    Optional<RevocationEvidence> evidence(String digest) throws LogStoreException;

    @Override
    void close();
}
