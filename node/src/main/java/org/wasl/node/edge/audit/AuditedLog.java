package org.wasl.node.edge.audit;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.RecordedCheckpoint;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.certificate.RevocationEvidence;

/**
 * What audits and people's own lists need of the message log. Every method fails with
 * {@link org.wasl.messagelog.LogUnavailableException} when the log cannot be read or written.
 */
public interface AuditedLog {

    /** What tells this log from every other; copies of it have the same. */
    UUID id();

    /** How many leaves are durable. */
    long size();

    /** Whether the log can be written. */
    boolean available();

    /**
     * The leaves before {@code beforeIndex} that have all that is asked for, newest first, at most {@code limit}.
     *
     * @param subject the value of the subject; null asks for none
     */
    List<FoundLeaf> search(LogQuery query, @Nullable String subject, long beforeIndex, int limit);

    /** The row at this index; empty when there is none. */
    Optional<LogRow> row(long index);

    /** The reply or fault that this member logged in this direction for this request; the first one. */
    Optional<StoredMessage> answer(MemberId member, Direction direction, UUID requestId);

    /** The evidence of this name, 64 lower-case hexadecimal digits. */
    Optional<RevocationEvidence> evidence(String digest);

    /** The recorded checkpoints of at least {@code fromSize} leaves, smallest first, at most {@code limit}. */
    List<RecordedCheckpoint> checkpoints(long fromSize, int limit);

    /** Appends what was done, and waits until it is durable. */
    void record(LogEntry entry);

    /** Appends what was done about a subject of whom only the keyed hash is known, and waits until it is durable. */
    void record(LogEntry entry, byte[] subjectHash);
}
