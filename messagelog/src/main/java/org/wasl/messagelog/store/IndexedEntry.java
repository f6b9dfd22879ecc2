package org.wasl.messagelog.store;

import org.wasl.messagelog.leaf.PreparedEntry;

/**
 * An entry that has its place in the log.
 *
 * @param index its leaf's index
 * @param entry the entry
 * @param leafHash its leaf's RFC 6962 hash at that index
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record IndexedEntry(long index, PreparedEntry entry, byte[] leafHash) {}
