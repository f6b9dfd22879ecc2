package org.wasl.node.edge.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.MessageKind;

/** Entries as exchanges leave them in a provider's log; what they say does not matter. */
public final class LoggedEntries {

    public static final SubsystemId COURT = SubsystemId.parse("JO/GOV/MOJ/case-system");
    public static final SubsystemId WEB = SubsystemId.parse("JO/GOV/PORTAL/web");
    public static final SubsystemId COMPOSER = SubsystemId.parse("JO/GOV/PORTAL/composer");
    public static final ServiceId CLEARANCE = ServiceId.parse("JO/GOV/PORTAL/composer/general-clearance/v1");
    public static final ServiceId PERSON = ServiceId.parse("JO/GOV/CSPD/registry/person-record/v1");
    public static final ServiceId LIFE_STATUS = ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1");
    public static final ServiceId FINES = ServiceId.parse("JO/GOV/DVLD/fines/fines-of-person/v1");
    public static final ServiceId VEHICLES = ServiceId.parse("JO/GOV/DVLD/vehicles/vehicles-of-person/v1");

    private static final byte[] CONTAINER = "what was said".getBytes(StandardCharsets.UTF_8);

    private LoggedEntries() {}

    /** A request as its provider received it. */
    public static LogEntry received(
            Instant at,
            UUID id,
            String correlationId,
            SubsystemId consumer,
            ServiceId service,
            String purpose,
            @Nullable String subject) {
        return entry(
                at,
                service.member(),
                Direction.RECEIVED,
                id,
                correlationId,
                MessageKind.REQUEST,
                consumer,
                consumer,
                service,
                purpose,
                null,
                subject,
                null);
    }

    /** The provider's reply to it. */
    public static LogEntry replied(LogEntry request) {
        return answered(request, MessageKind.REPLY, null);
    }

    /** The provider's fault. */
    public static LogEntry faulted(LogEntry request, FaultCode fault) {
        return answered(request, MessageKind.FAULT, fault);
    }

    /** The same request, refused by its provider. */
    public static LogEntry refused(LogEntry request, FaultCode why) {
        return entry(
                request.at(),
                request.member(),
                Direction.REFUSED,
                request.messageId(),
                request.correlationId() + "",
                MessageKind.REQUEST,
                request.sender(),
                request.consumer(),
                request.service(),
                request.purpose() + "",
                null,
                request.subject(),
                why);
    }

    private static LogEntry answered(LogEntry request, MessageKind kind, @Nullable FaultCode fault) {
        return entry(
                request.at().plusMillis(5),
                request.member(),
                Direction.SENT,
                UUID.randomUUID(),
                request.correlationId() + "",
                kind,
                request.provider(),
                request.consumer(),
                request.service(),
                request.purpose() + "",
                request.messageId(),
                fault == null ? request.subject() : null,
                fault);
    }

    private static LogEntry entry(
            Instant at,
            MemberId member,
            Direction direction,
            UUID id,
            String correlationId,
            MessageKind kind,
            SubsystemId sender,
            SubsystemId consumer,
            ServiceId service,
            String purpose,
            @Nullable UUID inReplyTo,
            @Nullable String subject,
            @Nullable FaultCode fault) {
        return new LogEntry(
                member,
                direction,
                at,
                id,
                correlationId,
                kind,
                sender,
                consumer,
                service.subsystem(),
                service,
                purpose,
                "actor-1",
                inReplyTo,
                at.plusSeconds(60),
                subject,
                fault,
                CONTAINER);
    }
}
