package org.wasl.security.authority;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A certificate in the book of the authority that issued it.
 *
 * @param serial its serial number
 * @param from from when it is valid
 * @param to until when it is valid
 * @param subject the subject's name, for people
 * @param revoked since when it is revoked, and why; null when it is not
 */
public record IssuedCertificate(
        BigInteger serial,
        Instant from,
        Instant to,
        String subject,
        @Nullable Revocation revoked) {

    /**
     * A revocation.
     *
     * @param at since when
     * @param reason why
     */
    public record Revocation(Instant at, RevocationReason reason) {}

    IssuedCertificate revoked(Revocation revocation) {
        return new IssuedCertificate(serial, from, to, subject, revocation);
    }
}
