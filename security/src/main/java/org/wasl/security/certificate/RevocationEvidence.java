package org.wasl.security.certificate;

import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import org.wasl.security.crypto.CryptoProvider;

/**
 * What showed that a certificate was not revoked when it was relied on.
 *
 * @param kind what it is
 * @param octets it, DER
 * @param digest the SHA-256 of the octets, 64 lower-case hexadecimal digits: its name
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared: the digest is
public record RevocationEvidence(Kind kind, byte[] octets, String digest) {

    /** The kinds of evidence. */
    public enum Kind {
        /** A signed response of an OCSP responder (RFC 6960). */
        OCSP,
        /** A certificate revocation list (RFC 5280). */
        CRL
    }

    /** This evidence, named by its digest. */
    public static RevocationEvidence of(Kind kind, byte[] octets) {
        return new RevocationEvidence(kind, octets, CryptoProvider.chosen().sha256Hex(octets));
    }

    static RevocationEvidence of(X509CRL list) {
        try {
            return of(Kind.CRL, list.getEncoded());
        } catch (CRLException e) {
            throw new IllegalStateException("a list that was read has no encoding", e);
        }
    }
}
