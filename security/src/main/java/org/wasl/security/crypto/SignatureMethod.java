package org.wasl.security.crypto;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * The signature methods that messages may use: this list and no other, matched by exact URI before anything is computed.
 * A method takes only keys of its own type and strength, so that no key can be talked into another algorithm.
 */
public enum SignatureMethod {
    /** ECDSA on P-256 with SHA-256; the value is r‖s, 64 octets, with s in the lower half. */
    ECDSA_P256_SHA256("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "SHA256withECDSAinP1363Format") {
        @Override
        public boolean takes(PublicKey key) {
            return key instanceof ECPublicKey ec
                    && ec.getParams().getOrder().equals(P256_ORDER)
                    && ec.getParams().getCurve().getA().equals(P256_A)
                    && ec.getParams().getCurve().getField().getFieldSize() == 256;
        }

        @Override
        public boolean isWellFormed(byte[] value, PublicKey key) {
            if (value.length != 64) {
                return false;
            }
            BigInteger r = new BigInteger(1, Arrays.copyOfRange(value, 0, 32));
            BigInteger s = new BigInteger(1, Arrays.copyOfRange(value, 32, 64));
            return r.signum() > 0 && r.compareTo(P256_ORDER) < 0 && s.signum() > 0 && s.compareTo(P256_HALF_ORDER) <= 0;
        }

        @Override
        public byte[] wellFormed(byte[] value) {
            if (value.length != 64) {
                return value;
            }
            BigInteger s = new BigInteger(1, Arrays.copyOfRange(value, 32, 64));
            if (s.compareTo(P256_HALF_ORDER) <= 0 || s.compareTo(P256_ORDER) >= 0) {
                return value;
            }
            byte[] lower = P256_ORDER.subtract(s).toByteArray();
            byte[] result = Arrays.copyOf(value, 64);
            Arrays.fill(result, 32, 64, (byte) 0);
            int skipped = Math.max(0, lower.length - 32);
            System.arraycopy(lower, skipped, result, 64 - (lower.length - skipped), lower.length - skipped);
            return result;
        }
    },
    /** Ed25519; the value is 64 octets. */
    ED25519("http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519", "Ed25519") {
        @Override
        public boolean takes(PublicKey key) {
            return key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519");
        }

        @Override
        public boolean isWellFormed(byte[] value, PublicKey key) {
            return value.length == 64;
        }
    },
    /** RSA (PKCS #1 v1.5) of at least 3072 bits with SHA-256; the value is as long as the modulus. */
    RSA_SHA256("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "SHA256withRSA") {
        @Override
        public boolean takes(PublicKey key) {
            return key instanceof RSAPublicKey rsa
                    && rsa.getModulus().bitLength() >= RSA_MIN_BITS
                    && rsa.getModulus().bitLength() <= RSA_MAX_BITS
                    && rsa.getPublicExponent().compareTo(RSA_MIN_EXPONENT) >= 0;
        }

        @Override
        public boolean isWellFormed(byte[] value, PublicKey key) {
            BigInteger modulus = ((RSAPublicKey) key).getModulus();
            return value.length == (modulus.bitLength() + 7) / 8 && new BigInteger(1, value).compareTo(modulus) < 0;
        }
    };

    private static final int RSA_MIN_BITS = 3072;
    /** A larger modulus would only be a way to make the verifier work. */
    private static final int RSA_MAX_BITS = 8192;

    /** With a small exponent a forger need not factor: a careless padding check is enough. */
    private static final BigInteger RSA_MIN_EXPONENT = BigInteger.valueOf(65_537);

    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final BigInteger P256_HALF_ORDER = P256_ORDER.shiftRight(1);
    private static final BigInteger P256_A =
            new BigInteger("ffffffff00000001000000000000000000000000fffffffffffffffffffffffc", 16);

    private final String uri;
    private final String jcaName;

    SignatureMethod(String uri, String jcaName) {
        this.uri = uri;
        this.jcaName = jcaName;
    }

    /** The XML signature algorithm's URI. */
    public String uri() {
        return uri;
    }

    /** The JCA name whose output is what XML signatures carry. */
    public String jcaName() {
        return jcaName;
    }

    /** Whether this method may be used with that key: type, curve and strength. */
    public abstract boolean takes(PublicKey key);

    /**
     * Whether a signature's octets have the one form that this method writes. For ECDSA that demands the lower s: with
     * (r, s) the pair (r, n−s) verifies too, and anybody can compute it.
     *
     * @param key a key that this method takes
     */
    public abstract boolean isWellFormed(byte[] value, PublicKey key);

    /** The well-formed equivalent of what a key returned: for ECDSA the one with the lower s. */
    public byte[] wellFormed(byte[] value) {
        return value;
    }

    /** The method of exactly that URI; empty when it is not allowed. */
    public static Optional<SignatureMethod> byUri(String uri) {
        return Arrays.stream(values()).filter(method -> method.uri.equals(uri)).findFirst();
    }

    /** The method for that key; empty when no method takes it. */
    public static Optional<SignatureMethod> forKey(PublicKey key) {
        return Arrays.stream(values()).filter(method -> method.takes(key)).findFirst();
    }
}
