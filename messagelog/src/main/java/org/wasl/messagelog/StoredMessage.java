package org.wasl.messagelog;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.MessageKind;

/**
 * A container as it stands in the log.
 *
 * @param container its octets, or the card of one with a document, see {@link MessageLog#whole}; null when they were
 *     erased
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record StoredMessage(
        long index,
        MemberId member,
        Direction direction,
        Instant at,
        UUID messageId,
        String correlationId,
        MessageKind kind,
        SubsystemId sender,
        SubsystemId consumer,
        SubsystemId provider,
        ServiceId service,
        @Nullable UUID inReplyTo,
        @Nullable Instant expires,
        @Nullable String faultCode,
        byte @Nullable [] container) {}
