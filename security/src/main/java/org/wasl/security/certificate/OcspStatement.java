package org.wasl.security.certificate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a responder that may speak for the issuer said of one certificate.
 *
 * @param status what it said
 * @param thisUpdate when that was known to be so
 * @param nextUpdate until when (exclusive) it may be relied on
 * @param revokedAt since when the certificate is revoked; null unless it is
 * @param evidence the response
 */
public record OcspStatement(
        Status status,
        Instant thisUpdate,
        Instant nextUpdate,
        @Nullable Instant revokedAt,
        RevocationEvidence evidence) {

    /** What a responder can say. */
    public enum Status {
        GOOD,
        REVOKED,
        UNKNOWN
    }
}
