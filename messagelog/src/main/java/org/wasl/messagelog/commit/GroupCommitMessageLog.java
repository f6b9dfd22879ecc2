package org.wasl.messagelog.commit;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.leaf.PreparedEntry;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.TreeHead;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.MessageKind;

/**
 * The message log over a store. One thread takes what waits in a bounded queue and commits it at once, so that many
 * appends share one synchronisation to disk; nobody waits for a private one. When a commit fails, the log has failed for
 * good: a sync that failed once says nothing when tried again.
 */
public final class GroupCommitMessageLog implements MessageLog {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitMessageLog.class);

    private static final int MAX_MESSAGES = 100;
    private static final int MAX_LIMIT = 10_000;
    private static final long IDLE_MILLIS = 100;
    /** After how long without anything to write it is looked whether the store is there still. */
    private static final long CHECK_NANOS = 2_000_000_000L;

    private final LogStore store;
    private final IndexKey key;
    private final LogSettings settings;
    private final LogListener listener;
    private final BlockingQueue<PendingAppend> queue;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicReference<@Nullable LogUnavailableException> failure = new AtomicReference<>();
    private final Thread writer;
    private final BatchWriter batches;
    private volatile boolean closing;

    /** Set before the queue is emptied for the last time. */
    private volatile boolean finished;

    private GroupCommitMessageLog(
            LogStore store, IndexKey key, LogSettings settings, LogListener listener, CompactRange tree) {
        this.store = store;
        this.key = key;
        this.settings = settings;
        this.listener = listener;
        this.queue = new ArrayBlockingQueue<>(settings.queueEntries());
        this.batches = new BatchWriter(store, tree);
        this.writer = new Thread(this::write, "message-log-writer");
    }

    /**
     * Takes up the log in this store, which it closes when it is closed itself.
     *
     * @throws LogUnavailableException when the store cannot be read, or its head does not fit its last leaves; the store
     *     is closed then
     */
    public static GroupCommitMessageLog open(LogStore store, IndexKey key, LogSettings settings, LogListener listener) {
        GroupCommitMessageLog log;
        try {
            log = new GroupCommitMessageLog(store, key, settings, listener, LogStart.resume(store));
        } catch (LogStoreException e) {
            store.close();
            throw new LogUnavailableException("the message log cannot be opened: " + e.getMessage(), e);
        }
        log.writer.start();
        return log;
    }

    @Override
    public CompletableFuture<AppendResult> append(LogEntry entry) {
        try {
            return append(PreparedEntry.prepare(entry, key));
        } catch (UncheckedIOException e) {
            // The log is as well as before: only this container is lost.
            return CompletableFuture.failedFuture(new LogUnavailableException("the container cannot be read", e));
        }
    }

    /**
     * Appends an entry about a subject of whom only the keyed hash is known, since it was read from another row.
     *
     * @param subjectHash as {@link org.wasl.messagelog.store.LogRow#subjectHash} has it
     */
    public CompletableFuture<AppendResult> append(LogEntry entry, byte[] subjectHash) {
        return append(PreparedEntry.prepare(entry, subjectHash));
    }

    private CompletableFuture<AppendResult> append(PreparedEntry entry) {
        if (Thread.currentThread() == writer) {
            throw new IllegalStateException(
                    "a stage that the log's own thread runs must not append: chain it with …Async");
        }
        if (!available()) {
            return CompletableFuture.failedFuture(unavailable());
        }
        PendingAppend pending = new PendingAppend(entry, new CompletableFuture<>());
        if (!enqueue(pending)) {
            listener.overloaded();
            return CompletableFuture.failedFuture(
                    new LogUnavailableException("too much waits to be written to the message log"));
        }
        // The log may have failed or closed since it was asked: then nobody may be left to take this one.
        if (finished && queue.remove(pending)) {
            pending.result().completeExceptionally(unavailable());
        }
        return pending.result();
    }

    private boolean enqueue(PendingAppend pending) {
        int bytes = pending.bytes();
        long before = queuedBytes.getAndAdd(bytes);
        boolean fits = before == 0 || before + bytes <= settings.queueBytes();
        if (fits && queue.offer(pending)) {
            return true;
        }
        queuedBytes.addAndGet(-bytes);
        return false;
    }

    private LogUnavailableException unavailable() {
        LogUnavailableException cause = failure.get();
        return cause == null
                ? new LogUnavailableException("the message log is closed")
                : new LogUnavailableException("the message log has failed", cause);
    }

    private void write() {
        List<PendingAppend> batch = new ArrayList<>(settings.batchEntries());
        try {
            while (take(batch)) {
                batches.write(batch);
                batch.clear();
            }
        } catch (Throwable e) { // whatever it was, nothing more may be acknowledged
            fail(e, batch);
        }
        finished = true;
        for (PendingAppend pending = queue.poll(); pending != null; pending = queue.poll()) {
            pending.result().completeExceptionally(unavailable());
        }
    }

    /** Takes what waits, at least one; false once the log is closing and nothing waits. */
    private boolean take(List<PendingAppend> batch) throws InterruptedException, LogStoreException {
        PendingAppend next = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        long checked = System.nanoTime();
        while (next == null) {
            if (closing) {
                return false;
            }
            if (System.nanoTime() - checked > CHECK_NANOS) {
                // Whoever asks next is not to be the one who finds out.
                store.check();
                checked = System.nanoTime();
            }
            next = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        }
        long bytes = 0;
        while (next != null) {
            batch.add(next);
            bytes += next.writtenBytes();
            queuedBytes.addAndGet(-next.bytes());
            boolean full = batch.size() >= settings.batchEntries() || bytes >= settings.batchBytes();
            next = full ? null : queue.poll();
        }
        return true;
    }

    private void fail(Throwable cause, List<PendingAppend> batch) {
        LogUnavailableException failed = new LogUnavailableException(
                "the message log has failed and stays failed: " + cause.getMessage(), cause);
        failure.set(failed);
        LOG.error("The message log has failed; nothing may leave until the node is restarted", cause);
        for (PendingAppend pending : batch) {
            pending.result().completeExceptionally(failed);
        }
        try {
            listener.failed(failed);
        } catch (RuntimeException e) {
            LOG.error("The alarm of the message log's failure was not taken", e);
        }
    }

    @Override
    public boolean available() {
        return failure.get() == null && !closing;
    }

    @Override
    public List<StoredMessage> messages(UUID messageId) {
        return read(() -> store.messages(messageId, MAX_MESSAGES));
    }

    @Override
    public Optional<StoredMessage> message(MemberId member, Direction direction, UUID messageId) {
        return read(() -> store.message(member, direction, messageId));
    }

    @Override
    public Optional<ContainerContent> whole(long index) {
        return read(() -> store.whole(index));
    }

    @Override
    public Optional<StoredMessage> answer(MemberId member, Direction direction, UUID requestId) {
        return read(() -> store.answer(member, direction, requestId));
    }

    @Override
    public List<StoredMessage> correlated(String correlationId, int limit) {
        return correlated(correlationId, 0, limit);
    }

    @Override
    public List<StoredMessage> correlated(String correlationId, long fromIndex, int limit) {
        return read(() -> store.correlated(correlationId, fromIndex, bounded(limit)));
    }

    @Override
    public Optional<StoredMessage> about(MemberId member, Direction direction, MessageKind kind, UUID requestId) {
        return read(() -> store.about(member, direction, kind, requestId));
    }

    @Override
    public List<StoredMessage> deferred(Direction direction, long fromIndex, int limit) {
        return read(() -> store.deferred(direction, fromIndex, bounded(limit)));
    }

    @Override
    public List<StoredMessage> undelivered(Direction direction, long fromIndex, int limit) {
        return read(() -> store.undelivered(direction, fromIndex, bounded(limit)));
    }

    @Override
    public List<StoredMessage> deliveries(long fromIndex, int limit) {
        return read(() -> store.deliveries(fromIndex, bounded(limit)));
    }

    @Override
    public List<StoredMessage> events(
            MemberId member,
            Direction direction,
            SubsystemId publisher,
            SubsystemId consumer,
            long beforeIndex,
            int limit) {
        return read(() -> store.events(member, direction, publisher, consumer, beforeIndex, bounded(limit)));
    }

    @Override
    public List<StoredMessage> unanswered(MessageKind kind, Direction direction, long fromIndex, int limit) {
        return read(() -> store.unanswered(kind, direction, fromIndex, bounded(limit)));
    }

    /**
     * What was logged about this subject from leaf {@code fromIndex} on, in the order logged, at most {@code limit}.
     * Refusals are among them where they name all that a message has.
     */
    public List<StoredMessage> bySubject(String subject, long fromIndex, int limit) {
        return read(() -> store.bySubject(key.subjectHash(subject), fromIndex, bounded(limit)));
    }

    /** The tree after the last commit: what a checkpoint may say now. */
    public TreeHead committed() {
        return batches.committed();
    }

    /**
     * The leaves before {@code beforeIndex} that have all that is asked for, newest first, at most {@code limit};
     * refusals and records are among them.
     *
     * @param subject the value of the subject; null asks for no subject, or for that of the query's own hash
     */
    public List<FoundLeaf> search(LogQuery query, @Nullable String subject, long beforeIndex, int limit) {
        LogQuery asked = subject == null ? query : query.withSubjectHash(key.subjectHash(subject));
        return read(() -> store.search(asked, beforeIndex, bounded(limit)));
    }

    @Override
    public long size() {
        return batches.committed().size();
    }

    @Override
    public byte[] root() {
        return batches.committed().root().clone();
    }

    private static int bounded(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit must be positive");
        }
        return Math.min(limit, MAX_LIMIT);
    }

    /** Something asked of the store. */
    @FunctionalInterface
    private interface StoreCall<T> {
        T call() throws LogStoreException;
    }

    private static <T> T read(StoreCall<T> call) {
        try {
            return call.call();
        } catch (LogStoreException e) {
            throw new LogUnavailableException("the message log cannot be read", e);
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            writer.join(settings.closeTimeout().toMillis());
            if (writer.isAlive()) {
                LOG.error("The message log did not flush within {}", settings.closeTimeout());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            store.close();
        }
    }
}
