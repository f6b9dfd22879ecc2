package org.wasl.messagelog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.certificate.RevocationEvidence;
import org.wasl.security.container.MessageKind;

/** Entries to log in tests. */
public final class Entries {

    public static final SubsystemId WEB = SubsystemId.parse("JO/GOV/PORTAL/web");
    public static final SubsystemId COMPOSER = SubsystemId.parse("JO/GOV/PORTAL/composer");
    public static final SubsystemId REGISTRY = SubsystemId.parse("JO/GOV/CSPD/registry");
    public static final MemberId PORTAL = WEB.member();
    public static final MemberId CSPD = REGISTRY.member();
    public static final Instant AT = Instant.parse("2026-11-21T08:00:00.123Z");
    public static final String SUBJECT = "9801012345";

    private Entries() {}

    public static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A request from the portal's web to the civil register. */
    public static LogEntry request(MemberId member, Direction direction, UUID id) {
        return message(member, direction, id, MessageKind.REQUEST, WEB, WEB, REGISTRY, null);
    }

    /** The register's reply to it. */
    public static LogEntry reply(MemberId member, Direction direction, UUID requestId) {
        return message(member, direction, UUID.randomUUID(), MessageKind.REPLY, REGISTRY, WEB, REGISTRY, requestId);
    }

    public static LogEntry message(
            MemberId member,
            Direction direction,
            UUID id,
            MessageKind kind,
            SubsystemId sender,
            SubsystemId consumer,
            SubsystemId provider,
            @Nullable UUID inReplyTo) {
        return new LogEntry(
                member,
                direction,
                AT,
                id,
                "correlation-1",
                kind,
                sender,
                consumer,
                provider,
                new ServiceId(provider, "person-record", 1),
                "GENERAL_CLEARANCE",
                "actor-1",
                inReplyTo,
                AT.plusSeconds(60),
                SUBJECT,
                kind == MessageKind.FAULT ? FaultCode.RECORD_NOT_FOUND : null,
                octets("container of " + id));
    }

    /** The same entry with another container. */
    public static LogEntry withContainer(LogEntry entry, byte[] container) {
        return new LogEntry(
                entry.member(),
                entry.direction(),
                entry.at(),
                entry.messageId(),
                entry.correlationId(),
                entry.kind(),
                entry.sender(),
                entry.consumer(),
                entry.provider(),
                entry.service(),
                entry.purpose(),
                entry.actor(),
                entry.inReplyTo(),
                entry.expires(),
                entry.subject(),
                entry.fault(),
                container);
    }

    /** The same entry about another person. */
    public static LogEntry about(LogEntry entry, String subject) {
        return new LogEntry(
                entry.member(),
                entry.direction(),
                entry.at(),
                entry.messageId(),
                entry.correlationId(),
                entry.kind(),
                entry.sender(),
                entry.consumer(),
                entry.provider(),
                entry.service(),
                entry.purpose(),
                entry.actor(),
                entry.inReplyTo(),
                entry.expires(),
                subject,
                entry.fault(),
                entry.container());
    }

    /** The same entry of another time. */
    public static LogEntry at(LogEntry entry, Instant at) {
        return new LogEntry(
                entry.member(),
                entry.direction(),
                at,
                entry.messageId(),
                entry.correlationId(),
                entry.kind(),
                entry.sender(),
                entry.consumer(),
                entry.provider(),
                entry.service(),
                entry.purpose(),
                entry.actor(),
                entry.inReplyTo(),
                entry.expires(),
                entry.subject(),
                entry.fault(),
                entry.container(),
                entry.evidence());
    }

    /** The same message, verified by this evidence. */
    public static LogEntry withEvidence(LogEntry entry, RevocationEvidence... evidence) {
        return new LogEntry(
                entry.member(),
                entry.direction(),
                entry.at(),
                entry.messageId(),
                entry.correlationId(),
                entry.kind(),
                entry.sender(),
                entry.consumer(),
                entry.provider(),
                entry.service(),
                entry.purpose(),
                entry.actor(),
                entry.inReplyTo(),
                entry.expires(),
                entry.subject(),
                entry.fault(),
                entry.container(),
                List.of(evidence));
    }

    /** The same message, refused for this reason. */
    public static LogEntry refused(LogEntry entry, FaultCode fault) {
        return new LogEntry(
                entry.member(),
                Direction.REFUSED,
                entry.at(),
                entry.messageId(),
                entry.correlationId(),
                entry.kind(),
                entry.sender(),
                entry.consumer(),
                entry.provider(),
                entry.service(),
                entry.purpose(),
                entry.actor(),
                entry.inReplyTo(),
                entry.expires(),
                entry.subject(),
                fault,
                entry.container());
    }

    /** A refusal of something unreadable. */
    public static LogEntry unreadable(MemberId member, byte[] octets) {
        return new LogEntry(
                member,
                Direction.REFUSED,
                AT,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                FaultCode.REQUEST_MALFORMED,
                octets);
    }
}
