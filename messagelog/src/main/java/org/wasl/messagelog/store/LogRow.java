package org.wasl.messagelog.store;

import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.leaf.Payload;

/**
 * One row as it stands in a store, right or not.
 *
 * @param index its leaf's index
 * @param leaf its leaf's fields
 * @param leafHash the hash that was recorded for the leaf
 * @param payload its container and salt; null when they are not there
 * @param subjectHash the keyed hash of its subject; null when it has none, or it was erased
 * @param erased whether the container was erased by way of {@link LogStore#erase}
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record LogRow(
        long index,
        Leaf leaf,
        byte[] leafHash,
        @Nullable Payload payload,
        byte @Nullable [] subjectHash,
        boolean erased) {}
