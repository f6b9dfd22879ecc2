package org.wasl.security.registry;

import java.net.URI;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority that the registry trusts for one use; or, among the intermediate ones, knows of.
 *
 * @param use for what
 * @param certificate its certificate
 * @param crl where the revocation list of what it issues is; null when it issues none
 * @param ocsp where the status of what it issues is answered; null when nowhere
 */
public record TrustAnchor(
        CertificateUse use,
        X509Certificate certificate,
        @Nullable URI crl,
        @Nullable URI ocsp) {

    /** An authority that answers no status requests. */
    public TrustAnchor(CertificateUse use, X509Certificate certificate, @Nullable URI crl) {
        this(use, certificate, crl, null);
    }
}
