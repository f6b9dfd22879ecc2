package org.wasl.security.registry;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Reads keys that the registry holds without a certificate: SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7). */
final class PublicKeys {

    private PublicKeys() {}

    /**
     * The key of these octets.
     *
     * @throws IllegalArgumentException when they are not exactly one key of a known kind
     */
    static PublicKey read(byte[] octets) {
        try {
            String algorithm = SubjectPublicKeyInfo.getInstance(octets)
                    .getAlgorithm()
                    .getAlgorithm()
                    .getId();
            PublicKey key = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(octets));
            if (!Arrays.equals(key.getEncoded(), octets)) {
                throw new IllegalArgumentException("more than one key's DER");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("its key cannot be parsed", e);
        }
    }
}
