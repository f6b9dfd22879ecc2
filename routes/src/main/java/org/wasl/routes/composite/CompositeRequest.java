package org.wasl.routes.composite;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.container.Priority;

/**
 * What a caller asks of a composite service.
 *
 * @param trackingId the request's message id, by which it is tracked
 * @param consumer the subsystem in whose name it is asked
 * @param service the composite service's code, for example {@code general-clearance}
 * @param inputs the inputs
 * @param actor who acts
 * @param representedParty X-Road's represented party, or null
 * @param caseReference the case for which it is asked, or null
 * @param purpose the purpose; null for the service's own
 * @param legalBasis the legal basis; null for the service's own
 * @param channel the channel
 * @param locale {@code ar} or {@code en}
 * @param priority how urgent
 * @param timeout how long the caller waits; null for the service's own deadline, which also caps it
 * @param idempotencyKey the caller's own key, or null
 * @param assertion what an identity issuer asserts of the actor, a JSON Web Signature in compact form, or null
 */
public record CompositeRequest(
        UUID trackingId,
        SubsystemId consumer,
        String service,
        Map<String, String> inputs,
        Actor actor,
        @Nullable String representedParty,
        @Nullable String caseReference,
        @Nullable String purpose,
        @Nullable String legalBasis,
        String channel,
        String locale,
        Priority priority,
        @Nullable Duration timeout,
        @Nullable String idempotencyKey,
        @Nullable String assertion) {

    /** A request without a case and without an assertion. */
    public CompositeRequest(
            UUID trackingId,
            SubsystemId consumer,
            String service,
            Map<String, String> inputs,
            Actor actor,
            @Nullable String representedParty,
            @Nullable String purpose,
            @Nullable String legalBasis,
            String channel,
            String locale,
            Priority priority,
            @Nullable Duration timeout,
            @Nullable String idempotencyKey) {
        this(
                trackingId,
                consumer,
                service,
                inputs,
                actor,
                representedParty,
                null,
                purpose,
                legalBasis,
                channel,
                locale,
                priority,
                timeout,
                idempotencyKey,
                null);
    }

    public CompositeRequest {
        inputs = Map.copyOf(inputs);
    }

    /** The same request with what an identity issuer asserts of this actor. */
    public CompositeRequest asserted(Actor asserted, String proof) {
        return new CompositeRequest(
                trackingId,
                consumer,
                service,
                inputs,
                asserted,
                representedParty,
                caseReference,
                purpose,
                legalBasis,
                channel,
                locale,
                priority,
                timeout,
                idempotencyKey,
                proof);
    }

    @Override
    public String toString() {
        // Without inputs and assertion: this ends up in logs.
        return "composite request " + trackingId + " of " + consumer + " to " + service;
    }
}
