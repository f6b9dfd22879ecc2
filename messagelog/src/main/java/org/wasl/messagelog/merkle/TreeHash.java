package org.wasl.messagelog.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of RFC 6962, section 2.1, over SHA-256: leaves and nodes are told apart by their first octet. */
public final class TreeHash {

    /** Octets of every hash. */
    public static final int LENGTH_BYTES = 32;

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;

    private TreeHash() {}

    /** The hash of a leaf's octets. */
    public static byte[] leaf(byte[] octets) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return digest.digest(octets);
    }

    /** The hash of the node over these two. */
    public static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    /** The root of the tree without leaves. */
    public static byte[] emptyRoot() {
        return sha256().digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
