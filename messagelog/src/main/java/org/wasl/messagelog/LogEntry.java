package org.wasl.messagelog;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.MessageKind;

/**
 * What is to be logged: one container, or one refusal. Of what could not be read, the fields are null.
 *
 * @param member on whose behalf it is logged
 * @param direction which way it went
 * @param at when, by this node's clock, UTC, milliseconds
 * @param messageId the message's id
 * @param correlationId what ties the messages of one request together
 * @param kind what the message is
 * @param sender the subsystem that signed
 * @param consumer the subsystem that asks
 * @param provider the subsystem that is asked
 * @param service the service that is asked
 * @param purpose the purpose's code
 * @param actor the actor's opaque id
 * @param inReplyTo the id of the request that a reply or fault answers
 * @param expires until when a request may be answered
 * @param subject the value of the request's subject parameter: only a keyed hash of it is kept
 * @param fault why it was refused, or the code that a fault container carries; null for what went well
 * @param container the container's octets; empty when a request was refused before there was one
 * @param evidence what showed that the certificate of a received message was not revoked; kept once, however many
 *     messages it is named by
 * @param whole the whole container, when {@code container} is only its card: the log reads it until the append has
 *     ended, however long its caller waits; null when {@code container} is the container
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record LogEntry(
        MemberId member,
        Direction direction,
        Instant at,
        @Nullable UUID messageId,
        @Nullable String correlationId,
        @Nullable MessageKind kind,
        @Nullable SubsystemId sender,
        @Nullable SubsystemId consumer,
        @Nullable SubsystemId provider,
        @Nullable ServiceId service,
        @Nullable String purpose,
        @Nullable String actor,
        @Nullable UUID inReplyTo,
        @Nullable Instant expires,
        @Nullable String subject,
        @Nullable FaultCode fault,
        byte[] container,
        List<RevocationEvidence> evidence,
        @Nullable ContainerContent whole) {

    public LogEntry {
        evidence = List.copyOf(evidence);
    }

    /** An entry whose container is in memory. */
    public LogEntry(
            MemberId member,
            Direction direction,
            Instant at,
            @Nullable UUID messageId,
            @Nullable String correlationId,
            @Nullable MessageKind kind,
            @Nullable SubsystemId sender,
            @Nullable SubsystemId consumer,
            @Nullable SubsystemId provider,
            @Nullable ServiceId service,
            @Nullable String purpose,
            @Nullable String actor,
            @Nullable UUID inReplyTo,
            @Nullable Instant expires,
            @Nullable String subject,
            @Nullable FaultCode fault,
            byte[] container,
            List<RevocationEvidence> evidence) {
        this(
                member,
                direction,
                at,
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
                expires,
                subject,
                fault,
                container,
                evidence,
                null);
    }

    /** An entry of a message that was not verified by evidence: one of our own, or a refused one. */
    public LogEntry(
            MemberId member,
            Direction direction,
            Instant at,
            @Nullable UUID messageId,
            @Nullable String correlationId,
            @Nullable MessageKind kind,
            @Nullable SubsystemId sender,
            @Nullable SubsystemId consumer,
            @Nullable SubsystemId provider,
            @Nullable ServiceId service,
            @Nullable String purpose,
            @Nullable String actor,
            @Nullable UUID inReplyTo,
            @Nullable Instant expires,
            @Nullable String subject,
            @Nullable FaultCode fault,
            byte[] container) {
        this(
                member,
                direction,
                at,
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
                expires,
                subject,
                fault,
                container,
                List.of());
    }

    /** The same entry for a container of which only the card is in memory. */
    public LogEntry keeping(ContainerContent elsewhere) {
        return new LogEntry(
                member,
                direction,
                at,
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
                expires,
                subject,
                fault,
                container,
                evidence,
                elsewhere);
    }

    /**
     * That this member used an earlier answer again, since its source gave none now: a use of data that its provider does
     * not see.
     *
     * @param correlationId what ties it to the request for which it was used
     * @param request the id of the request that the source did not answer
     * @param purpose for which purpose it was used
     * @param actor the opaque id of who acted
     * @param subject the value of the subject that it is about; null when about none
     * @param document which answer it was, as UTF-8 JSON; kept as messages are
     */
    public static LogEntry used(
            SubsystemId consumer,
            ServiceId service,
            Instant at,
            String correlationId,
            UUID request,
            String purpose,
            String actor,
            @Nullable String subject,
            byte[] document) {
        return new LogEntry(
                consumer.member(),
                Direction.RECORDED,
                at,
                null,
                correlationId,
                null,
                consumer,
                consumer,
                service.subsystem(),
                service,
                purpose,
                actor,
                request,
                null,
                subject,
                null,
                document);
    }

    /**
     * What this node did itself and is no message, such as an auditor's search or an erasure.
     *
     * @param purpose the code of what was done
     * @param actor the opaque id of who did it
     * @param subject the value of the subject that it was about; null when about none
     * @param document what was done, as UTF-8 JSON; kept as messages are
     */
    public static LogEntry recorded(
            MemberId member, Instant at, String purpose, String actor, @Nullable String subject, byte[] document) {
        return new LogEntry(
                member,
                Direction.RECORDED,
                at,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                purpose,
                actor,
                null,
                null,
                subject,
                null,
                document);
    }
}
