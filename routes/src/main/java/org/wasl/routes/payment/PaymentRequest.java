package org.wasl.routes.payment;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;

/**
 * What a caller asks: an order over what an earlier answer says is owed. Amounts are none of the caller's business.
 *
 * @param trackingId the request that was answered
 * @param consumer the subsystem in whose name it is asked
 * @param actor who acts: who asked for the answer
 * @param representedParty X-Road's represented party, or null
 * @param caseReference the case for which it is asked, or null
 * @param channel the channel
 * @param locale {@code ar} or {@code en}
 * @param assertion what an identity issuer asserts of the actor, a JSON Web Signature in compact form, or null
 */
public record PaymentRequest(
        UUID trackingId,
        SubsystemId consumer,
        Actor actor,
        @Nullable String representedParty,
        @Nullable String caseReference,
        String channel,
        String locale,
        @Nullable String assertion) {

    /** The parameter of the order's service that names the answered request. */
    public static final String TRACKING_ID = "trackingId";

    @Override
    public String toString() {
        return "payment of " + trackingId;
    }
}
