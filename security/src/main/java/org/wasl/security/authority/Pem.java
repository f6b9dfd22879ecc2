package org.wasl.security.authority;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** Text armour (RFC 7468), as {@code curl} and {@code openssl} read it. */
public final class Pem {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /** Certificates, one after the other. */
    public static byte[] certificates(List<X509Certificate> certificates) throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            text.append(armour("CERTIFICATE", certificate.getEncoded()));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A private key, PKCS#8, not encrypted: for a file of mode 600. */
    public static byte[] privateKey(PrivateKey key) {
        return armour("PRIVATE KEY", key.getEncoded()).getBytes(StandardCharsets.US_ASCII);
    }

    /** A revocation list. */
    public static byte[] revocationList(X509CRL list) throws GeneralSecurityException {
        return armour("X509 CRL", list.getEncoded()).getBytes(StandardCharsets.US_ASCII);
    }

    /** A public key, SubjectPublicKeyInfo. */
    public static byte[] publicKey(PublicKey key) {
        return armour("PUBLIC KEY", key.getEncoded()).getBytes(StandardCharsets.US_ASCII);
    }

    /** A PKCS#10 certification request. */
    public static byte[] signingRequest(byte[] der) {
        return armour("CERTIFICATE REQUEST", der).getBytes(StandardCharsets.US_ASCII);
    }

    private static String armour(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
