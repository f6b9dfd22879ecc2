package org.wasl.security.registry;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** Reads keys that the registry holds without a certificate: SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7). */
final class PublicKeys {

    /** Providers know these by name; not every one knows them by number. */
    private static final Map<String, String> NAMES =
            Map.of("1.2.840.10045.2.1", "EC", "1.2.840.113549.1.1.1", "RSA", "1.3.101.112", "Ed25519");

    private PublicKeys() {}

    /**
     * The key of these octets.
     *
     * @throws IllegalArgumentException when they are not exactly one key of a known kind
     */
    static PublicKey read(byte[] octets) {
        try {
            String number = SubjectPublicKeyInfo.getInstance(octets)
                    .getAlgorithm()
                    .getAlgorithm()
                    .getId();
            String name = NAMES.get(number);
            if (name == null) {
                throw new IllegalArgumentException("its key is of a kind that is not taken");
            }
            PublicKey key = KeyFactory.getInstance(name).generatePublic(new X509EncodedKeySpec(octets));
            if (!Arrays.equals(key.getEncoded(), octets)) {
                throw new IllegalArgumentException("more than one key's DER");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("its key cannot be parsed", e);
        }
    }
}
