package org.wasl.security.keys;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import org.wasl.schemas.identifier.MemberId;

/**
 * The port behind which a key is kept that opens what was encrypted to a member: a file, a token, a hardware module. The
 * key itself never leaves; all it does is agree on a secret. Safe for many threads.
 */
public interface DecryptionKey {

    /** Whose key it is. */
    MemberId member();

    /** The certificate of the key, as the registry holds it; its public key is of P-256. */
    X509Certificate certificate();

    /**
     * Agrees on a secret with the holder of that key's private half (ECDH on P-256).
     *
     * @param ephemeral a public key of P-256, known to lie on the curve
     * @return the shared point's x coordinate: 32 octets, big-endian
     * @throws KeyUnavailableException when the key cannot be used now
     */
    byte[] agree(ECPublicKey ephemeral);
}
