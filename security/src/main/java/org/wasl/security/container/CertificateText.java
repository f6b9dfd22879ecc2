package org.wasl.security.container;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.wasl.security.crypto.CryptoProvider;

/**
 * A certificate as signatures carry it, and its key as the crypto provider takes it: worked out once for the few
 * certificates by which a node signs and verifies. They follow from the certificate alone.
 *
 * @param base64 the certificate (DER) in Base64
 * @param digest the SHA-256 of its DER in Base64
 * @param key its public key, as the provider's own kind of key where it makes such
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CertificateText(byte[] base64, byte[] digest, PublicKey key) {

    private static final int MAX_KEPT = 20_000;
    private static final Map<X509Certificate, CertificateText> KEPT = new ConcurrentHashMap<>();

    /**
     * The text of this certificate.
     *
     * @throws IllegalArgumentException when it has no encoding
     */
    static CertificateText of(X509Certificate certificate) {
        CertificateText known = KEPT.get(certificate);
        if (known != null) {
            return known;
        }
        if (KEPT.size() >= MAX_KEPT) {
            KEPT.clear();
        }
        CertificateText made = make(certificate);
        KEPT.put(certificate, made);
        return made;
    }

    private static CertificateText make(X509Certificate certificate) {
        CryptoProvider crypto = CryptoProvider.chosen();
        Base64.Encoder encoder = Base64.getEncoder();
        try {
            byte[] der = certificate.getEncoded();
            return new CertificateText(
                    encoder.encode(der),
                    encoder.encode(crypto.sha256(der)),
                    translate(certificate.getPublicKey(), crypto.provider()));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        }
    }

    /** Without this every verification would pay for the conversion. */
    private static PublicKey translate(PublicKey key, Provider provider) {
        try {
            return KeyFactory.getInstance(key.getAlgorithm(), provider)
                    .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            // The provider does not know such keys; whoever verifies takes them as they are.
            return key;
        } catch (GeneralSecurityException e) {
            // What is wrong with the key, is for the verification to find.
            return key;
        }
    }
}
