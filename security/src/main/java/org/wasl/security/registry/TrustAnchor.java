package org.wasl.security.registry;

import java.net.URI;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority that the registry trusts for one use.
 *
 * @param use for what
 * @param certificate its certificate
 * @param crl where its revocation list is; null when it issues none
 */
public record TrustAnchor(
        CertificateUse use,
        X509Certificate certificate,
        @Nullable URI crl) {}
