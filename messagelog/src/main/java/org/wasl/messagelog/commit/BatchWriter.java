package org.wasl.messagelog.commit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.store.IndexedEntry;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.MessageIdentity;
import org.wasl.messagelog.store.TreeHead;

/** Gives each entry of a batch its index, or finds that it was logged before, and commits the batch. One thread's. */
final class BatchWriter {

    private final LogStore store;
    private CompactRange tree;
    private volatile TreeHead committed;

    BatchWriter(LogStore store, CompactRange tree) {
        this.store = store;
        this.tree = tree;
        this.committed = TreeHead.of(tree);
    }

    /** The tree after the last commit. */
    TreeHead committed() {
        return committed;
    }

    /**
     * Commits the batch and only then completes its results.
     *
     * @throws LogStoreException when the store failed; no result is completed then
     */
    void write(List<PendingAppend> batch) throws LogStoreException {
        Map<MessageIdentity, Long> logged = logged(batch);
        CompactRange grown = tree.copy();
        List<IndexedEntry> entries = new ArrayList<>(batch.size());
        List<AppendResult> results = new ArrayList<>(batch.size());
        for (PendingAppend pending : batch) {
            MessageIdentity identity = MessageIdentity.of(pending.entry().leaf());
            Long earlier = identity == null ? null : logged.get(identity);
            if (earlier != null) {
                results.add(duplicate(pending, earlier, entries));
                continue;
            }
            long index = grown.size();
            byte[] leafHash = pending.entry().leaf().hash(index);
            grown.append(leafHash);
            entries.add(new IndexedEntry(index, pending.entry(), leafHash));
            results.add(new AppendResult.Appended(index));
            if (identity != null) {
                logged.put(identity, index);
            }
        }
        if (!entries.isEmpty()) {
            TreeHead head = TreeHead.of(grown);
            store.append(entries, head);
            tree = grown;
            committed = head;
        }
        for (int i = 0; i < results.size(); i++) {
            batch.get(i).result().complete(results.get(i));
        }
    }

    private Map<MessageIdentity, Long> logged(List<PendingAppend> batch) throws LogStoreException {
        List<MessageIdentity> identities = batch.stream()
                .map(pending -> MessageIdentity.of(pending.entry().leaf()))
                .filter(Objects::nonNull)
                .toList();
        return identities.isEmpty() ? new HashMap<>() : new HashMap<>(store.find(identities));
    }

    /** The earlier one may stand in this very batch. */
    private AppendResult duplicate(PendingAppend pending, long earlier, List<IndexedEntry> entries)
            throws LogStoreException {
        long inBatch = earlier - tree.size();
        @Nullable
        Payload payload =
                inBatch >= 0 ? entries.get(Math.toIntExact(inBatch)).entry().payload() : store.payload(earlier);
        boolean sameOctets = payload != null
                && Arrays.equals(payload.container(), pending.entry().payload().container());
        return new AppendResult.Duplicate(earlier, sameOctets);
    }
}
