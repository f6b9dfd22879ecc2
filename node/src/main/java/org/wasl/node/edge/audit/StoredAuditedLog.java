package org.wasl.node.edge.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.RecordedCheckpoint;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.certificate.RevocationEvidence;

/** The node's own log: what was appended is read from its store. */
public final class StoredAuditedLog implements AuditedLog {

    /** What an auditor opens at once is one container. */
    private static final int MAX_CONTAINER_BYTES = 64 * 1024 * 1024;

    private final GroupCommitMessageLog log;
    private final LogStore store;
    private final Duration timeout;

    /** @param timeout how long an append may take to become durable */
    public StoredAuditedLog(GroupCommitMessageLog log, LogStore store, Duration timeout) {
        this.log = log;
        this.store = store;
        this.timeout = timeout;
    }

    @Override
    public UUID id() {
        return store.logId();
    }

    @Override
    public long size() {
        return log.size();
    }

    @Override
    public boolean available() {
        return log.available();
    }

    @Override
    public List<FoundLeaf> search(LogQuery query, @Nullable String subject, long beforeIndex, int limit) {
        return log.search(query, subject, beforeIndex, limit);
    }

    @Override
    public Optional<LogRow> row(long index) {
        return read(() -> {
            Optional<LogRow> row = store.row(index);
            return row.isEmpty() ? row : Optional.of(store.complete(row.get(), MAX_CONTAINER_BYTES));
        });
    }

    @Override
    public Optional<StoredMessage> answer(MemberId member, Direction direction, UUID requestId) {
        return log.answer(member, direction, requestId);
    }

    @Override
    public Optional<RevocationEvidence> evidence(String digest) {
        return read(() -> store.evidence(digest));
    }

    @Override
    public List<RecordedCheckpoint> checkpoints(long fromSize, int limit) {
        return read(() -> store.checkpoints(fromSize, limit));
    }

    @Override
    public void record(LogEntry entry) {
        durable(log.append(entry));
    }

    @Override
    public void record(LogEntry entry, byte[] subjectHash) {
        durable(log.append(entry, subjectHash));
    }

    private void durable(CompletableFuture<AppendResult> append) {
        try {
            append.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof LogUnavailableException unavailable) {
                throw unavailable;
            }
            throw new LogUnavailableException("what was done could not be logged", failed);
        } catch (TimeoutException late) {
            throw new LogUnavailableException(
                    "what was done was not durable within " + timeout.toMillis() + " ms", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("interrupted while waiting for the log", interrupted);
        }
    }

    /** Something asked of the store. */
    @FunctionalInterface
    private interface StoreCall<T> {
        T call() throws LogStoreException;
    }

    private static <T> T read(StoreCall<T> call) {
        try {
            return call.call();
        } catch (LogStoreException unreadable) {
            throw new LogUnavailableException("the message log cannot be read", unreadable);
        }
    }
}
