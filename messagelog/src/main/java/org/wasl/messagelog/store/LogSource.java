package org.wasl.messagelog.store;

import java.util.List;

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

    @Override
    void close();
}
