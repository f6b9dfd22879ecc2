package org.wasl.messagelog.site;

import java.time.Instant;
import java.util.UUID;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;

/**
 * Says that one node alone ends a request.
 *
 * @param side whether the member answers the request or asks it
 * @param member the member whose nodes share it
 * @param sender who sends the request
 * @param messageId the request's id
 * @param identity the same for the same request, another for another one of the same id
 * @param until when the request's time is up: some time after it, the claim may be forgotten
 */
public record Claim(Side side, MemberId member, SubsystemId sender, UUID messageId, UUID identity, Instant until) {

    /** On which side of an exchange. */
    public enum Side {
        /** The member answers it. */
        ANSWERS,
        /** The member asks it. */
        ASKS
    }
}
