package org.wasl.messagelog.store;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.MessageKind;

/**
 * What is read of a log by what its messages say, also of a log that another process writes. Every method fails with
 * {@link LogStoreException} when the store cannot be read. What reads answer is as in {@link
 * org.wasl.messagelog.MessageLog}; refusals that lack what identifies a message are left out.
 */
public interface LogReader extends LogSource {

    /**
     * The leaves before {@code beforeIndex} that have all that is asked for, newest first, at most {@code limit}. Refusals
     * and records are among them.
     */
    List<FoundLeaf> search(LogQuery query, long beforeIndex, int limit) throws LogStoreException;

    /** Not refused ones, first logged first. */
    List<StoredMessage> messages(UUID messageId, int limit) throws LogStoreException;

    Optional<StoredMessage> message(MemberId member, Direction direction, UUID messageId) throws LogStoreException;

    Optional<StoredMessage> answer(MemberId member, Direction direction, UUID requestId) throws LogStoreException;

    List<StoredMessage> correlated(String correlationId, long fromIndex, int limit) throws LogStoreException;

    Optional<StoredMessage> about(MemberId member, Direction direction, MessageKind kind, UUID requestId)
            throws LogStoreException;

    List<StoredMessage> deferred(Direction direction, long fromIndex, int limit) throws LogStoreException;

    List<StoredMessage> undelivered(Direction direction, long fromIndex, int limit) throws LogStoreException;

    List<StoredMessage> deliveries(long fromIndex, int limit) throws LogStoreException;

    List<StoredMessage> events(
            MemberId member,
            Direction direction,
            SubsystemId publisher,
            SubsystemId consumer,
            long beforeIndex,
            int limit)
            throws LogStoreException;

    /** Only requests are answered: no other kind may be asked for. */
    List<StoredMessage> unanswered(MessageKind kind, Direction direction, long fromIndex, int limit)
            throws LogStoreException;

    /** What was logged about the subject of this keyed hash from leaf {@code fromIndex} on, in the order logged. */
    List<StoredMessage> bySubject(byte[] subjectHash, long fromIndex, int limit) throws LogStoreException;
}
