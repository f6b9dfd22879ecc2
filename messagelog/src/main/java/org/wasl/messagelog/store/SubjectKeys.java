package org.wasl.messagelog.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Entries of the index of subjects: the first octets of a keyed hash, then the leaf's index, compared as octets. So the
 * leaves about one subject stand together, in the order logged.
 */
final class SubjectKeys {

    /** How many octets an entry has. */
    static final int BYTES = 12;

    private static final int HASH_BYTES = 6;
    private static final int INDEX_BITS = 48;

    private SubjectKeys() {}

    /** The entry of this leaf; its subject's whole hash is to be compared once it was found. */
    static byte[] of(byte[] hash, long index) {
        byte[] key = Arrays.copyOf(hash, BYTES);
        for (int i = 0; i < BYTES - HASH_BYTES; i++) {
            key[HASH_BYTES + i] = (byte) (index >>> INDEX_BITS - Byte.SIZE * (i + 1));
        }
        return key;
    }

    /** The index of the leaf of the entry that begins here. */
    static long index(byte[] entries, int offset) {
        ByteBuffer octets = ByteBuffer.wrap(entries, offset + HASH_BYTES, BYTES - HASH_BYTES);
        return (long) Short.toUnsignedInt(octets.getShort()) << Integer.SIZE | Integer.toUnsignedLong(octets.getInt());
    }

    /** Compares the entries that begin here and there. */
    static int compare(byte[] left, int leftOffset, byte[] right, int rightOffset) {
        return Arrays.compareUnsigned(left, leftOffset, leftOffset + BYTES, right, rightOffset, rightOffset + BYTES);
    }

    /** Where the first entry that is not less than this key begins; the end when there is none. */
    static int lowerBound(byte[] entries, byte[] key) {
        int low = 0;
        int high = entries.length / BYTES;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(entries, middle * BYTES, key, 0) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low * BYTES;
    }
}
