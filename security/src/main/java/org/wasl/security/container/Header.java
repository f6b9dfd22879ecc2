package org.wasl.security.container;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;

/**
 * A message's header, {@code header.xml} in schema {@code urn:wasl:envelope:1}. It names no citizen.
 *
 * @param messageId unique for its sender; with the sender it is the message's identity
 * @param correlationId ties together all messages of one request, across agencies
 * @param kind what the message is
 * @param sender the subsystem whose member signed: the consumer of a request, the provider of a reply, either of a fault
 * @param consumer the subsystem that asks
 * @param provider the subsystem that is asked
 * @param service the service that is asked
 * @param schemaVersion the version of the payload's schema, {@code major.minor}
 * @param payloadMediaType the payload's media type; {@code application/xml} for {@code payload.xml}
 * @param plainPayloadDigest SHA-256 (lower-case hexadecimal) of the payload before it was encrypted; null when it is not
 * @param actor who acts
 * @param representedParty X-Road's represented party; null when the actor acts for itself
 * @param caseReference the case, application or file for which it is asked; null when none was given
 * @param purpose the purpose's code
 * @param legalBasis the legal basis' code
 * @param channel through which channel it was asked: {@code WEB}, {@code MOBILE}, {@code KIOSK}, {@code SYSTEM}
 * @param locale the language of labels in the answer, {@code ar} or {@code en}
 * @param priority how urgent it is
 * @param issued when it was signed, UTC, milliseconds
 * @param expires until when it may be processed, UTC, milliseconds
 * @param idempotencyKey the caller's own key for this request; null when it gave none
 * @param registry on the word of which registry the sender acted; null when it does not say
 * @param inReplyTo the request that this answers; null in requests and events, present in replies and faults
 * @param event which event it is of those that its publisher told this consumer; null in all but events on their way to a
 *     subscriber
 */
public record Header(
        UUID messageId,
        String correlationId,
        MessageKind kind,
        SubsystemId sender,
        SubsystemId consumer,
        SubsystemId provider,
        ServiceId service,
        String schemaVersion,
        String payloadMediaType,
        @Nullable String plainPayloadDigest,
        Actor actor,
        @Nullable String representedParty,
        @Nullable String caseReference,
        String purpose,
        String legalBasis,
        String channel,
        String locale,
        Priority priority,
        Instant issued,
        Instant expires,
        @Nullable String idempotencyKey,
        @Nullable RegistryReference registry,
        @Nullable InReplyTo inReplyTo,
        @Nullable EventSequence event) {

    /** A header of any message but an event's. */
    public Header(
            UUID messageId,
            String correlationId,
            MessageKind kind,
            SubsystemId sender,
            SubsystemId consumer,
            SubsystemId provider,
            ServiceId service,
            String schemaVersion,
            String payloadMediaType,
            @Nullable String plainPayloadDigest,
            Actor actor,
            @Nullable String representedParty,
            @Nullable String caseReference,
            String purpose,
            String legalBasis,
            String channel,
            String locale,
            Priority priority,
            Instant issued,
            Instant expires,
            @Nullable String idempotencyKey,
            @Nullable RegistryReference registry,
            @Nullable InReplyTo inReplyTo) {
        this(
                messageId,
                correlationId,
                kind,
                sender,
                consumer,
                provider,
                service,
                schemaVersion,
                payloadMediaType,
                plainPayloadDigest,
                actor,
                representedParty,
                caseReference,
                purpose,
                legalBasis,
                channel,
                locale,
                priority,
                issued,
                expires,
                idempotencyKey,
                registry,
                inReplyTo,
                null);
    }

    /** A header with a plain payload, without a case or a registry's version. */
    public Header(
            UUID messageId,
            String correlationId,
            MessageKind kind,
            SubsystemId sender,
            SubsystemId consumer,
            SubsystemId provider,
            ServiceId service,
            String schemaVersion,
            String payloadMediaType,
            Actor actor,
            @Nullable String representedParty,
            String purpose,
            String legalBasis,
            String channel,
            String locale,
            Priority priority,
            Instant issued,
            Instant expires,
            @Nullable String idempotencyKey,
            @Nullable InReplyTo inReplyTo) {
        this(
                messageId,
                correlationId,
                kind,
                sender,
                consumer,
                provider,
                service,
                schemaVersion,
                payloadMediaType,
                null,
                actor,
                representedParty,
                null,
                purpose,
                legalBasis,
                channel,
                locale,
                priority,
                issued,
                expires,
                idempotencyKey,
                null,
                inReplyTo);
    }

    /** Whether the payload is encrypted to the members that may read it. */
    public boolean isEncrypted() {
        return payloadMediaType.equals(EntryNames.ENCRYPTED_MEDIA_TYPE);
    }

    /** Whether the payload is a document, {@code payload.bin}, and no XML. */
    public boolean hasDocument() {
        return EntryNames.payloadFor(payloadMediaType).equals(EntryNames.PAYLOAD_BIN);
    }

    /** The same header for a document of this media type. */
    public Header withDocument(String mediaType) {
        return withPayload(mediaType, null);
    }

    /** The same header for the payload encrypted. */
    Header encrypted(String mediaType, String plainDigest) {
        return withPayload(mediaType, plainDigest);
    }

    private Header withPayload(String mediaType, @Nullable String plainDigest) {
        return new Header(
                messageId,
                correlationId,
                kind,
                sender,
                consumer,
                provider,
                service,
                schemaVersion,
                mediaType,
                plainDigest,
                actor,
                representedParty,
                caseReference,
                purpose,
                legalBasis,
                channel,
                locale,
                priority,
                issued,
                expires,
                idempotencyKey,
                registry,
                inReplyTo,
                event);
    }

    /** The same header with these times. */
    Header at(Instant newIssued, Instant newExpires) {
        return new Header(
                messageId,
                correlationId,
                kind,
                sender,
                consumer,
                provider,
                service,
                schemaVersion,
                payloadMediaType,
                plainPayloadDigest,
                actor,
                representedParty,
                caseReference,
                purpose,
                legalBasis,
                channel,
                locale,
                priority,
                newIssued,
                newExpires,
                idempotencyKey,
                registry,
                inReplyTo,
                event);
    }
}
