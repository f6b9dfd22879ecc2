package org.wasl.node.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.Mandate;

/**
 * A person who called with a bearer token.
 *
 * @param actorId their opaque identifier on the bus: the same for the same person, and no way back to the issuer's
 * @param roles what they may be
 * @param assurance how well the issuer proved who they are
 * @param nationalNumber their national number; null when the token carries none
 * @param mandates whom they may represent
 * @param token the token itself, which is worth an assertion to the issuer and is told to nobody else
 */
public record Caller(
        String actorId,
        Set<Role> roles,
        AssuranceLevel assurance,
        @Nullable String nationalNumber,
        List<Mandate> mandates,
        String token) {

    public Caller {
        roles = Set.copyOf(roles);
        mandates = List.copyOf(mandates);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** Whom they represent under this name; empty when they may not. */
    public Optional<Mandate> mandate(String party) {
        return mandates.stream()
                .filter(mandate -> mandate.party().equals(party))
                .findFirst();
    }

    /** The capacity in which they ask; empty when their roles let them ask nothing. */
    public Optional<ActorKind> askingAs() {
        if (is(Role.OFFICER)) {
            return Optional.of(ActorKind.OFFICER);
        }
        return is(Role.CITIZEN) ? Optional.of(ActorKind.CITIZEN) : Optional.empty();
    }

    /**
     * Them as the actor of a message.
     *
     * @param assertion what an identity issuer asserts of them for this message; null when nothing
     */
    public Actor actor(ActorKind kind, @Nullable String assertion) {
        return new Actor(kind, assurance, actorId, assertion == null ? null : AssertionVerifier.digest(assertion));
    }

    @Override
    public String toString() {
        // Without national number and token: this ends up in logs.
        return actorId + " " + roles;
    }
}
