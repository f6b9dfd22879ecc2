package org.wasl.security.actor;

import org.jspecify.annotations.Nullable;

/**
 * Who acts, as the header carries it.
 *
 * @param kind the capacity
 * @param assurance how well the identity was proven
 * @param id an opaque identifier, never a national number
 * @param assertionDigest SHA-256 (lower-case hexadecimal) of the OIDC token that the person presented; null when none
 */
public record Actor(
        ActorKind kind,
        AssuranceLevel assurance,
        String id,
        @Nullable String assertionDigest) {}
