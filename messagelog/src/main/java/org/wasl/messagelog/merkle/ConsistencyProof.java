package org.wasl.messagelog.merkle;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Shows that a tree is the beginning of a later one (RFC 6962, section 2.1.2).
 *
 * @param earlierSize the earlier tree's leaves
 * @param laterSize the later tree's leaves
 * @param path the hashes that lead to both roots
 */
public record ConsistencyProof(long earlierSize, long laterSize, List<byte[]> path) {

    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /**
     * Builds the proof.
     *
     * @throws IndexOutOfBoundsException when the earlier tree is empty or not smaller than or equal to the later one
     * @throws E when a hash cannot be read
     */
    public static <E extends Exception> ConsistencyProof build(
            SubtreeHashes<E> hashes, long earlierSize, long laterSize) throws E {
        if (earlierSize < 1 || earlierSize > laterSize) {
            throw new IndexOutOfBoundsException("no proof leads from " + earlierSize + " to " + laterSize + " leaves");
        }
        List<byte[]> fromRoot = new ArrayList<>();
        long start = 0;
        long end = laterSize;
        while (earlierSize != end) {
            long middle = start + SubtreeRange.split(end - start);
            if (earlierSize <= middle) {
                fromRoot.add(SubtreeRange.hash(hashes, middle, end));
                end = middle;
            } else {
                fromRoot.add(SubtreeRange.hash(hashes, start, middle));
                start = middle;
            }
        }
        // When the earlier tree is itself this subtree, its root is what the verifier starts from.
        if (start != 0) {
            fromRoot.add(SubtreeRange.hash(hashes, start, end));
        }
        Collections.reverse(fromRoot);
        return new ConsistencyProof(earlierSize, laterSize, fromRoot);
    }

    /**
     * Whether it shows that the tree of the earlier root is the beginning of the later one's (RFC 9162, section
     * 2.1.4.2). From an empty tree nothing can be shown, so that is always false.
     */
    public boolean verify(byte[] earlierRoot, byte[] laterRoot) {
        if (earlierSize < 1 || earlierSize > laterSize) {
            return false;
        }
        if (earlierSize == laterSize) {
            return path.isEmpty() && MessageDigest.isEqual(earlierRoot, laterRoot);
        }
        if (path.stream().anyMatch(hash -> hash.length != TreeHash.LENGTH_BYTES)) {
            return false;
        }
        boolean complete = Long.bitCount(earlierSize) == 1;
        if (!complete && path.isEmpty()) {
            return false;
        }
        byte[] first = complete ? earlierRoot : path.get(0);
        return climb(first, complete ? path : path.subList(1, path.size()), earlierRoot, laterRoot);
    }

    private boolean climb(byte[] first, List<byte[]> hashes, byte[] earlierRoot, byte[] laterRoot) {
        long node = earlierSize - 1;
        long last = laterSize - 1;
        while ((node & 1) == 1) {
            node >>>= 1;
            last >>>= 1;
        }
        byte[] earlier = first;
        byte[] later = first;
        for (byte[] hash : hashes) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                earlier = TreeHash.node(hash, earlier);
                later = TreeHash.node(hash, later);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                later = TreeHash.node(later, hash);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && MessageDigest.isEqual(earlier, earlierRoot) && MessageDigest.isEqual(later, laterRoot);
    }
}
