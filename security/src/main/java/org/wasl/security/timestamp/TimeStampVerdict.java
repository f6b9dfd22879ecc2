package org.wasl.security.timestamp;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.wasl.security.certificate.RevocationEvidence;

/** What a time-stamp token shows. */
public sealed interface TimeStampVerdict {

    /**
     * The octets were there at that instant, by the word of an authority that the registry trusts for it.
     *
     * @param at the instant, by the authority's clock
     * @param accuracy by how much that may be wrong either way; zero when the token does not say
     * @param certificate with which it was signed
     * @param evidence what showed that the certificate was not revoked
     */
    record Proven(Instant at, Duration accuracy, X509Certificate certificate, List<RevocationEvidence> evidence)
            implements TimeStampVerdict {

        public Proven {
            evidence = List.copyOf(evidence);
        }
    }

    /** It shows nothing, and why. */
    record Refused(Reason reason, String detail) implements TimeStampVerdict {}

    /** Why a token shows nothing. */
    enum Reason {
        /** It is no token, or one in a form that is not taken. */
        MALFORMED,
        /** It is about other octets. */
        OTHER_OCTETS,
        /** Its signature does not hold, or not by the certificate that it names. */
        SIGNATURE,
        /** Its certificate is not one of an authority for time-stamps that the registry trusts. */
        UNTRUSTED,
        /** Its certificate was revoked, or nobody can say whether it was. */
        STATUS
    }
}
