package org.wasl.messagelog.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.CommitMark;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.RecordedCheckpoint;
import org.wasl.messagelog.store.TreeHead;

/**
 * Puts what was found in the rows together in their order: gaps, the tree, checkpoints, times, counts. One thread's.
 */
final class Reduction {

    /** The field of a state that says up to which index everything was taken. */
    static final String POSITION = "position";

    private static final int ROWS_BEYOND = 256;

    private final LogSource source;
    private final TreeHead head;
    private final DamageList damages;
    private final TimeRule times;
    private final KeptHeads kept;
    private final RootCheck roots;
    private final ErasureRule erasures = new ErasureRule();
    private long position;
    private long next;
    private long leavesRead;
    private long containers;
    private long erased;
    private long signatures;
    private long refusals;
    private long checkpoints;
    private long witnessed;
    private long stamped;

    Reduction(LogSource source, TreeHead head, VerificationPlan plan, DamageList damages) {
        this.source = source;
        this.head = head;
        this.damages = damages;
        this.times = new TimeRule(damages);
        this.kept = new KeptHeads(plan.kept(), damages, times);
        this.roots = new RootCheck(source, damages, kept);
    }

    /** Up to which index everything was taken. */
    long position() {
        return position;
    }

    /** The index after the last leaf that was taken. */
    long next() {
        return next;
    }

    /** Takes the next chunk. */
    void take(CheckedChunk chunk) throws LogStoreException {
        roots.prepare(chunk.to());
        Iterator<CheckedCheckpoint> recorded = chunk.checkpoints().iterator();
        CheckedCheckpoint due = next(recorded);
        for (CheckedRow row : chunk.rows()) {
            while (due != null && due.size() <= row.index()) {
                take(due);
                due = next(recorded);
            }
            take(row);
        }
        while (due != null) {
            take(due);
            due = next(recorded);
        }
        position = chunk.to();
    }

    /** Goes on behind a gap. */
    void skipTo(long index) {
        position = index;
    }

    private static @Nullable CheckedCheckpoint next(Iterator<CheckedCheckpoint> recorded) {
        return recorded.hasNext() ? recorded.next() : null;
    }

    private void take(CheckedCheckpoint checkpoint) {
        Damage damage = checkpoint.damage();
        if (damage != null) {
            damages.add(damage);
        }
        CheckpointJudgement.Genuine genuine = checkpoint.genuine();
        if (genuine == null
                || checkpoint.size() != next
                || !roots.agrees(
                        genuine.checkpoint().root(),
                        "the root of the recorded checkpoint of "
                                + genuine.checkpoint().origin())) {
            return;
        }
        checkpoints++;
        Instant existedBy = genuine.existedBy();
        if (existedBy != null) {
            times.dated(checkpoint.size(), existedBy);
        }
        Instant stampedAt = genuine.stampedAt();
        if (stampedAt != null) {
            stamped = checkpoint.size();
            times.stamped(stampedAt);
        }
        if (checkpoint.witnessed()) {
            witnessed = checkpoint.size();
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
            if (row.content() == CheckedRow.Content.ERASED) {
                erasures.erased(row.index());
            }
            erasures.announced(row.announces());
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
        source.leaves(head.size(), ROWS_BEYOND, leaf -> beyond.add(leaf.index()));
        List<CommitMark> commits = source.commits(head.size(), ROWS_BEYOND);
        List<RecordedCheckpoint> recorded = source.checkpoints(head.size() + 1, 1);
        long now = source.head().size();
        if (!commits.isEmpty() && commits.get(0).size() > now) {
            endsEarly(now, "a commit", commits.get(0).size());
        } else if (!recorded.isEmpty() && recorded.get(0).size() > now) {
            endsEarly(now, "a checkpoint", recorded.get(0).size());
        }
        for (long index : beyond) {
            if (index >= now) {
                damages.add(DamageKind.EXTRA_LEAF, index, "the leaf lies beyond the recorded size " + now);
            }
        }
        erasures.finish(source, head.size(), damages);
        kept.finish(now, damages.has(DamageKind.TRUNCATED));
        times.finish();
    }

    private void endsEarly(long size, String what, long recorded) {
        damages.add(
                DamageKind.TRUNCATED,
                size,
                "the log ends here, but " + what + " of " + recorded + " leaves is recorded");
    }

    void save(StateFields out) {
        out.put(POSITION, position);
        out.put("next", next);
        out.put(
                "tally",
                List.of(leavesRead, containers, erased, signatures, refusals, checkpoints, witnessed, stamped));
        roots.save(out);
        erasures.save(out);
        kept.save(out);
        times.save(out);
        damages.save(out);
    }

    /** Takes up what was kept. */
    void restore(StateFields in) throws LogStoreException {
        position = in.number(POSITION);
        next = in.number("next");
        List<Long> tally = in.parts("tally").stream().map(Long::valueOf).toList();
        leavesRead = tally.get(0);
        containers = tally.get(1);
        erased = tally.get(2);
        signatures = tally.get(3);
        refusals = tally.get(4);
        checkpoints = tally.get(5);
        witnessed = tally.get(6);
        stamped = tally.get(7);
        roots.restore(in);
        erasures.restore(in);
        times.restore(in);
        damages.restore(in, source);
    }

    Tally tally() {
        return new Tally(
                leavesRead,
                containers,
                erased,
                signatures,
                refusals,
                checkpoints,
                Math.max(witnessed, kept.agreed()),
                stamped);
    }
}
