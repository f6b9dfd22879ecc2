package org.wasl.messagelog.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree that only grows, kept as the roots of its complete subtrees from left to right: as many hashes as its size has
 * bits set. Not safe for use by several threads at once.
 */
public final class CompactRange {

    private long size;
    private final List<byte[]> subtrees;

    private CompactRange(long size, List<byte[]> subtrees) {
        this.size = size;
        this.subtrees = subtrees;
    }

    /** The tree without leaves. */
    public static CompactRange empty() {
        return new CompactRange(0, new ArrayList<>());
    }

    /**
     * Restores a tree from {@link #frontier()}.
     *
     * @throws IllegalArgumentException when these octets are no frontier of a tree of this size
     */
    public static CompactRange restore(long size, byte[] frontier) {
        if (size < 0 || frontier.length != Long.bitCount(size) * TreeHash.LENGTH_BYTES) {
            throw new IllegalArgumentException(
                    frontier.length + " octets cannot be the frontier of a tree of " + size + " leaves");
        }
        List<byte[]> subtrees = new ArrayList<>();
        for (int from = 0; from < frontier.length; from += TreeHash.LENGTH_BYTES) {
            byte[] hash = new byte[TreeHash.LENGTH_BYTES];
            System.arraycopy(frontier, from, hash, 0, hash.length);
            subtrees.add(hash);
        }
        return new CompactRange(size, subtrees);
    }

    /** A copy that grows on its own. */
    public CompactRange copy() {
        return new CompactRange(size, new ArrayList<>(subtrees));
    }

    /** Appends one leaf by its hash, {@value TreeHash#LENGTH_BYTES} octets. */
    public void append(byte[] leafHash) {
        if (leafHash.length != TreeHash.LENGTH_BYTES) {
            throw new IllegalArgumentException("a leaf's hash has " + TreeHash.LENGTH_BYTES + " octets");
        }
        byte[] hash = leafHash;
        // Each trailing one bit of the size is a complete subtree as large as the one just completed.
        for (long bits = size; (bits & 1) == 1; bits >>>= 1) {
            hash = TreeHash.node(subtrees.remove(subtrees.size() - 1), hash);
        }
        subtrees.add(hash);
        size++;
    }

    /** How many leaves there are. */
    public long size() {
        return size;
    }

    /** The root over all leaves. */
    public byte[] root() {
        if (subtrees.isEmpty()) {
            return TreeHash.emptyRoot();
        }
        byte[] root = subtrees.get(subtrees.size() - 1);
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            root = TreeHash.node(subtrees.get(i), root);
        }
        return root.clone();
    }

    /** The roots of the complete subtrees, largest first, one after the other: what {@link #restore} takes. */
    public byte[] frontier() {
        byte[] octets = new byte[subtrees.size() * TreeHash.LENGTH_BYTES];
        for (int i = 0; i < subtrees.size(); i++) {
            System.arraycopy(subtrees.get(i), 0, octets, i * TreeHash.LENGTH_BYTES, TreeHash.LENGTH_BYTES);
        }
        return octets;
    }
}
