package org.wasl.security.encryption;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.wasl.security.crypto.CryptoProvider;

/**
 * Content keys under keys that were agreed on: ConcatKDF (SP 800-56A, SHA-256) makes 256 bits of a shared secret, AES key
 * wrap (RFC 3394) puts the content key under them.
 */
final class KeyWrapping {

    /** A content key and RFC 3394's check of 8 octets. */
    static final int WRAPPED_BYTES = ContentCipher.KEY_BYTES + 8;

    /** What the derived key is for, so that it is good for nothing else. */
    static final byte[] ALGORITHM_ID = EncryptionXml.KEY_WRAP.getBytes(StandardCharsets.US_ASCII);

    private static final String AES = "AES";
    private static final String TRANSFORMATION = "AESWrap";
    private static final byte[] FIRST_ROUND = {0, 0, 0, 1};

    private KeyWrapping() {}

    /**
     * The key made of this secret: one round of ConcatKDF gives all 256 bits. The parts after the algorithm have a fixed
     * length, so no two sets of them run together into the same octets.
     *
     * @param partyU 32 octets: digest of what the key is bound to
     * @param partyV 32 octets: digest of the recipient's certificate
     */
    static byte[] derive(byte[] secret, byte[] partyU, byte[] partyV, CryptoProvider crypto) {
        byte[] input =
                new byte[FIRST_ROUND.length + secret.length + ALGORITHM_ID.length + partyU.length + partyV.length];
        int at = 0;
        for (byte[] part : new byte[][] {FIRST_ROUND, secret, ALGORITHM_ID, partyU, partyV}) {
            System.arraycopy(part, 0, input, at, part.length);
            at += part.length;
        }
        byte[] key = crypto.sha256(input);
        Arrays.fill(input, (byte) 0);
        return key;
    }

    static byte[] wrap(byte[] contentKey, byte[] key, CryptoProvider crypto) {
        try {
            Cipher cipher = crypto.cipher(TRANSFORMATION);
            cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(key, AES));
            return cipher.wrap(new SecretKeySpec(contentKey, AES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform cannot wrap AES keys", e);
        }
    }

    /** @throws GeneralSecurityException when the wrapped key does not authenticate */
    static byte[] unwrap(byte[] wrapped, byte[] key, CryptoProvider crypto) throws GeneralSecurityException {
        Cipher cipher = crypto.cipher(TRANSFORMATION);
        cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(key, AES));
        return cipher.unwrap(wrapped, AES, Cipher.SECRET_KEY).getEncoded();
    }
}
