package org.wasl.messagelog.merkle;

/** Hashes of the ranges that the splits of RFC 6962 lead to, each put together from complete subtrees. */
final class SubtreeRange {

    private SubtreeRange() {}

    /** The largest power of two smaller than {@code size}, which is at least 2. */
    static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    /** MTH over the leaves from {@code start} to before {@code end}; {@code start} is where a split put it. */
    static <E extends Exception> byte[] hash(SubtreeHashes<E> hashes, long start, long end) throws E {
        long size = end - start;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return hashes.hash(level, start >>> level);
        }
        long middle = start + split(size);
        return TreeHash.node(hash(hashes, start, middle), hash(hashes, middle, end));
    }
}
