package org.wasl.security.registry;

import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;

/**
 * In which capacity an agreement lets somebody ask, about whom, and with what proof.
 *
 * @param kind the capacity
 * @param subject about whom
 * @param assertionRequired whether an identity issuer's assertion about the person must come with the request
 * @param assurance how well the person's identity must have been proven at least
 */
public record ActorRule(ActorKind kind, SubjectScope subject, boolean assertionRequired, AssuranceLevel assurance) {

    /** This capacity, about anybody, without proof. */
    public static ActorRule unconditional(ActorKind kind) {
        return new ActorRule(kind, SubjectScope.ANY, false, AssuranceLevel.LOW);
    }
}
