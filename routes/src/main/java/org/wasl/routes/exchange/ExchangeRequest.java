package org.wasl.routes.exchange;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.container.Priority;

/**
 * What a caller asks of the bus, before there is a message.
 *
 * @param messageId the message id; a caller that retries gives the same one
 * @param correlationId ties the messages of one request together
 * @param consumer the asking subsystem, whose member this node speaks for
 * @param service the service
 * @param parameters the inputs
 * @param actor who acts
 * @param representedParty X-Road's represented party, or null
 * @param caseReference the case for which it is asked, or null
 * @param purpose the purpose's code
 * @param legalBasis the legal basis' code
 * @param channel the channel
 * @param locale {@code ar} or {@code en}
 * @param priority how urgent
 * @param timeout how long the caller waits; the message expires then
 * @param idempotencyKey the caller's own key, or null
 * @param assertion what an identity issuer asserts of the actor, a JSON Web Signature in compact form, or null
 */
public record ExchangeRequest(
        UUID messageId,
        String correlationId,
        SubsystemId consumer,
        ServiceId service,
        Map<String, String> parameters,
        Actor actor,
        @Nullable String representedParty,
        @Nullable String caseReference,
        String purpose,
        String legalBasis,
        String channel,
        String locale,
        Priority priority,
        Duration timeout,
        @Nullable String idempotencyKey,
        @Nullable String assertion) {

    /** A request without a case and without an assertion. */
    public ExchangeRequest(
            UUID messageId,
            String correlationId,
            SubsystemId consumer,
            ServiceId service,
            Map<String, String> parameters,
            Actor actor,
            @Nullable String representedParty,
            String purpose,
            String legalBasis,
            String channel,
            String locale,
            Priority priority,
            Duration timeout,
            @Nullable String idempotencyKey) {
        this(
                messageId,
                correlationId,
                consumer,
                service,
                parameters,
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

    public ExchangeRequest {
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String toString() {
        // Without parameters and assertion: this ends up in logs.
        return "request " + messageId + " of " + consumer + " to " + service;
    }
}
