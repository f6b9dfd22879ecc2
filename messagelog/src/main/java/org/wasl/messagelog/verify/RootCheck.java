package org.wasl.messagelog.verify;

import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.merkle.TreeHash;
import org.wasl.messagelog.store.CommitMark;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;

/**
 * Grows the tree leaf by leaf and compares its root wherever one is known: with the store's own records, and with what is
 * known from elsewhere.
 */
final class RootCheck {

    private static final int MARKS_AT_ONCE = 1_000;

    private final LogSource source;
    private final DamageList damages;
    private final Deque<CommitMark> marks = new ArrayDeque<>();
    private final KeptHeads kept;
    private CompactRange tree = CompactRange.empty();
    private long marksReadUpTo;
    private long agreedSize;
    private boolean whole = true;

    RootCheck(LogSource source, DamageList damages, KeptHeads kept) {
        this.source = source;
        this.damages = damages;
        this.kept = kept;
    }

    /** Reads the marks of the commits up to this size. */
    void prepare(long upTo) throws LogStoreException {
        while (whole && marksReadUpTo < upTo) {
            List<CommitMark> read = source.commits(marksReadUpTo, MARKS_AT_ONCE);
            marks.addAll(read);
            marksReadUpTo = read.size() < MARKS_AT_ONCE
                    ? Long.MAX_VALUE
                    : marks.getLast().size();
        }
    }

    void save(StateFields out) {
        out.put("tree-size", tree.size());
        out.put("frontier", tree.frontier());
        out.put("agreed", agreedSize);
        out.put("whole", whole);
    }

    void restore(StateFields in) {
        tree = CompactRange.restore(in.number("tree-size"), in.octets("frontier"));
        marksReadUpTo = tree.size();
        agreedSize = in.number("agreed");
        whole = in.flag("whole");
        kept.restore(in, tree.size());
    }

    /** From here on there are no roots to compare: a leaf is missing. */
    void broken() {
        whole = false;
    }

    /** Goes on by one leaf. */
    void append(byte[] leafHash) {
        if (!whole || leafHash.length != TreeHash.LENGTH_BYTES) {
            whole = false;
            return;
        }
        tree.append(leafHash);
        while (!marks.isEmpty() && marks.getFirst().size() < tree.size()) {
            marks.removeFirst();
        }
        if (!marks.isEmpty() && marks.getFirst().size() == tree.size()) {
            agrees(marks.removeFirst().root(), "the log's recorded root");
        }
        if (whole) {
            kept.compare(tree);
        }
    }

    /**
     * Compares the root as it is now with one that the store records.
     *
     * @return whether it was compared, and is the same
     */
    boolean agrees(byte[] expected, String what) {
        if (!whole) {
            return false;
        }
        if (MessageDigest.isEqual(tree.root(), expected)) {
            agreedSize = tree.size();
            return true;
        }
        whole = false;
        // A leaf of this commit that does not fit itself explains the root, and says more.
        if (!damages.unfittingFrom(agreedSize)) {
            damages.add(
                    DamageKind.ROOT_MISMATCH,
                    Math.min(agreedSize, Math.max(0, tree.size() - 1)),
                    "the root over " + tree.size() + " leaves is not " + what + "; up to " + agreedSize
                            + " leaves, roots agree");
        }
        return false;
    }
}
