package org.wasl.routes.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.Container;
import org.wasl.security.container.PayloadContent;

/**
 * An event as its subscriber received it: genuine, allowed, durable in its log.
 *
 * @param sequence its number among all that this publisher told this subscriber
 * @param container the message
 * @param record what it says, cut to what the agreement releases
 * @param subject whom or what it is about, by the type's ownerField; null when that was not released
 */
public record ReceivedEvent(
        long sequence,
        Container container,
        PayloadContent.Record record,
        @Nullable String subject) {

    /** The message's id. */
    public UUID id() {
        return container.header().messageId();
    }

    public SubsystemId subscriber() {
        return container.header().consumer();
    }

    public SubsystemId publisher() {
        return container.header().provider();
    }

    public ServiceId type() {
        return container.header().service();
    }

    @Override
    public String toString() {
        return "event " + sequence + " of " + publisher() + " to " + subscriber();
    }
}
