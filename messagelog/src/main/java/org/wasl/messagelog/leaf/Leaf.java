package org.wasl.messagelog.leaf;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.merkle.TreeHash;

/**
 * One leaf's fields as they stand in the log: text, so that whatever a damaged row holds can still be encoded, and then
 * found to differ.
 *
 * @param format the version of its encoding
 * @param atMillis when, by the node's clock, milliseconds since 1970 UTC
 * @param direction {@code SENT}, {@code RECEIVED}, {@code REFUSED} or {@code RECORDED}
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
 * @param subject {@link Payload#subjectCommitment} to the subject's keyed hash; in formats 1 and 2 that hash itself
 * @param commitment {@link Payload#commitment}
 * @param evidence the SHA-256 digests of the evidence that it names, 32 octets each, one after the other; null when it
 *     names none, and in format 1
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
        byte @Nullable [] subject,
        byte @Nullable [] commitment,
        byte @Nullable [] evidence) {

    private static final int DIGEST_BYTES = 32;

    /** The encoding that this version of the program writes. */
    public static final int FORMAT = 3;

    /** The one before, where the subject's keyed hash stood in the leaf; logs that began with it are read on. */
    public static final int HASHED_SUBJECT_FORMAT = 2;

    /** The first one, without evidence; logs that began with it are read on. */
    static final int FIRST_FORMAT = 1;

    /** A leaf that names no evidence. */
    public Leaf(
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
            byte @Nullable [] subject,
            byte @Nullable [] commitment) {
        this(
                format,
                atMillis,
                direction,
                member,
                messageId,
                correlationId,
                kind,
                sender,
                consumer,
                provider,
                service,
                purpose,
                actor,
                inReplyTo,
                expiresMillis,
                fault,
                subject,
                commitment,
                null);
    }

    /** Whether this program knows the encoding, and the leaf has nothing that its encoding leaves out. */
    public boolean encodable() {
        return format == FORMAT || format == HASHED_SUBJECT_FORMAT || (format == FIRST_FORMAT && evidence == null);
    }

    /** Whether it only commits to its subject, so that the subject's keyed hash can be erased. */
    public boolean commitsToSubject() {
        return format >= FORMAT;
    }

    /** The digests of the evidence that it names, each 64 lower-case hexadecimal digits. */
    public List<String> evidenceDigests() {
        if (evidence == null) {
            return List.of();
        }
        List<String> digests = new ArrayList<>();
        for (int at = 0; at < evidence.length; at += DIGEST_BYTES) {
            digests.add(HexFormat.of().formatHex(evidence, at, Math.min(evidence.length, at + DIGEST_BYTES)));
        }
        return digests;
    }

    /** The leaf's octets at this index of the log, see {@link LeafEncoding}. */
    public byte[] encode(long index) {
        return LeafEncoding.encode(this, index);
    }

    /** The leaf's RFC 6962 hash at this index of the log. */
    public byte[] hash(long index) {
        return TreeHash.leaf(encode(index));
    }
}
