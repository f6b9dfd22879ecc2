package org.wasl.messagelog.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.store.LogStoreException;

/**
 * What the rows of one range of indices amount to.
 *
 * @param from the range's first index
 * @param to the index after its last one
 * @param rows the rows that were read, in the order in which they came
 * @param checkpoints the recorded checkpoints that end within the range or at its end, smallest first
 * @param beyond the index of the first row after the range, when one came; otherwise -1
 * @param failure why reading ended early; null when it did not
 */
record CheckedChunk(
        long from,
        long to,
        List<CheckedRow> rows,
        List<CheckedCheckpoint> checkpoints,
        long beyond,
        @Nullable LogStoreException failure) {

    /** Whether there is no row in the range, nor after it. */
    boolean beyondTheEnd() {
        return rows.isEmpty() && beyond < 0 && failure == null;
    }
}
