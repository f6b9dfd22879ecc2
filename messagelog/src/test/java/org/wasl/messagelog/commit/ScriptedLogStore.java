package org.wasl.messagelog.commit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.store.CommitMark;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.IndexedEntry;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.MessageIdentity;
import org.wasl.messagelog.store.RecordedCheckpoint;
import org.wasl.messagelog.store.TreeHead;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.MessageKind;

/** A store in memory that commits when it is let, and fails when it is told to. */
final class ScriptedLogStore implements LogStore {

    /** One permit for each commit that may happen. */
    final Semaphore commits = new Semaphore(0);

    /** Counted down once the first commit has begun. */
    final CountDownLatch committing = new CountDownLatch(1);

    final AtomicInteger attempts = new AtomicInteger();
    final List<IndexedEntry> entries = new ArrayList<>();

    volatile boolean failing;
    volatile boolean gone;
    volatile boolean closed;
    volatile TreeHead head = TreeHead.of(CompactRange.empty());

    @Override
    public boolean append(List<IndexedEntry> batch, TreeHead after) throws LogStoreException {
        attempts.incrementAndGet();
        committing.countDown();
        commits.acquireUninterruptibly();
        if (failing) {
            throw new LogStoreException("no space left on device");
        }
        entries.addAll(batch);
        head = after;
        return true;
    }

    @Override
    public void check() throws LogStoreException {
        if (gone) {
            throw new LogStoreException("the database is gone");
        }
    }

    @Override
    public TreeHead head() {
        return head;
    }

    @Override
    public Map<MessageIdentity, Long> find(Collection<MessageIdentity> identities) {
        return new HashMap<>();
    }

    @Override
    public void scan(long fromIndex, int limit, RowVisitor visitor) {
        entries.stream()
                .filter(entry -> entry.index() >= fromIndex)
                .limit(limit)
                .forEach(entry -> visitor.visit(new LogRow(
                        entry.index(),
                        entry.entry().leaf(),
                        entry.leafHash(),
                        entry.entry().payload(),
                        entry.entry().subjectHash(),
                        false)));
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public UUID logId() {
        return new UUID(0, 0);
    }

    @Override
    public List<CommitMark> commits(long afterSize, int limit) {
        return List.of();
    }

    @Override
    public Optional<RevocationEvidence> evidence(String digest) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ContainerContent> whole(long index) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Payload payload(long index) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int erase(Collection<Long> indices, Instant at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void scrub() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Long> erasable(String service, Instant before, long fromIndex, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void leaves(long fromIndex, int limit, LeafVisitor visitor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<LogRow> row(long index) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RecordedCheckpoint> checkpoints(long fromSize, int limit) {
        return List.of();
    }

    @Override
    public void saveCheckpoint(long size, String origin, Instant at, byte[] note) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean saveTimeStamp(long size, String origin, byte[] token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RecordedCheckpoint> latestCheckpoint() {
        return Optional.empty();
    }

    @Override
    public Optional<RecordedCheckpoint> latestStamped() {
        return Optional.empty();
    }

    @Override
    public List<FoundLeaf> search(LogQuery query, long beforeIndex, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredMessage> messages(UUID messageId, int limit) throws LogStoreException {
        throw new LogStoreException("cannot be read");
    }

    @Override
    public Optional<StoredMessage> message(MemberId member, Direction direction, UUID messageId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<StoredMessage> answer(MemberId member, Direction direction, UUID requestId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredMessage> correlated(String correlationId, long fromIndex, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<StoredMessage> about(MemberId member, Direction direction, MessageKind kind, UUID requestId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredMessage> deferred(Direction direction, long fromIndex, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredMessage> undelivered(Direction direction, long fromIndex, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredMessage> deliveries(long fromIndex, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredMessage> events(
            MemberId member,
            Direction direction,
            SubsystemId publisher,
            SubsystemId consumer,
            long beforeIndex,
            int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredMessage> unanswered(MessageKind kind, Direction direction, long fromIndex, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredMessage> bySubject(byte[] subjectHash, long fromIndex, int limit) {
        throw new UnsupportedOperationException();
    }
}
