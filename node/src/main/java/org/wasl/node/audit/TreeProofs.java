package org.wasl.node.audit;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.wasl.messagelog.merkle.InclusionProof;
import org.wasl.messagelog.merkle.SubtreeHashes;
import org.wasl.messagelog.merkle.TreeHash;
import org.wasl.messagelog.store.LogStoreException;

/**
 * Inclusion proofs of a few leaves of one tree, from one pass over the hashes of its leaves: only the subtrees that the
 * proofs name are kept, so that memory does not grow with the log.
 */
final class TreeProofs {

    private static final int MAX_LEVELS = 64;

    private final Map<Place, byte[]> kept = new HashMap<>();
    private final byte[][] open = new byte[MAX_LEVELS][];
    private final long size;
    private long next;

    private record Place(int level, long index) {}

    private TreeProofs(long size) {
        this.size = size;
    }

    /** Hands over the hashes of a log's first leaves, in order. */
    @FunctionalInterface
    interface LeafHashes {
        void each(long size, HashVisitor visitor) throws LogStoreException;
    }

    /** Takes one leaf's hash. */
    @FunctionalInterface
    interface HashVisitor {
        void visit(byte[] leafHash);
    }

    /**
     * Builds the proofs.
     *
     * @param indices whose, each below {@code size}
     * @param size of the tree
     * @throws LogStoreException when the leaves cannot be read, or there are fewer
     */
    static Map<Long, InclusionProof> build(Collection<Long> indices, long size, LeafHashes leaves)
            throws LogStoreException {
        TreeProofs proofs = new TreeProofs(size);
        SubtreeHashes<LogStoreException> wished = (level, index) -> {
            proofs.kept.put(new Place(level, index), TreeHash.emptyRoot());
            return TreeHash.emptyRoot();
        };
        for (long index : indices) {
            InclusionProof.build(wished, index, size);
        }
        leaves.each(size, proofs::append);
        if (proofs.next != size) {
            throw new LogStoreException("the log has " + proofs.next + " of " + size + " leaves");
        }
        Map<Long, InclusionProof> built = new TreeMap<>();
        for (long index : indices) {
            built.put(index, InclusionProof.build(proofs::hash, index, size));
        }
        return built;
    }

    private void append(byte[] leafHash) {
        if (next >= size) {
            return;
        }
        byte[] hash = leafHash;
        int level = 0;
        long index = next;
        keep(level, index, hash);
        for (; (index & 1) == 1; index >>>= 1) {
            hash = TreeHash.node(open[level], hash);
            level++;
            keep(level, index >>> 1, hash);
        }
        open[level] = hash;
        next++;
    }

    private void keep(int level, long index, byte[] hash) {
        kept.computeIfPresent(new Place(level, index), (place, none) -> hash);
    }

    private byte[] hash(int level, long index) throws LogStoreException {
        byte[] hash = kept.get(new Place(level, index));
        if (hash == null) {
            throw new LogStoreException("the subtree " + index + " of level " + level + " was not wished for");
        }
        return hash;
    }
}
