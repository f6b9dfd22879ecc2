package org.wasl.node.edge.agency;

import java.util.Optional;
import java.util.UUID;
import org.wasl.node.edge.MessageIds;
import org.wasl.node.edge.RequestHeaders;
import org.wasl.node.edge.problem.RefusedException;
import org.wasl.node.identity.Pseudonyms;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.schemas.identifier.TimeOrderedId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.registry.Registry;

/**
 * What X-Road's headers say about who asks.
 *
 * @param subsystem the asking subsystem, which is its certificate's member's
 * @param id the client's own id of the request: X-Road-Id, or one of ours
 * @param messageId the message id on the bus
 * @param userId X-Road-UserId
 * @param issue X-Road-Issue
 */
record AgencyClient(SubsystemId subsystem, String id, UUID messageId, Optional<String> userId, Optional<String> issue) {

    static AgencyClient of(RequestHeaders headers, MemberId certified, Registry registry) {
        SubsystemId subsystem;
        try {
            subsystem = SubsystemId.parse(headers.required("X-Road-Client"));
        } catch (IllegalArgumentException malformed) {
            throw new RefusedException(
                    FaultCode.REQUEST_INVALID, "X-Road-Client must be instance/class/member/subsystem.", malformed);
        }
        if (!subsystem.member().equals(certified)) {
            throw new RefusedException(
                    FaultCode.CLIENT_MISMATCH, "X-Road-Client names another member than the TLS certificate.");
        }
        if (registry.subsystem(subsystem).isEmpty()) {
            throw new RefusedException(FaultCode.SUBSYSTEM_UNKNOWN, "The registry has no such client subsystem.");
        }
        String id =
                headers.token("X-Road-Id").orElseGet(() -> TimeOrderedId.next().toString());
        UUID messageId = MessageIds.uuid(id).orElseGet(() -> MessageIds.named(subsystem.toString(), id));
        return new AgencyClient(
                subsystem, id, messageId, headers.token("X-Road-UserId"), headers.token("X-Road-Issue"));
    }

    /** The user whom the agency names, else its system itself; the agency vouches for either, hence substantial. */
    Actor actor(Pseudonyms pseudonyms) {
        return userId.map(user -> new Actor(
                        ActorKind.OFFICER,
                        AssuranceLevel.SUBSTANTIAL,
                        pseudonyms.pseudonym(subsystem.member().toString(), user),
                        null))
                .orElseGet(() -> new Actor(ActorKind.SYSTEM, AssuranceLevel.SUBSTANTIAL, subsystem.dotted(), null));
    }

    /** What ties this request to the case that it is for. */
    String correlationId() {
        return issue.orElse(messageId.toString());
    }
}
