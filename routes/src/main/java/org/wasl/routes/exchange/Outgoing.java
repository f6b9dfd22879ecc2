package org.wasl.routes.exchange;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.Priority;

/**
 * A message that is durable in the log and may leave.
 *
 * @param queue where it goes, computed from the registry
 * @param octets the container
 * @param correlation a hint for whoever looks at the broker; nothing is matched by it
 * @param priority how urgent
 * @param timeToLive how long it may wait in a queue
 * @param replyNode the hint which node waits for the reply; null in answers
 * @param loggedFault for a dead letter, why it is one; null otherwise
 * @param whole the container, when the octets are only its card: then this is sent; null otherwise
 * @param persistent whether the broker keeps it on disk: nobody waits for it and would send again
 * @param service the service that a request asks; null in whatever asks none
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record Outgoing(
        String queue,
        byte[] octets,
        String correlation,
        Priority priority,
        Duration timeToLive,
        @Nullable String replyNode,
        @Nullable FaultCode loggedFault,
        @Nullable ContainerContent whole,
        boolean persistent,
        @Nullable ServiceId service) {

    /** A message that asks no service. */
    Outgoing(
            String queue,
            byte[] octets,
            String correlation,
            Priority priority,
            Duration timeToLive,
            @Nullable String replyNode,
            @Nullable FaultCode loggedFault,
            @Nullable ContainerContent whole,
            boolean persistent) {
        this(queue, octets, correlation, priority, timeToLive, replyNode, loggedFault, whole, persistent, null);
    }

    /** A message whose container is in memory. */
    Outgoing(
            String queue,
            byte[] octets,
            String correlation,
            Priority priority,
            Duration timeToLive,
            @Nullable String replyNode,
            @Nullable FaultCode loggedFault) {
        this(queue, octets, correlation, priority, timeToLive, replyNode, loggedFault, null, false);
    }

    /** The same, kept by the broker on disk. */
    public Outgoing kept() {
        return new Outgoing(
                queue, octets, correlation, priority, timeToLive, replyNode, loggedFault, whole, true, service);
    }

    /** The same, labelled with the service that it asks. */
    Outgoing asking(ServiceId asked) {
        return new Outgoing(
                queue, octets, correlation, priority, timeToLive, replyNode, loggedFault, whole, persistent, asked);
    }

    public static Outgoing message(
            String queue, byte[] octets, String correlation, Priority priority, Duration ttl, @Nullable String node) {
        return new Outgoing(queue, octets, correlation, priority, ttl, node, null);
    }
}
