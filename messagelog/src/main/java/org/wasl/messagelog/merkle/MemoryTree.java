package org.wasl.messagelog.merkle;

import java.util.ArrayList;
import java.util.List;

/** A tree in memory that keeps every complete subtree's hash: about 64 octets a leaf. Not safe for several threads. */
public final class MemoryTree implements SubtreeHashes<IndexOutOfBoundsException> {

    private final List<List<byte[]>> levels = new ArrayList<>();

    /** Appends one leaf by its hash. */
    public void append(byte[] leafHash) {
        byte[] hash = leafHash;
        for (int level = 0; ; level++) {
            if (level == levels.size()) {
                levels.add(new ArrayList<>());
            }
            List<byte[]> hashes = levels.get(level);
            hashes.add(hash);
            if (hashes.size() % 2 == 1) {
                return;
            }
            hash = TreeHash.node(hashes.get(hashes.size() - 2), hash);
        }
    }

    /** How many leaves there are. */
    public long size() {
        return levels.isEmpty() ? 0 : levels.get(0).size();
    }

    /**
     * The root over the first {@code size} leaves.
     *
     * @throws IndexOutOfBoundsException when there are fewer
     */
    public byte[] root(long size) {
        return size == 0 ? TreeHash.emptyRoot() : SubtreeRange.hash(this, 0, size);
    }

    @Override
    public byte[] hash(int level, long index) {
        if (level >= levels.size()) {
            throw new IndexOutOfBoundsException("the tree has no subtree of level " + level);
        }
        return levels.get(level).get(Math.toIntExact(index));
    }
}
