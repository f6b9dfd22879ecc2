package org.wasl.routes.event;

import java.util.UUID;
import org.wasl.schemas.fault.Fault;

/** What became of publishing an event. */
public sealed interface Publication {

    /**
     * It is durable in the publisher's log, and will be told to all who may hear of it.
     *
     * @param eventId the id of the source message; derived from type and key
     * @param position its leaf in the publisher's log: it only grows
     * @param repeated whether it had been published before
     */
    record Published(UUID eventId, long position, boolean repeated) implements Publication {}

    /** It was not published, and why. */
    record Refused(Fault fault) implements Publication {}
}
