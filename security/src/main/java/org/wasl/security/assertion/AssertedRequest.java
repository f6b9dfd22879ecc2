package org.wasl.security.assertion;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.security.actor.Actor;
import org.wasl.security.container.Header;

/**
 * The request that an assertion must have been made for, as its signed header and payload say.
 *
 * @param correlationId what ties its messages together
 * @param service what is asked; its member is the assertion's audience
 * @param purpose for which purpose
 * @param actor who acts
 * @param representedParty for whom the actor acts; null when for itself
 * @param parameters the question's parameters
 */
public record AssertedRequest(
        String correlationId,
        ServiceId service,
        String purpose,
        Actor actor,
        @Nullable String representedParty,
        Map<String, String> parameters) {

    public AssertedRequest {
        parameters = Map.copyOf(parameters);
    }

    /** The request of this header, which asks with these parameters. */
    public static AssertedRequest of(Header header, Map<String, String> parameters) {
        return new AssertedRequest(
                header.correlationId(),
                header.service(),
                header.purpose(),
                header.actor(),
                header.representedParty(),
                parameters);
    }

    @Override
    public String toString() {
        // Without the parameters: this ends up in logs.
        return "request " + correlationId + " to " + service;
    }
}
