package org.wasl.messagelog.verify;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.wasl.messagelog.merkle.CompactRange;

/**
 * Compares the tree with the checkpoints that are known from elsewhere, and tells how it came that one does not fit:
 * another history, or one that was set back and written on.
 */
final class KeptHeads {

    private static final long NONE = -1;

    private final List<KeptCheckpoint> kept;
    private final DamageList damages;
    private final TimeRule times;

    /** Of each, the first leaf below its size that is younger than it. */
    private final long[] younger;

    /** Of each, whether a leaf just before that one is of the time when it was made: then none was taken back. */
    private final boolean[] continuous;

    private long newestMillis = Long.MIN_VALUE;

    private int next;
    private long agreed;
    private boolean parted;
    private long oldestMillis = Long.MAX_VALUE;

    KeptHeads(List<KeptCheckpoint> kept, DamageList damages, TimeRule times) {
        this.kept = kept.stream()
                .sorted(Comparator.comparingLong(KeptCheckpoint::size))
                .toList();
        this.damages = damages;
        this.times = times;
        this.younger = new long[this.kept.size()];
        this.continuous = new boolean[this.kept.size()];
        Arrays.fill(younger, NONE);
        findOldest();
    }

    /** Hears of a leaf before it is appended. */
    void leaf(long index, long atMillis) {
        if (atMillis > oldestMillis) {
            findYounger(index, atMillis);
        }
        newestMillis = Math.max(newestMillis, atMillis);
    }

    private void findYounger(long index, long atMillis) {
        for (int i = next; i < younger.length; i++) {
            Instant by = kept.get(i).existedBy();
            if (younger[i] == NONE
                    && by != null
                    && index < kept.get(i).size()
                    && atMillis > TimeRule.latest(by.toEpochMilli())) {
                younger[i] = index;
                continuous[i] = newestMillis >= TimeRule.earliest(by.toEpochMilli());
            }
        }
        findOldest();
    }

    void save(StateFields out) {
        out.put("kept-agreed", agreed);
        out.put("kept-parted", parted);
        out.put("kept-newest", newestMillis);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < younger.length; i++) {
            found.add(younger[i] + (continuous[i] ? "c" : ""));
        }
        out.put("kept-younger", found);
    }

    /** Takes up what was kept, by the same checkpoints, at a tree of this size. */
    void restore(StateFields in, long size) {
        agreed = in.number("kept-agreed");
        parted = in.flag("kept-parted");
        newestMillis = in.number("kept-newest");
        List<String> parts = in.parts("kept-younger");
        for (int i = 0; i < younger.length; i++) {
            continuous[i] = parts.get(i).endsWith("c");
            younger[i] = Long.parseLong(parts.get(i).replace("c", ""));
        }
        while (next < younger.length && kept.get(next).size() <= size) {
            next++;
        }
        findOldest();
    }

    private void findOldest() {
        oldestMillis = Long.MAX_VALUE;
        for (int i = next; i < younger.length; i++) {
            Instant by = kept.get(i).existedBy();
            if (younger[i] == NONE && by != null) {
                oldestMillis = Math.min(oldestMillis, TimeRule.latest(by.toEpochMilli()));
            }
        }
    }

    /** Compares the tree as it is now with those of its size. */
    void compare(CompactRange tree) {
        while (next < younger.length && kept.get(next).size() < tree.size()) {
            next++;
        }
        if (next == younger.length || kept.get(next).size() > tree.size()) {
            return;
        }
        byte[] root = tree.root();
        long before = agreed;
        for (; next < younger.length && kept.get(next).size() == tree.size(); next++) {
            KeptCheckpoint checkpoint = kept.get(next);
            if (MessageDigest.isEqual(root, checkpoint.root())) {
                agreed = Math.max(agreed, checkpoint.size());
                Instant by = checkpoint.existedBy();
                if (by != null) {
                    times.dated(checkpoint.size(), by);
                }
            } else if (!parted) {
                parted = true;
                parted(checkpoint, continuous[next] ? NONE : younger[next], before);
            }
        }
        findOldest();
    }

    private void parted(KeptCheckpoint checkpoint, long firstYounger, long before) {
        String what = "the root over " + checkpoint.size() + " leaves is not that of " + checkpoint.name();
        if (firstYounger == NONE) {
            damages.add(
                    DamageKind.FORKED,
                    before,
                    what + "; up to " + before + " leaves, what is known from elsewhere agrees");
        } else {
            damages.add(
                    DamageKind.ROLLED_BACK,
                    firstYounger,
                    what + ", and this leaf is younger than it: others stood here and after; up to " + before
                            + " leaves, what is known from elsewhere agrees");
        }
    }

    /** The largest size at which the tree has the root that is known from elsewhere. */
    long agreed() {
        return agreed;
    }

    /**
     * Looks at those that are larger than the log.
     *
     * @param size the log's recorded size
     * @param truncated whether the store itself shows that leaves are missing at its end
     */
    void finish(long size, boolean truncated) {
        while (next < younger.length && kept.get(next).size() <= size) {
            next++;
        }
        if (next == younger.length) {
            return;
        }
        contradictions(size);
        if (truncated || parted) {
            return;
        }
        KeptCheckpoint largest = kept.get(younger.length - 1);
        long first = size;
        for (int i = next; i < younger.length; i++) {
            first = younger[i] == NONE ? first : Math.min(first, younger[i]);
        }
        damages.add(
                DamageKind.ROLLED_BACK,
                first,
                "the log ends at " + size + " and records nothing beyond, but " + largest.name() + " has "
                        + largest.size() + " leaves");
    }

    /** Two of one size with different roots need no log to show that it was forked. */
    private void contradictions(long size) {
        for (int i = next + 1; i < younger.length; i++) {
            KeptCheckpoint one = kept.get(i - 1);
            KeptCheckpoint other = kept.get(i);
            if (!parted && one.size() == other.size() && !MessageDigest.isEqual(one.root(), other.root())) {
                parted = true;
                damages.add(
                        DamageKind.FORKED,
                        Math.min(size, agreed),
                        one.name() + " and " + other.name() + " have " + one.size() + " leaves and different roots");
            }
        }
    }
}
