package org.wasl.security.timestamp;

/** What came of asking for a time-stamp. */
public sealed interface TimeStampOutcome {

    /**
     * There is one that holds.
     *
     * @param token the token, DER, with what showed that its certificate was not revoked
     * @param proof what it shows
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    record Stamped(byte[] token, TimeStampVerdict.Proven proof) implements TimeStampOutcome {}

    /** The authority answered, and not with a time-stamp that holds. */
    record Refused(String detail) implements TimeStampOutcome {}

    /** The authority gave no answer in time. */
    record Unreachable(String detail) implements TimeStampOutcome {}
}
