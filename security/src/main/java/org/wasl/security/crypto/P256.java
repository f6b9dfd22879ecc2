package org.wasl.security.crypto;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.util.Arrays;
import java.util.Optional;

/**
 * The curve P-256 (secp256r1) for key agreement: its keys, and its points as octets. A point that comes from outside is
 * checked to lie on the curve before any key is made of it; the curve's cofactor is one, so that is all there is to check.
 */
public final class P256 {

    /** How many octets an uncompressed point has: 4, then both coordinates. */
    public static final int POINT_BYTES = 65;

    /** How many octets a coordinate, and so a shared secret, has. */
    public static final int COORDINATE_BYTES = 32;

    private static final byte UNCOMPRESSED = 4;
    private static final String CURVE = "secp256r1";
    private static final ECParameterSpec PARAMETERS = parameters();
    private static final BigInteger PRIME =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    private P256() {}

    private static ECParameterSpec parameters() {
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec(CURVE));
            return named.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks P-256", e);
        }
    }

    /** Whether the key is a public key of this curve. */
    public static boolean isKey(PublicKey key) {
        return key instanceof ECPublicKey ec
                && SignatureMethod.ECDSA_P256_SHA256.takes(key)
                && ec.getParams().getCurve().getB().equals(PARAMETERS.getCurve().getB())
                && ec.getParams().getGenerator().equals(PARAMETERS.getGenerator());
    }

    /** The curve's name, as key generators take it. */
    public static ECGenParameterSpec named() {
        return new ECGenParameterSpec(CURVE);
    }

    /** The uncompressed point of a public key of this curve. */
    public static byte[] encode(ECPublicKey key) {
        byte[] point = new byte[POINT_BYTES];
        point[0] = UNCOMPRESSED;
        coordinate(key.getW().getAffineX(), point, 1);
        coordinate(key.getW().getAffineY(), point, 1 + COORDINATE_BYTES);
        return point;
    }

    private static void coordinate(BigInteger value, byte[] to, int offset) {
        byte[] octets = value.toByteArray();
        int skipped = Math.max(0, octets.length - COORDINATE_BYTES);
        int length = octets.length - skipped;
        System.arraycopy(octets, skipped, to, offset + COORDINATE_BYTES - length, length);
    }

    /** The public key of an uncompressed point; empty when the octets are no point of this curve. */
    public static Optional<ECPublicKey> decode(byte[] point) {
        if (point.length != POINT_BYTES || point[0] != UNCOMPRESSED) {
            return Optional.empty();
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE_BYTES));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE_BYTES, POINT_BYTES));
        if (!isOnCurve(x, y)) {
            return Optional.empty();
        }
        try {
            ECPublicKeySpec spec = new ECPublicKeySpec(new ECPoint(x, y), PARAMETERS);
            return Optional.of((ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot make a P-256 key", e);
        }
    }

    private static boolean isOnCurve(BigInteger x, BigInteger y) {
        if (x.compareTo(PRIME) >= 0 || y.compareTo(PRIME) >= 0) {
            return false;
        }
        EllipticCurve curve = PARAMETERS.getCurve();
        BigInteger right =
                x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(PRIME);
        return y.multiply(y).mod(PRIME).equals(right);
    }
}
