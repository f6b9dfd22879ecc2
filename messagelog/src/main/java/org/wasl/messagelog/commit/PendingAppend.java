package org.wasl.messagelog.commit;

import java.util.concurrent.CompletableFuture;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.leaf.PreparedEntry;

/**
 * An append that waits for its commit.
 *
 * @param entry what is to be written
 * @param result what its caller waits for
 */
record PendingAppend(PreparedEntry entry, CompletableFuture<AppendResult> result) {

    /** How many octets it holds in memory. */
    int bytes() {
        return entry.payload().container().length;
    }

    /** How many octets of containers are written. */
    long writtenBytes() {
        return bytes() + (entry.whole() == null ? 0 : entry.whole().length());
    }
}
