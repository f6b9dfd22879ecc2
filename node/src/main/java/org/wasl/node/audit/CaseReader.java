package org.wasl.node.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;

/**
 * Finds all that a log holds of a request by the indexes of a running node's store, or by reading the leaves, without
 * payloads, in order: so it works on a copy of the log too, with no index but the log itself.
 */
final class CaseReader {

    /** The most leaves of one request that are handed out. */
    static final int MAX_LEAVES = 1_000;

    private static final int LEAVES_AT_ONCE = 4_096;

    private final LogSource log;

    CaseReader(LogSource log) {
        this.log = log;
    }

    /** The request of this id, whichever of its messages the id is of; empty when the log has none. */
    Optional<LoggedCase> find(UUID requestId) throws LogStoreException {
        if (log instanceof LogStore store) {
            return indexed(store, requestId);
        }
        String id = requestId.toString();
        long size = log.head().size();
        List<String> correlation = new ArrayList<>();
        each(size, leaf -> {
            if (correlation.isEmpty()
                    && id.equals(leaf.leaf().messageId())
                    && leaf.leaf().correlationId() != null) {
                correlation.add(leaf.leaf().correlationId());
            }
        });
        // Who holds an answer's id, or the tracking id alone, means the same request.
        String correlationId = correlation.isEmpty() ? id : correlation.get(0);
        List<Long> indices = new ArrayList<>();
        each(size, leaf -> {
            if (correlationId.equals(leaf.leaf().correlationId()) && indices.size() <= MAX_LEAVES) {
                indices.add(leaf.index());
            }
        });
        return indices.isEmpty() ? Optional.empty() : Optional.of(read(requestId, correlationId, indices));
    }

    /** A running node's own store has indexes. */
    private Optional<LoggedCase> indexed(LogStore store, UUID requestId) throws LogStoreException {
        List<StoredMessage> named = store.messages(requestId, 1);
        String correlationId =
                named.isEmpty() ? requestId.toString() : named.get(0).correlationId();
        List<Long> indices = new ArrayList<>();
        store.search(LogQuery.all().withCorrelationId(correlationId), Long.MAX_VALUE, MAX_LEAVES + 1)
                .forEach(leaf -> indices.add(leaf.index()));
        Collections.sort(indices);
        return indices.isEmpty() ? Optional.empty() : Optional.of(read(requestId, correlationId, indices));
    }

    private LoggedCase read(UUID requestId, String correlationId, List<Long> indices) throws LogStoreException {
        List<LogRow> rows = new ArrayList<>();
        int left = BundleFiles.MAX_OCTETS;
        for (long index : indices.subList(0, Math.min(MAX_LEAVES, indices.size()))) {
            LogRow row =
                    log.row(index).orElseThrow(() -> new LogStoreException("leaf " + index + " is not there any more"));
            // A document is evidence as a whole or not at all.
            LogRow complete = log.complete(row, left);
            left -= complete.payload() == null ? 0 : complete.payload().container().length;
            rows.add(complete);
        }
        return new LoggedCase(requestId, correlationId, rows, indices.size() > MAX_LEAVES);
    }

    /** The hashes of the first leaves, as recorded. */
    void hashes(long size, TreeProofs.HashVisitor visitor) throws LogStoreException {
        each(size, leaf -> visitor.visit(leaf.leafHash()));
    }

    private void each(long size, LogSource.LeafVisitor visitor) throws LogStoreException {
        long next = 0;
        while (next < size) {
            long from = next;
            long[] last = {from - 1};
            log.leaves(from, (int) Math.min(LEAVES_AT_ONCE, size - from), leaf -> {
                if (leaf.index() == last[0] + 1) {
                    last[0] = leaf.index();
                    visitor.visit(leaf);
                }
            });
            if (last[0] < from) {
                throw new LogStoreException("leaf " + from + " is missing: the log is damaged");
            }
            next = last[0] + 1;
        }
    }
}
