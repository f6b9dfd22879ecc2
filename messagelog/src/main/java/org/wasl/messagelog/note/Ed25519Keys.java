package org.wasl.messagelog.note;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 keys as notes carry them: 32 octets (RFC 8032, section 5.1.5). */
final class Ed25519Keys {

    static final int KEY_BYTES = 32;
    static final int SIGNATURE_BYTES = 64;

    /** What precedes the key in its SubjectPublicKeyInfo (RFC 8410, section 4). */
    private static final byte[] INFO = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519Keys() {}

    /**
     * The 32 octets of a key.
     *
     * @throws IllegalArgumentException when it is no Ed25519 key
     */
    static byte[] octets(PublicKey key) {
        byte[] info = key.getEncoded();
        if (!(key instanceof EdECPublicKey)
                || info.length != INFO.length + KEY_BYTES
                || !Arrays.equals(info, 0, INFO.length, INFO, 0, INFO.length)) {
            throw new IllegalArgumentException("not an Ed25519 key");
        }
        return Arrays.copyOfRange(info, INFO.length, info.length);
    }

    /**
     * The key of these 32 octets.
     *
     * @throws IllegalArgumentException when they are no Ed25519 key
     */
    static PublicKey key(byte[] octets) {
        if (octets.length != KEY_BYTES) {
            throw new IllegalArgumentException("an Ed25519 key has " + KEY_BYTES + " octets");
        }
        byte[] info = Arrays.copyOf(INFO, INFO.length + KEY_BYTES);
        System.arraycopy(octets, 0, info, INFO.length, KEY_BYTES);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(info));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no Ed25519", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not an Ed25519 key", e);
        }
    }

    static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException e) {
            // A signature that cannot be read, or a key that is no point of the curve, verifies nothing.
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no Ed25519", e);
        }
    }
}
