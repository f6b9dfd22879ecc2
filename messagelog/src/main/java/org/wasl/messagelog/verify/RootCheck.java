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
 * Grows the tree leaf by leaf and compares its root wherever one is known: at each recorded commit, and at the heads that
 * the auditor brought along.
 */
final class RootCheck {

    private static final int MARKS_AT_ONCE = 1_000;

    private final LogSource source;
    private final DamageList damages;
    private final Deque<CommitMark> marks = new ArrayDeque<>();
    private final Deque<CommitMark> known;
    private final CompactRange tree = CompactRange.empty();
    private long marksReadUpTo;
    private long agreedSize;
    private boolean whole = true;

    RootCheck(LogSource source, DamageList damages, List<CommitMark> known) {
        this.source = source;
        this.damages = damages;
        this.known = new ArrayDeque<>(known);
    }

    /** Reads the marks of the commits that end within the next so many leaves. */
    void prepare(int leaves) throws LogStoreException {
        long upTo = tree.size() + leaves;
        while (whole && marksReadUpTo < upTo) {
            List<CommitMark> read = source.commits(marksReadUpTo, MARKS_AT_ONCE);
            marks.addAll(read);
            marksReadUpTo = read.size() < MARKS_AT_ONCE
                    ? Long.MAX_VALUE
                    : marks.getLast().size();
        }
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
        compare(marks, "the log's recorded root");
        compare(known, "the root known from elsewhere");
    }

    private void compare(Deque<CommitMark> expected, String what) {
        while (!expected.isEmpty() && expected.getFirst().size() < tree.size()) {
            expected.removeFirst();
        }
        if (whole && !expected.isEmpty() && expected.getFirst().size() == tree.size()) {
            compare(expected.removeFirst().root(), what);
        }
    }

    /** Compares the root as it is now. */
    void compare(byte[] expected, String what) {
        if (!whole) {
            return;
        }
        if (MessageDigest.isEqual(tree.root(), expected)) {
            agreedSize = tree.size();
            return;
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
    }
}
