package org.wasl.messagelog.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.RecordedCheckpoint;

/**
 * Reads the rows of one range and looks at each as it comes, so that one container at a time is in memory, however large
 * the range; and at the checkpoints recorded of it. Safe for many threads.
 */
final class ChunkCheck {

    private static final int CHECKPOINTS_AT_ONCE = 512;

    private final LogSource source;
    private final RowCheck check;
    private final CheckpointTrust trust;
    private volatile boolean cancelled;

    ChunkCheck(LogSource source, RowCheck check, CheckpointTrust trust) {
        this.source = source;
        this.check = check;
        this.trust = trust;
    }

    /** Lets all that is under way end at its next row. */
    void cancel() {
        cancelled = true;
    }

    /**
     * Looks at a range.
     *
     * @param containers whether containers are read and looked at, or only leaves
     * @throws CancellationException once cancelled
     */
    CheckedChunk check(long from, int count, boolean containers) {
        Rows rows = new Rows(from + count);
        List<CheckedCheckpoint> checkpoints = new ArrayList<>();
        LogStoreException failure = null;
        try {
            if (containers) {
                source.scan(from, count, row -> rows.take(row.index(), row, check::check));
            } else {
                source.leaves(from, count, leaf -> rows.take(leaf.index(), leaf, RowCheck::leafOnly));
            }
            readCheckpoints(from, from + count, checkpoints);
        } catch (LogStoreException e) {
            failure = e;
        }
        return new CheckedChunk(from, from + count, rows.checked, checkpoints, rows.beyond, failure);
    }

    private void readCheckpoints(long from, long to, List<CheckedCheckpoint> checked) throws LogStoreException {
        long next = from == 0 ? 0 : from + 1;
        while (next <= to) {
            List<RecordedCheckpoint> read = source.checkpoints(next, CHECKPOINTS_AT_ONCE);
            for (RecordedCheckpoint checkpoint : read) {
                stopIfCancelled();
                if (checkpoint.size() <= to) {
                    checked.add(check(checkpoint));
                }
            }
            next = read.size() < CHECKPOINTS_AT_ONCE
                    ? Long.MAX_VALUE
                    : read.get(read.size() - 1).size() + 1;
        }
    }

    private CheckedCheckpoint check(RecordedCheckpoint recorded) {
        CheckpointJudgement judgement = trust.judge(recorded.note(), recorded.timeStamp());
        if (judgement instanceof CheckpointJudgement.Bad bad) {
            return bad(recorded, bad.detail());
        }
        CheckpointJudgement.Genuine genuine = (CheckpointJudgement.Genuine) judgement;
        if (genuine.checkpoint().size() != recorded.size()
                || !genuine.checkpoint().origin().equals(recorded.origin())) {
            return bad(recorded, "it is of another size or log than it is recorded for");
        }
        return new CheckedCheckpoint(recorded.size(), genuine, trust.witnessed(genuine), null);
    }

    private static CheckedCheckpoint bad(RecordedCheckpoint recorded, String detail) {
        Damage damage = new Damage(
                DamageKind.ALTERED_CHECKPOINT,
                Math.max(0, recorded.size() - 1),
                "the recorded checkpoint of " + recorded.size() + " leaves: " + detail);
        return new CheckedCheckpoint(recorded.size(), null, false, damage);
    }

    private void stopIfCancelled() {
        if (cancelled) {
            throw new CancellationException("verifying was cancelled");
        }
    }

    /** Looks at one row. */
    @FunctionalInterface
    private interface Look<R> {
        CheckedRow at(R row);
    }

    /** The rows of one range. */
    private final class Rows {
        private final long to;
        private final List<CheckedRow> checked = new ArrayList<>();
        private long beyond = -1;

        Rows(long to) {
            this.to = to;
        }

        <R> void take(long index, R row, Look<R> look) {
            stopIfCancelled();
            if (index < to) {
                checked.add(look.at(row));
            } else if (beyond < 0) {
                beyond = index;
            }
        }
    }
}
