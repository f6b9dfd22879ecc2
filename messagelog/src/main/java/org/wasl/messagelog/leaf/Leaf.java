package org.wasl.messagelog.leaf;

import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.merkle.TreeHash;

/**
 * One leaf's fields as they stand in the log: text, so that whatever a damaged row holds can still be encoded, and then
 * found to differ.
 *
 * @param format the version of its encoding
 * @param atMillis when, by the node's clock, milliseconds since 1970 UTC
 * @param direction {@code SENT}, {@code RECEIVED} or {@code REFUSED}
 * @param member on whose behalf it is logged
 * @param messageId the message's id, a UUID in lower case
 * @param correlationId what ties the messages of one request together
 * @param kind {@code REQUEST}, {@code REPLY}, {@code FAULT} or {@code EVENT}
 * @param sender the subsystem that signed
 * @param consumer the subsystem that asks
 * @param provider the subsystem that is asked
 * @param service the service that is asked
 * @param purpose the purpose's code
 * @param actor the actor's opaque id
 * @param inReplyTo the id of the request that it answers, a UUID in lower case
 * @param expiresMillis until when a request may be answered, milliseconds since 1970 UTC
 * @param fault the wire code of a refusal or fault
 * @param subjectHash {@link IndexKey#subjectHash}
 * @param commitment {@link Payload#commitment}
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record Leaf(
        int format,
        long atMillis,
        @Nullable String direction,
        @Nullable String member,
        @Nullable String messageId,
        @Nullable String correlationId,
        @Nullable String kind,
        @Nullable String sender,
        @Nullable String consumer,
        @Nullable String provider,
        @Nullable String service,
        @Nullable String purpose,
        @Nullable String actor,
        @Nullable String inReplyTo,
        @Nullable Long expiresMillis,
        @Nullable String fault,
        byte @Nullable [] subjectHash,
        byte @Nullable [] commitment) {

    /** The encoding that this version of the program writes. */
    public static final int FORMAT = 1;

    /** The leaf's octets at this index of the log, see {@link LeafEncoding}. */
    public byte[] encode(long index) {
        return LeafEncoding.encode(this, index);
    }

    /** The leaf's RFC 6962 hash at this index of the log. */
    public byte[] hash(long index) {
        return TreeHash.leaf(encode(index));
    }
}
