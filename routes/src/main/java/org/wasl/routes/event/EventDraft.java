package org.wasl.routes.event;

import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;

/**
 * A fact that is to be published.
 *
 * @param type the event's type, a service of kind EVENT of a subsystem whose member this node speaks for
 * @param key the publisher's own key of this event: the same key is the same event, however often it is published
 * @param record the fact in the type's schema, UTF-8; the array is shared
 * @param actor who acts
 * @param correlationId ties it to other messages; null for the event's own id
 * @param locale {@code ar} or {@code en}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record EventDraft(
        ServiceId type,
        String key,
        byte[] record,
        Actor actor,
        @Nullable String correlationId,
        String locale) {

    /** Who publishes. */
    public SubsystemId publisher() {
        return type.subsystem();
    }

    @Override
    public String toString() {
        // Without the record: this ends up in logs.
        return "event " + type + " of key " + key;
    }
}
