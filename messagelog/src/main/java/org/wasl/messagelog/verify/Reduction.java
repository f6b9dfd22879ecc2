package org.wasl.messagelog.verify;

import java.util.ArrayList;
import java.util.List;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.CommitMark;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.TreeHead;

/** Puts what was found in the rows together in their order: gaps, the tree, times, counts. One thread's. */
final class Reduction {

    private static final int ROWS_BEYOND = 256;

    private final LogSource source;
    private final TreeHead head;
    private final DamageList damages;
    private final TimeRule times;
    private final KeptHeads kept;
    private final RootCheck roots;
    private long next;
    private long leavesRead;
    private long containers;
    private long erased;
    private long signatures;
    private long refusals;

    Reduction(LogSource source, TreeHead head, VerificationPlan plan, DamageList damages) {
        this.source = source;
        this.head = head;
        this.damages = damages;
        this.times = new TimeRule(damages);
        this.kept = new KeptHeads(plan.kept(), damages, times);
        this.roots = new RootCheck(source, damages, kept);
    }

    /** The first index that was not reached. */
    long next() {
        return next;
    }

    /** Takes the next chunk. */
    void take(CheckedChunk chunk) throws LogStoreException {
        roots.prepare(chunk.to());
        for (CheckedRow row : chunk.rows()) {
            take(row);
        }
    }

    private void take(CheckedRow row) {
        leavesRead++;
        if (row.index() < next) {
            damages.add(DamageKind.EXTRA_LEAF, row.index(), "there is more than one leaf at this index");
            return;
        }
        if (row.index() > next) {
            roots.broken();
            damages.add(
                    DamageKind.MISSING_LEAF,
                    next,
                    "the leaves from " + next + " to " + (row.index() - 1) + " are missing");
        }
        next = row.index() + 1;
        Leaf unfitting = row.unfitting();
        if (unfitting == null) {
            count(row.content());
            row.damages().forEach(damages::add);
            times.leaf(row);
            kept.leaf(row.index(), row.atMillis());
        } else {
            damages.addUnfitting(row.index(), unfitting, row.leafHash());
        }
        // Also of a leaf that does not fit: its recorded hash shows whether the rest of the tree is as it was.
        roots.append(row.leafHash());
    }

    private void count(CheckedRow.Content content) {
        switch (content) {
            case NONE, EMPTY -> {}
            case ERASED -> erased++;
            case PRESENT -> containers++;
            case GENUINE -> {
                containers++;
                signatures++;
            }
            case REFUSAL -> {
                containers++;
                refusals++;
            }
        }
    }

    /** Everything up to the recorded size was taken, or nothing more is there. */
    void finish() throws LogStoreException {
        if (next < head.size()) {
            roots.broken();
            damages.add(DamageKind.TRUNCATED, next, "the log ends here, its recorded size is " + head.size());
        }
        roots.agrees(head.root(), "the root of the log's recorded head");
        // Rows first, then the head: what a running node adds meanwhile is recorded with its head.
        List<Long> beyond = new ArrayList<>();
        source.scan(head.size(), ROWS_BEYOND, row -> beyond.add(row.index()));
        List<CommitMark> later = source.commits(head.size(), ROWS_BEYOND);
        long recorded = source.head().size();
        if (!later.isEmpty() && later.get(0).size() > recorded) {
            damages.add(
                    DamageKind.TRUNCATED,
                    recorded,
                    "the log ends here, but a commit of " + later.get(0).size() + " leaves is recorded");
        }
        for (long index : beyond) {
            if (index >= recorded) {
                damages.add(DamageKind.EXTRA_LEAF, index, "the leaf lies beyond the recorded size " + recorded);
            }
        }
        kept.finish(recorded, damages.has(DamageKind.TRUNCATED));
        times.finish();
    }

    Tally tally() {
        return new Tally(leavesRead, containers, erased, signatures, refusals, 0, kept.agreed(), 0);
    }
}
