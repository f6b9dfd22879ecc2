package org.wasl.routes.flow;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.schemas.identifier.TimeOrderedId;
import org.wasl.security.container.InReplyTo;

/**
 * The ids of answers and of steps. An answer's are derived from the request's identity (its sender, id and digests), so that the log's
 * uniqueness of ids allows one answer to one request, whatever crashes or runs twice. They begin as the id that they are
 * derived from: where that grows with time, so do they, and the log's indexes at their ends.
 */
public final class MessageIds {

    private static final long VERSION_MASK = 0xFFFF_FFFF_FFFF_0FFFL;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private MessageIds() {}

    /** The id of this party's answer, reply or fault, to that request: a UUID of version 8 from SHA-256. */
    public static UUID answer(SubsystemId answering, SubsystemId requester, InReplyTo request) {
        return beside("wasl-answer", answering, requester, request);
    }

    private static UUID beside(String what, SubsystemId answering, SubsystemId requester, InReplyTo request) {
        String identity = String.join(
                "|",
                what,
                answering.toString(),
                requester.toString(),
                request.messageId().toString(),
                request.headerDigest(),
                request.payloadDigest());
        return TimeOrderedId.beside(derived(identity), request.messageId());
    }

    /** The id of this party's announcement that its answer to that request comes later: there is one at most. */
    public static UUID interim(SubsystemId answering, SubsystemId requester, InReplyTo request) {
        return beside("wasl-interim", answering, requester, request);
    }

    /** The id of the requester's cancellation of that request: there is one at most. */
    public static UUID cancellation(SubsystemId provider, SubsystemId requester, InReplyTo request) {
        return beside("wasl-cancellation", provider, requester, request);
    }

    /** The id of the request that a composite request's step sends, always the same: a restart knows it again. */
    public static UUID step(UUID trackingId, String step) {
        return TimeOrderedId.beside(derived(String.join("|", "wasl-step", trackingId.toString(), step)), trackingId);
    }

    /**
     * The id of an event that an agency published under a key of its own: the same key is the same event.
     *
     * @param type the event's type
     */
    public static UUID published(ServiceId type, String key) {
        return derived(String.join("|", "wasl-event", type.toString(), key));
    }

    /** The id of the note that an event was given to all who may hear of it: there is one. */
    public static UUID dispatched(UUID eventId) {
        return TimeOrderedId.beside(derived(String.join("|", "wasl-event-dispatched", eventId.toString())), eventId);
    }

    /**
     * The id of the message by which a publisher tells a subscriber the event of this number: whoever knows the number
     * knows the id, and a number can be given once.
     */
    public static UUID told(SubsystemId publisher, SubsystemId subscriber, long number) {
        return derived(String.join(
                "|", "wasl-event-told", publisher.toString(), subscriber.toString(), Long.toString(number)));
    }

    /** The id of a subscriber's word that one of its listeners is done with this event. */
    public static UUID heard(UUID eventId, String listener) {
        return TimeOrderedId.beside(
                derived(String.join("|", "wasl-event-heard", eventId.toString(), listener)), eventId);
    }

    private static UUID derived(String identity) {
        ByteBuffer digest = ByteBuffer.wrap(sha256(identity));
        long high = digest.getLong() & VERSION_MASK | VERSION_8;
        long low = digest.getLong() & VARIANT_MASK | VARIANT;
        return new UUID(high, low);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
