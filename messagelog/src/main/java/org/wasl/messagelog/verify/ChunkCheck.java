package org.wasl.messagelog.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;

/**
 * Reads the rows of one range and looks at each as it comes, so that one container at a time is in memory, however large
 * the range. Safe for many threads.
 */
final class ChunkCheck {

    private final LogSource source;
    private final RowCheck check;
    private volatile boolean cancelled;

    ChunkCheck(LogSource source, RowCheck check) {
        this.source = source;
        this.check = check;
    }

    /** Lets all that is under way end at its next row. */
    void cancel() {
        cancelled = true;
    }

    /** @throws CancellationException once cancelled */
    CheckedChunk check(long from, int count) {
        Visitor visitor = new Visitor(from, from + count);
        LogStoreException failure = null;
        try {
            source.scan(from, count, visitor);
        } catch (LogStoreException e) {
            failure = e;
        }
        return visitor.checked(failure);
    }

    /** Takes the rows of one range. */
    private final class Visitor implements LogSource.RowVisitor {
        private final long from;
        private final long to;
        private final List<CheckedRow> rows = new ArrayList<>();
        private long beyond = -1;

        Visitor(long from, long to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public void visit(LogRow row) {
            if (cancelled) {
                throw new CancellationException("verifying was cancelled");
            }
            if (row.index() < to) {
                rows.add(check.check(row));
            } else if (beyond < 0) {
                beyond = row.index();
            }
        }

        CheckedChunk checked(@Nullable LogStoreException failure) {
            return new CheckedChunk(from, to, rows, beyond, failure);
        }
    }
}
