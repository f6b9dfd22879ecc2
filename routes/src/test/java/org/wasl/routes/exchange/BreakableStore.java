package org.wasl.routes.exchange;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.leaf.Payload;
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

/** A real store that fails at the first leaf that it is told to fail at, as a full or broken disk would. */
final class BreakableStore implements LogStore {

    private final LogStore store;
    private volatile Predicate<Leaf> breaking = leaf -> false;

    BreakableStore(LogStore store) {
        this.store = store;
    }

    void breakAt(Predicate<Leaf> leaves) {
        breaking = leaves;
    }

    @Override
    public boolean append(List<IndexedEntry> entries, TreeHead head) throws LogStoreException {
        for (IndexedEntry entry : entries) {
            if (breaking.test(entry.entry().leaf())) {
                throw new LogStoreException(
                        "the test's disk is full", new java.io.IOException("No space left on device"));
            }
        }
        return store.append(entries, head);
    }

    @Override
    public void check() throws LogStoreException {
        store.check();
    }

    @Override
    public UUID logId() {
        return store.logId();
    }

    @Override
    public TreeHead head() throws LogStoreException {
        return store.head();
    }

    @Override
    public List<CommitMark> commits(long afterSize, int limit) throws LogStoreException {
        return store.commits(afterSize, limit);
    }

    @Override
    public void scan(long fromIndex, int limit, RowVisitor visitor) throws LogStoreException {
        store.scan(fromIndex, limit, visitor);
    }

    @Override
    public Map<MessageIdentity, Long> find(Collection<MessageIdentity> identities) throws LogStoreException {
        return store.find(identities);
    }

    @Override
    public Optional<RevocationEvidence> evidence(String digest) throws LogStoreException {
        return store.evidence(digest);
    }

    @Override
    public Optional<ContainerContent> whole(long index) throws LogStoreException {
        return store.whole(index);
    }

    @Override
    public @Nullable Payload payload(long index) throws LogStoreException {
        return store.payload(index);
    }

    @Override
    public int erase(Collection<Long> indices, Instant at) throws LogStoreException {
        return store.erase(indices, at);
    }

    @Override
    public void scrub() throws LogStoreException {
        store.scrub();
    }

    @Override
    public List<Long> erasable(String service, Instant before, long fromIndex, int limit) throws LogStoreException {
        return store.erasable(service, before, fromIndex, limit);
    }

    @Override
    public void leaves(long fromIndex, int limit, LeafVisitor visitor) throws LogStoreException {
        store.leaves(fromIndex, limit, visitor);
    }

    @Override
    public Optional<LogRow> row(long index) throws LogStoreException {
        return store.row(index);
    }

    @Override
    public List<RecordedCheckpoint> checkpoints(long fromSize, int limit) throws LogStoreException {
        return store.checkpoints(fromSize, limit);
    }

    @Override
    public void saveCheckpoint(long size, String origin, Instant at, byte[] note) throws LogStoreException {
        store.saveCheckpoint(size, origin, at, note);
    }

    @Override
    public boolean saveTimeStamp(long size, String origin, byte[] token) throws LogStoreException {
        return store.saveTimeStamp(size, origin, token);
    }

    @Override
    public Optional<RecordedCheckpoint> latestCheckpoint() throws LogStoreException {
        return store.latestCheckpoint();
    }

    @Override
    public Optional<RecordedCheckpoint> latestStamped() throws LogStoreException {
        return store.latestStamped();
    }

    @Override
    public List<FoundLeaf> search(LogQuery query, long beforeIndex, int limit) throws LogStoreException {
        return store.search(query, beforeIndex, limit);
    }

    @Override
    public List<StoredMessage> messages(UUID messageId, int limit) throws LogStoreException {
        return store.messages(messageId, limit);
    }

    @Override
    public Optional<StoredMessage> message(MemberId member, Direction direction, UUID messageId)
            throws LogStoreException {
        return store.message(member, direction, messageId);
    }

    @Override
    public Optional<StoredMessage> answer(MemberId member, Direction direction, UUID requestId)
            throws LogStoreException {
        return store.answer(member, direction, requestId);
    }

    @Override
    public List<StoredMessage> correlated(String correlationId, long fromIndex, int limit) throws LogStoreException {
        return store.correlated(correlationId, fromIndex, limit);
    }

    @Override
    public Optional<StoredMessage> about(MemberId member, Direction direction, MessageKind kind, UUID requestId)
            throws LogStoreException {
        return store.about(member, direction, kind, requestId);
    }

    @Override
    public List<StoredMessage> deferred(Direction direction, long fromIndex, int limit) throws LogStoreException {
        return store.deferred(direction, fromIndex, limit);
    }

    @Override
    public List<StoredMessage> undelivered(Direction direction, long fromIndex, int limit) throws LogStoreException {
        return store.undelivered(direction, fromIndex, limit);
    }

    @Override
    public List<StoredMessage> deliveries(long fromIndex, int limit) throws LogStoreException {
        return store.deliveries(fromIndex, limit);
    }

    @Override
    public List<StoredMessage> events(
            MemberId member,
            Direction direction,
            SubsystemId publisher,
            SubsystemId consumer,
            long beforeIndex,
            int limit)
            throws LogStoreException {
        return store.events(member, direction, publisher, consumer, beforeIndex, limit);
    }

    @Override
    public List<StoredMessage> unanswered(MessageKind kind, Direction direction, long fromIndex, int limit)
            throws LogStoreException {
        return store.unanswered(kind, direction, fromIndex, limit);
    }

    @Override
    public List<StoredMessage> bySubject(byte[] subjectHash, long fromIndex, int limit) throws LogStoreException {
        return store.bySubject(subjectHash, fromIndex, limit);
    }

    @Override
    public void close() {
        store.close();
    }
}
