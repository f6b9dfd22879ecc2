package org.wasl.node.identity;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.actor.ActorKind;

/**
 * What an identity issuer is asked to assert of the bearer of a token: for this one request, and nothing else.
 *
 * @param token the person's access token
 * @param correlationId what ties together the request's messages
 * @param purpose for which purpose it is asked
 * @param services the services that are asked, all of them; their members are the assertion's audience
 * @param inputs the request's inputs
 * @param kind the capacity in which the person asks
 * @param actorId the person's identifier on the bus
 * @param representedParty whom the person represents in this request; null when nobody
 */
public record AssertionOrder(
        String token,
        String correlationId,
        String purpose,
        List<ServiceId> services,
        Map<String, String> inputs,
        ActorKind kind,
        String actorId,
        @Nullable String representedParty) {

    public AssertionOrder {
        services = List.copyOf(services);
        inputs = Map.copyOf(inputs);
    }

    @Override
    public String toString() {
        // Without token and inputs: this ends up in logs.
        return "assertion of " + actorId + " for " + correlationId;
    }
}
