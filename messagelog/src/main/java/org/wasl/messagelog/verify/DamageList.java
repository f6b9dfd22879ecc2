package org.wasl.messagelog.verify;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.wasl.messagelog.store.LogRow;

/** The damages found so far, a bounded number of them with their detail. */
final class DamageList {

    private static final int LISTED = 100;
    private static final int MOVED_CANDIDATES = 16;
    private static final int MOVED_WINDOW = 1_024;

    private final List<Damage> damages = new ArrayList<>();
    private final List<LogRow> unfitting = new ArrayList<>();
    private long count;
    private long lastUnfitting = -1;

    boolean isEmpty() {
        return count == 0;
    }

    long count() {
        return count;
    }

    /** Whether a leaf at this index or a later one does not fit itself. */
    boolean unfittingFrom(long index) {
        return lastUnfitting >= index;
    }

    void add(DamageKind kind, long index, String detail) {
        count++;
        if (damages.size() < LISTED) {
            damages.add(new Damage(kind, index, detail));
        }
    }

    /** A leaf whose fields do not have their recorded hash: altered, unless it turns out to have been moved. */
    void addUnfitting(LogRow row) {
        add(DamageKind.ALTERED_LEAF, row.index(), "the leaf's fields do not have the hash recorded for them");
        lastUnfitting = row.index();
        if (unfitting.size() < MOVED_CANDIDATES) {
            unfitting.add(new LogRow(row.index(), row.leaf(), row.leafHash(), null, null, row.erased()));
        }
    }

    /** The damages by index; what was moved, since the index is part of the leaf, told from what was altered. */
    List<Damage> sorted() {
        return damages.stream()
                .map(this::resolved)
                .sorted(Comparator.comparingLong(Damage::index))
                .toList();
    }

    private Damage resolved(Damage damage) {
        if (damage.kind() == DamageKind.ALTERED_LEAF) {
            for (LogRow row : unfitting) {
                long home = row.index() == damage.index() ? home(row) : -1;
                if (home >= 0) {
                    return new Damage(
                            DamageKind.REORDERED_LEAF, damage.index(), "the leaf that stands here belongs at " + home);
                }
            }
        }
        return damage;
    }

    /** The index at which this leaf has its recorded hash, near by or where another leaf does not fit; or -1. */
    private long home(LogRow row) {
        for (LogRow other : unfitting) {
            if (fits(row, other.index())) {
                return other.index();
            }
        }
        for (long index = Math.max(0, row.index() - MOVED_WINDOW); index <= row.index() + MOVED_WINDOW; index++) {
            if (fits(row, index)) {
                return index;
            }
        }
        return -1;
    }

    private static boolean fits(LogRow row, long index) {
        return MessageDigest.isEqual(row.leaf().hash(index), row.leafHash());
    }
}
