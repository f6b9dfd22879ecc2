package org.wasl.messagelog.merkle;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows that a leaf stands at an index of a tree (RFC 6962, section 2.1.1).
 *
 * @param index the leaf's index
 * @param size how many leaves the tree has
 * @param path the siblings' hashes, from the leaf upwards
 */
public record InclusionProof(long index, long size, List<byte[]> path) {

    public InclusionProof {
        path = List.copyOf(path);
    }

    /**
     * Builds the proof.
     *
     * @throws IndexOutOfBoundsException when the tree has no such leaf
     * @throws E when a hash cannot be read
     */
    public static <E extends Exception> InclusionProof build(SubtreeHashes<E> hashes, long index, long size) throws E {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("a tree of " + size + " leaves has no leaf " + index);
        }
        List<byte[]> fromRoot = new ArrayList<>();
        long start = 0;
        long end = size;
        while (end - start > 1) {
            long middle = start + SubtreeRange.split(end - start);
            if (index < middle) {
                fromRoot.add(SubtreeRange.hash(hashes, middle, end));
                end = middle;
            } else {
                fromRoot.add(SubtreeRange.hash(hashes, start, middle));
                start = middle;
            }
        }
        List<byte[]> path = new ArrayList<>();
        for (int i = fromRoot.size() - 1; i >= 0; i--) {
            path.add(fromRoot.get(i));
        }
        return new InclusionProof(index, size, path);
    }

    /** Whether it shows that the leaf of this hash is in the tree of this root (RFC 9162, section 2.1.3.2). */
    public boolean verify(byte[] leafHash, byte[] root) {
        if (index < 0 || index >= size || leafHash.length != TreeHash.LENGTH_BYTES) {
            return false;
        }
        long node = index;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : path) {
            if (last == 0 || sibling.length != TreeHash.LENGTH_BYTES) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = TreeHash.node(sibling, hash);
                // On the right edge, levels without a sibling are skipped.
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = TreeHash.node(hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && MessageDigest.isEqual(hash, root);
    }
}
