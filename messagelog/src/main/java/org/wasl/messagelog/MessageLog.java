package org.wasl.messagelog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.MessageKind;

/**
 * The node's message log. A message is appended before it leaves or is acted on. It is inbox and outbox too: uniqueness
 * of (member, direction, sender, message id) is what makes a redelivered request one effect, and a request without an
 * answer is found again after a crash.
 */
public interface MessageLog extends LoggedMessages, AutoCloseable {

    /**
     * Appends one entry by group commit. The future completes once the entry is durable, or at once exceptionally with
     * {@link LogUnavailableException} when the log has failed: it then stays failed until the node is restarted, since
     * a sync that failed once says nothing when tried again. When the bounded queue is full the future fails with
     * {@link LogUnavailableException} too, but the log goes on.
     *
     * <p>The future completes on the log's own thread: wait for it, or chain with the {@code …Async} methods, since a
     * stage that runs long there holds up every other append.
     *
     * @throws IllegalArgumentException when what was sent or received has no container or lacks message id, correlation
     *     id, kind, sender, consumer, provider or service
     */
    CompletableFuture<AppendResult> append(LogEntry entry);

    /** Whether appends can succeed. */
    boolean available();

    /**
     * The whole container at this leaf, when it holds a document: then what is given as the message's container is its
     * card, all of it but the document. Empty for every other leaf, and once it was erased. Reading it fails with an
     * {@link java.io.IOException} when the log cannot be read.
     */
    default Optional<ContainerContent> whole(long index) {
        return Optional.empty();
    }

    /**
     * All messages of one correlation id, in the order logged, at most {@code limit}. Refusals are among them where they
     * name all that a message has; see their direction.
     */
    List<StoredMessage> correlated(String correlationId, int limit);

    /**
     * Requests that our members SENT (or, with {@link Direction#RECEIVED}, received) to which that member has logged
     * neither reply nor fault, oldest first, at most {@code limit}, from leaf {@code fromIndex} on. What was sent is
     * answered by what that member received, or by a fault that the request's own sender signed and sent; what was
     * received, by what the provider sent.
     */
    List<StoredMessage> unanswered(MessageKind kind, Direction direction, long fromIndex, int limit);

    /** The same from leaf {@code fromIndex} on. */
    List<StoredMessage> correlated(String correlationId, long fromIndex, int limit);

    /**
     * The messages that answers will come later which our members SENT or RECEIVED and after which none has come: neither
     * reply nor fault, as {@link #unanswered} counts them. Oldest first, at most {@code limit}, from leaf
     * {@code fromIndex} on.
     */
    List<StoredMessage> deferred(Direction direction, long fromIndex, int limit);

    /**
     * The messages that answers will come later, as {@link #deferred}, but those whose answer has come and of which the
     * requester's member has not logged yet how it was handed on.
     */
    List<StoredMessage> undelivered(Direction direction, long fromIndex, int limit);

    /** The messages that late answers were handed on, or could not be, from leaf {@code fromIndex} on. */
    List<StoredMessage> deliveries(long fromIndex, int limit);

    /**
     * The events of this publisher to this consumer that this member logged in this direction, newest first, before leaf
     * {@code beforeIndex}, at most {@code limit}. What a publisher published has itself as its consumer.
     */
    List<StoredMessage> events(
            MemberId member,
            Direction direction,
            SubsystemId publisher,
            SubsystemId consumer,
            long beforeIndex,
            int limit);

    /** How many leaves there are. */
    long size();

    /** The RFC 6962 root over all leaves, 32 octets. */
    byte[] root();

    /** Flushes and closes. */
    @Override
    void close();

    /** The clock of entries, UTC, milliseconds. */
    default Instant now() {
        return Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    }
}
