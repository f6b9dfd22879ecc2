package org.wasl.security.registry;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A member's certificate as the registry holds it.
 *
 * @param use what it is for
 * @param certificate the certificate
 * @param validFrom from when the registry accepts it
 * @param validTo until when (exclusive) the registry accepts it
 * @param compromisedFrom from when its signatures are worth nothing; null when it is not compromised
 * @param longestLife how long a message certificate may live that it issues; null unless it is for {@link
 *     CertificateUse#MESSAGE_ISSUER}
 */
public record RegisteredCertificate(
        CertificateUse use,
        X509Certificate certificate,
        Instant validFrom,
        Instant validTo,
        @Nullable Instant compromisedFrom,
        @Nullable Duration longestLife) {

    /** A certificate that issues nothing. */
    public RegisteredCertificate(
            CertificateUse use,
            X509Certificate certificate,
            Instant validFrom,
            Instant validTo,
            @Nullable Instant compromisedFrom) {
        this(use, certificate, validFrom, validTo, compromisedFrom, null);
    }
}
