package org.wasl.messagelog.store;

import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as it stands in a store, right or not.
 *
 * @param size how many leaves it covers
 * @param origin the identity of the log that it is of
 * @param note the signed note, with the cosignatures that came
 * @param timeStamp an RFC 3161 time-stamp token (DER) over SHA-256 of the note's text; null while there is none
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record RecordedCheckpoint(long size, String origin, byte[] note, byte @Nullable [] timeStamp) {}
