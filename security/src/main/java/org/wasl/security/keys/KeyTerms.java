package org.wasl.security.keys;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.wasl.security.registry.CertificateUse;

/**
 * What a node demands of its members' keys, and how it renews them.
 *
 * @param nonExtractable whether keys that sign messages or open them must be unable to leave their store
 * @param others keys that the node uses for something else, such as TLS: no member's key may be one of them
 * @param interval how often to look for newer keys
 * @param settling how long a newer key's certificate is in force before the key is used, so that other nodes have the
 *     registry that lists it
 */
public record KeyTerms(boolean nonExtractable, List<KeySeparation.Claim> others, Duration interval, Duration settling) {

    public KeyTerms {
        others = List.copyOf(others);
    }

    /**
     * Refuses keys that break the terms.
     *
     * @throws GeneralSecurityException naming the keys
     */
    void check(List<HeldKey> keys) throws GeneralSecurityException {
        List<KeySeparation.Claim> claims = new ArrayList<>(others);
        for (HeldKey key : keys) {
            claims.add(KeySeparation.Claim.of(key));
            boolean mustStay = !key.use().signsNotes() && key.use() != CertificateUse.TLS;
            if (nonExtractable && mustStay && key.extractable()) {
                throw new GeneralSecurityException(
                        "the " + key + " could leave it, and this node demands that it cannot");
            }
        }
        KeySeparation.check(claims);
    }
}
