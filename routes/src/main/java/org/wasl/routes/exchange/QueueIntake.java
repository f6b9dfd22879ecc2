package org.wasl.routes.exchange;

import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;

/**
 * A route that reads one queue.
 *
 * @param routeId its id
 * @param uri the JMS endpoint
 * @param owner the subsystem (requests) or member (replies) whose queue it is
 * @param service the one service whose requests it reads, by their label; null when it reads others
 */
record QueueIntake(
        String routeId, String uri, Object owner, @Nullable ServiceId service) {

    QueueIntake(String routeId, String uri, Object owner) {
        this(routeId, uri, owner, null);
    }
}
