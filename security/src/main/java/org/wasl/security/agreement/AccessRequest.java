package org.wasl.security.agreement;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.assertion.VerifiedAssertion;

/**
 * The question put to the agreements.
 *
 * @param consumer who asks
 * @param service what is asked
 * @param purpose for which purpose
 * @param legalBasis on which legal basis
 * @param actor who acts
 * @param representedParty for whom the actor acts; null when for itself
 * @param caseReference the case for which it is asked; null when none is named
 * @param parameters the question's parameters; null when they are not known to whoever asks the agreements
 * @param assertion what a registered issuer asserts of the actor, checked; null when nothing
 * @param at when
 */
public record AccessRequest(
        SubsystemId consumer,
        ServiceId service,
        String purpose,
        String legalBasis,
        Actor actor,
        @Nullable String representedParty,
        @Nullable String caseReference,
        @Nullable Map<String, String> parameters,
        @Nullable VerifiedAssertion assertion,
        Instant at) {

    public AccessRequest {
        parameters = parameters == null ? null : Map.copyOf(parameters);
    }

    /** The same question at another instant. */
    public AccessRequest at(Instant other) {
        return new AccessRequest(
                consumer,
                service,
                purpose,
                legalBasis,
                actor,
                representedParty,
                caseReference,
                parameters,
                assertion,
                other);
    }

    @Override
    public String toString() {
        // Without parameters and assertion: this ends up in logs.
        return consumer + " asks " + service + " for " + purpose + " at " + at;
    }
}
