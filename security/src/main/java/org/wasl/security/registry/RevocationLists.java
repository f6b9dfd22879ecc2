package org.wasl.security.registry;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** The revocation lists at hand; asked anew for every certificate, so that a new list takes effect at once. */
@FunctionalInterface
public interface RevocationLists {

    /**
     * The newest list that this authority signed; empty when there is none.
     *
     * @param issuer the authority's certificate
     */
    Optional<X509CRL> signedBy(X509Certificate issuer);
}
