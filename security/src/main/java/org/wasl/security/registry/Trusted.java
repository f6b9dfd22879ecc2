package org.wasl.security.registry;

import java.util.List;

/**
 * Whom a registry trusts beyond its members.
 *
 * @param anchors the authorities at which paths of certificates end
 * @param intermediates authorities between them and the members' certificates, trusted only through an anchor
 * @param issuers whose assertions about people are believed
 * @param federations second authorities
 */
public record Trusted(
        List<TrustAnchor> anchors,
        List<TrustAnchor> intermediates,
        List<IdentityIssuer> issuers,
        List<Federation> federations) {

    public Trusted {
        anchors = List.copyOf(anchors);
        intermediates = List.copyOf(intermediates);
        issuers = List.copyOf(issuers);
        federations = List.copyOf(federations);
    }

    /** Anchors only. */
    public static Trusted anchors(List<TrustAnchor> anchors) {
        return new Trusted(anchors, List.of(), List.of(), List.of());
    }
}
