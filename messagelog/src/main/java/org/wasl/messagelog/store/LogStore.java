package org.wasl.messagelog.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.security.container.ContainerContent;

/**
 * Keeps a log. One process at a time may have it open for writing, and in it one thread at a time calls
 * {@link #append}; everything else may be called by many threads. Every method fails with {@link LogStoreException} when
 * the store cannot be read or written.
 */
public interface LogStore extends LogReader {

    @Override
    UUID logId();

    /** Which of these messages are logged already, and at which index. */
    Map<MessageIdentity, Long> find(Collection<MessageIdentity> identities) throws LogStoreException;

    /** The container and salt at this index; null when they were erased or there is no such leaf. */
    @Nullable
    Payload payload(long index) throws LogStoreException;

    @Override
    Optional<ContainerContent> whole(long index) throws LogStoreException;

    /**
     * Writes these entries and the head that they lead to, all or nothing, and returns once they are durable. After a
     * failure nothing may be assumed, not even that they were not written; the caller must not try again.
     *
     * @param entries gapless from the recorded size on, no message twice among them
     * @param head the head after them
     * @return false when one of them is a message that was logged before: then nothing was written, and {@link #find}
     *     says which
     */
    boolean append(List<IndexedEntry> entries, TreeHead head) throws LogStoreException;

    /**
     * Looks whether what is appended next could be written at all, when nothing has been appended for a while.
     *
     * @throws LogStoreException when the back end has gone: the same as a failed {@link #append}
     */
    void check() throws LogStoreException;

    /**
     * Erases the containers and salts at these indices, and what their subjects are found by, all or nothing. The leaves
     * stay, and with them every proof. Durable once it returns; see {@link #scrub} for what was there.
     *
     * @return how many there were to erase
     */
    int erase(Collection<Long> indices, Instant at) throws LogStoreException;

    /**
     * Makes what was erased unreadable for whoever has the back end's files, as far as the back end can: SQLite overwrites
     * it and empties its write-ahead log; PostgreSQL gives the space back to itself, which overwrites it in time.
     */
    void scrub() throws LogStoreException;

    /**
     * The leaves of this service from {@code fromIndex} on, logged before an instant, whose containers are not erased.
     *
     * @return their indices, smallest first, at most {@code limit}
     */
    List<Long> erasable(String service, Instant before, long fromIndex, int limit) throws LogStoreException;

    /**
     * Keeps a checkpoint. One of the same origin and size is replaced: it came with more cosignatures.
     *
     * @param at when it was made, by this node's clock
     * @param note the signed note
     */
    void saveCheckpoint(long size, String origin, Instant at, byte[] note) throws LogStoreException;

    /**
     * Keeps a checkpoint's time-stamp token (DER).
     *
     * @return whether there is such a checkpoint
     */
    boolean saveTimeStamp(long size, String origin, byte[] token) throws LogStoreException;

    /** The checkpoint kept last; empty while there is none. */
    Optional<RecordedCheckpoint> latestCheckpoint() throws LogStoreException;

    /** The last one that has a time-stamp. */
    Optional<RecordedCheckpoint> latestStamped() throws LogStoreException;
}
