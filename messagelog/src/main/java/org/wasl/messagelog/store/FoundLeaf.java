package org.wasl.messagelog.store;

import org.wasl.messagelog.leaf.Leaf;

/**
 * One row without its payload, as it stands in a store, right or not.
 *
 * @param index its leaf's index
 * @param leaf its leaf's fields
 * @param leafHash the hash that was recorded for the leaf
 * @param erased whether the container was erased by way of {@link LogStore#erase}
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record FoundLeaf(long index, Leaf leaf, byte[] leafHash, boolean erased) {}
