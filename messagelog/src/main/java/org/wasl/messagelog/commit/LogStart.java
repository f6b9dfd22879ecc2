package org.wasl.messagelog.commit;

import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.TreeHead;

/**
 * Takes up a log where it was left: from the recorded head, checked against the log's last leaves. That finds a head and
 * leaves that do not belong together; only {@code LogVerifier} reads everything.
 */
final class LogStart {

    private static final int TAIL_LEAVES = 1_024;

    private LogStart() {}

    /**
     * The tree as recorded.
     *
     * @throws LogStoreException when the head does not fit itself or the last leaves
     */
    static CompactRange resume(LogStore store) throws LogStoreException {
        TreeHead head = store.head();
        CompactRange tree;
        try {
            tree = CompactRange.restore(head.size(), head.frontier());
        } catch (IllegalArgumentException e) {
            throw new LogStoreException("the log's recorded head is damaged", e);
        }
        if (!MessageDigest.isEqual(tree.root(), head.root())) {
            throw new LogStoreException("the log's recorded root does not fit its recorded head");
        }
        Tail tail = new Tail(head.size());
        store.scan(tail.next, TAIL_LEAVES + 1, tail::visit);
        if (tail.damage != null) {
            throw new LogStoreException("the log is damaged: " + tail.damage);
        }
        if (tail.next != head.size()) {
            throw new LogStoreException(
                    "the log ends before leaf " + tail.next + ", its recorded size is " + head.size());
        }
        byte[] frontier = head.frontier();
        byte[] recomputed = tail.subtrees.frontier();
        byte[] recorded = Arrays.copyOfRange(frontier, frontier.length - recomputed.length, frontier.length);
        if (!MessageDigest.isEqual(recomputed, recorded)) {
            throw new LogStoreException("the log's recorded head does not fit its last leaves");
        }
        return tree;
    }

    /** The last leaves: as many of the tree's smaller subtrees as they fill are recomputed. */
    private static final class Tail {
        private final long size;
        private final long subtreesFrom;
        private final CompactRange subtrees = CompactRange.empty();
        private long next;
        private @Nullable String damage;

        Tail(long size) {
            this.size = size;
            long from = 0;
            for (long bit = Long.highestOneBit(size); size - from > TAIL_LEAVES; bit >>>= 1) {
                from += size & bit;
            }
            this.subtreesFrom = from;
            this.next = Math.max(0, size - TAIL_LEAVES);
        }

        void visit(LogRow row) {
            if (damage != null) {
                return;
            }
            if (row.index() != next || next >= size) {
                damage = "where leaf " + next + " of " + size + " should be stands leaf " + row.index();
                return;
            }
            byte[] hash = row.leaf().hash(next);
            if (!MessageDigest.isEqual(hash, row.leafHash())) {
                damage = "leaf " + next + " does not have its recorded hash";
                return;
            }
            if (next >= subtreesFrom) {
                subtrees.append(hash);
            }
            next++;
        }
    }
}
