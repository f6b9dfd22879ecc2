package org.wasl.security.keys;

import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.wasl.security.crypto.CryptoProvider;

/**
 * A private key with its certificate.
 *
 * @param key the private key
 * @param chain its certificate first, then those of the authorities above it; never empty
 */
public record KeyEntry(PrivateKey key, List<X509Certificate> chain) {

    public KeyEntry {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a key needs its certificate");
        }
    }

    public X509Certificate certificate() {
        return chain.get(0);
    }

    /**
     * SHA-256 of the key's certificate (DER), lower-case hexadecimal.
     *
     * @throws IllegalStateException when the certificate has no encoding
     */
    public String certificateDigest() {
        return digest(certificate());
    }

    /**
     * SHA-256 of a certificate (DER), lower-case hexadecimal.
     *
     * @throws IllegalStateException when the certificate has no encoding
     */
    public static String digest(X509Certificate certificate) {
        try {
            return CryptoProvider.chosen().sha256Hex(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate has no encoding", e);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "key of " + certificate().getSubjectX500Principal();
    }
}
