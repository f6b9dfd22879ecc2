package org.wasl.messagelog.merkle;

/**
 * Where proofs take the hashes of complete subtrees from: memory, the leaves of a store, or tiles.
 *
 * @param <E> what reading can fail with
 */
@FunctionalInterface
public interface SubtreeHashes<E extends Exception> {

    /**
     * The root of the complete subtree over the leaves from {@code index << level} on, {@code 1 << level} of them.
     *
     * @param level 0 for a leaf's own hash
     * @param index the subtree's place among those of its level
     * @throws E when it cannot be read, or a leaf is not there
     */
    byte[] hash(int level, long index) throws E;
}
