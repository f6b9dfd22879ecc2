package org.wasl.routes.exchange;

import org.jspecify.annotations.Nullable;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.SpoolFile;

/**
 * What came from a queue.
 *
 * @param member the member of ours whose queue it is
 * @param provider the subsystem whose request queue it is; null for replies and dead letters
 * @param octets the container, not opened yet; empty when {@code unreadable}
 * @param unreadable why not even the octets were taken; null when they were
 * @param brokerUser who sent it, as the broker authenticated them; null when it did not say
 * @param replyNode the hint which node waits for the reply; null when there is none
 * @param loggedFault for a dead letter that is in the log already, why it is one; null otherwise
 * @param file the container, when it was written to a file as it came; then {@code octets} are empty
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record Arrival(
        MemberId member,
        @Nullable SubsystemId provider,
        byte[] octets,
        @Nullable FaultCode unreadable,
        @Nullable String brokerUser,
        @Nullable String replyNode,
        @Nullable FaultCode loggedFault,
        @Nullable SpoolFile file) {

    /** What came and is in memory. */
    Arrival(
            MemberId member,
            @Nullable SubsystemId provider,
            byte[] octets,
            @Nullable FaultCode unreadable,
            @Nullable String brokerUser,
            @Nullable String replyNode,
            @Nullable FaultCode loggedFault) {
        this(member, provider, octets, unreadable, brokerUser, replyNode, loggedFault, null);
    }
}
