package org.wasl.messagelog.verify;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;

/** The damages found so far, a bounded number of them with their detail. */
final class DamageList {

    /** How many are listed with their detail. */
    static final int LISTED = 100;

    /** How many leaves that do not fit are kept, to look where they belong. */
    static final int MOVED_CANDIDATES = 16;

    private static final int MOVED_WINDOW = 1_024;

    private final List<Damage> damages = new ArrayList<>();
    private final List<Unfitting> unfitting = new ArrayList<>();
    private long count;
    private long lastUnfitting = -1;

    /** A leaf that does not have its recorded hash at its index. */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    private record Unfitting(long index, Leaf leaf, byte[] leafHash) {

        boolean fits(long otherIndex) {
            return leaf.encodable() && MessageDigest.isEqual(leaf.hash(otherIndex), leafHash);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    long count() {
        return count;
    }

    /** Whether one of this kind is among those listed. */
    boolean has(DamageKind kind) {
        return damages.stream().anyMatch(damage -> damage.kind() == kind);
    }

    /** Whether a leaf at this index or a later one does not fit itself. */
    boolean unfittingFrom(long index) {
        return lastUnfitting >= index;
    }

    void add(DamageKind kind, long index, String detail) {
        add(new Damage(kind, index, detail));
    }

    void add(Damage damage) {
        count++;
        if (damages.size() < LISTED) {
            damages.add(damage);
        }
    }

    /** A leaf whose fields do not have their recorded hash: altered, unless it turns out to have been moved. */
    void addUnfitting(long index, Leaf leaf, byte[] leafHash) {
        add(DamageKind.ALTERED_LEAF, index, "the leaf's fields do not have the hash recorded for them");
        lastUnfitting = index;
        keepUnfitting(index, leaf, leafHash);
    }

    private void keepUnfitting(long index, Leaf leaf, byte[] leafHash) {
        if (unfitting.size() < MOVED_CANDIDATES) {
            unfitting.add(new Unfitting(index, leaf, leafHash));
        }
    }

    /** Keeps itself; leaves that did not fit by their index only. */
    void save(StateFields out) {
        out.put("damages", count);
        out.put("last-unfitting", lastUnfitting);
        out.put("unfitting", unfitting.stream().map(Unfitting::index).toList());
        for (int i = 0; i < damages.size(); i++) {
            Damage damage = damages.get(i);
            out.put("damage-" + i, damage.kind() + " " + damage.index() + " " + damage.detail());
        }
        out.put("listed", damages.size());
    }

    /** Takes up what was kept; the leaves that did not fit are read again. */
    void restore(StateFields in, LogSource source) throws LogStoreException {
        for (int i = 0; i < in.number("listed"); i++) {
            String[] parts = in.text("damage-" + i).split(" ", 3);
            damages.add(new Damage(DamageKind.valueOf(parts[0]), Long.parseLong(parts[1]), parts[2]));
        }
        count = in.number("damages");
        lastUnfitting = in.number("last-unfitting");
        for (String index : in.parts("unfitting")) {
            source.row(Long.parseLong(index)).ifPresent(row -> keepUnfitting(row.index(), row.leaf(), row.leafHash()));
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
            for (Unfitting row : unfitting) {
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
    private long home(Unfitting row) {
        for (Unfitting other : unfitting) {
            if (row.fits(other.index())) {
                return other.index();
            }
        }
        for (long index = Math.max(0, row.index() - MOVED_WINDOW); index <= row.index() + MOVED_WINDOW; index++) {
            if (row.fits(index)) {
                return index;
            }
        }
        return -1;
    }
}
