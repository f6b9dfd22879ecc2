package org.wasl.security.keys;

import java.security.Provider;
import java.security.cert.X509Certificate;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.CertificateUse;

/**
 * A member's key as its store holds it.
 *
 * @param name its name in the store
 * @param place where it is, for people
 * @param member whose it is
 * @param use the one thing that it is for
 * @param entry the key and its certificates; the key may be a mere handle of one that never leaves its store
 * @param provider computes with the key
 * @param extractable whether the store would hand out the private key's octets
 */
public record HeldKey(
        String name,
        String place,
        MemberId member,
        CertificateUse use,
        KeyEntry entry,
        Provider provider,
        boolean extractable) {

    public X509Certificate certificate() {
        return entry.certificate();
    }

    /** Whether nobody has certified the key yet: it carries the certificate that it made for itself. */
    public boolean isUncertified() {
        return certificate().getSubjectX500Principal().equals(certificate().getIssuerX500Principal());
    }

    /** Never the key. */
    @Override
    public String toString() {
        return use + " key " + name + " of " + member + " in " + place;
    }
}
