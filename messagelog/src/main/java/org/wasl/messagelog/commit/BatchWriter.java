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

    /** For how many batches the store is asked first after it refused one. */
    private static final int SEARCHES = 64;

    private final LogStore store;
    private int searches;
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
     * Commits the batch and only then completes its results. The store itself keeps a message from being logged twice, so
     * nobody needs to ask first: only when it refuses a batch, and for some time after, since who repeats one message
     * may repeat more.
     *
     * @throws LogStoreException when the store failed; no result is completed then
     */
    void write(List<PendingAppend> batch) throws LogStoreException {
        boolean asked = searches > 0;
        if (asked) {
            searches--;
        }
        Plan plan = plan(batch, asked ? logged(batch) : new HashMap<>());
        if (!commit(plan)) {
            searches = SEARCHES;
            plan = plan(batch, logged(batch));
            if (asked || !commit(plan)) {
                throw new LogStoreException("the store finds a message logged before, and cannot say which");
            }
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).result().complete(plan.results().get(i));
        }
    }

    /** What becomes of a batch: the entries to write, the tree with them, and what each caller is told. */
    private record Plan(CompactRange grown, List<IndexedEntry> entries, List<AppendResult> results) {}

    private Plan plan(List<PendingAppend> batch, Map<MessageIdentity, Long> logged) throws LogStoreException {
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
        return new Plan(grown, entries, results);
    }

    private boolean commit(Plan plan) throws LogStoreException {
        if (plan.entries().isEmpty()) {
            return true;
        }
        TreeHead head = TreeHead.of(plan.grown());
        if (!store.append(plan.entries(), head)) {
            return false;
        }
        tree = plan.grown();
        committed = head;
        return true;
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
