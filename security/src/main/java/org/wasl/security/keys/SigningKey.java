package org.wasl.security.keys;

import java.security.cert.X509Certificate;
import org.wasl.schemas.identifier.MemberId;

/** The port behind which a member's message key is kept: a file, a token, a hardware module. Safe for many threads. */
public interface SigningKey {

    /** Whose key it is. */
    MemberId member();

    /**
     * The certificate of the key, as the registry holds it, or a short-term one whose issuer's the registry holds.
     *
     * @throws KeyUnavailableException when it is a short-term key that has ended
     */
    X509Certificate certificate();

    /** The XML signature algorithm's URI, for example {@code http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256}. */
    String algorithm();

    /**
     * Signs octets, in the form XML signatures carry it (for ECDSA: r‖s, fixed length).
     *
     * @throws KeyUnavailableException when the key cannot be used now
     */
    byte[] sign(byte[] octets);
}
