package org.wasl.security.encryption;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.wasl.security.crypto.CryptoProvider;

/** The content under AES-256-GCM, as XML Encryption carries it: nonce, ciphertext, tag. Each key is used once. */
final class ContentCipher {

    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private static final String AES = "AES";
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final SecureRandom RANDOM = new SecureRandom();

    private ContentCipher() {}

    static byte[] newKey() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    static byte[] encrypt(byte[] plain, byte[] key, CryptoProvider crypto) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            Cipher cipher = crypto.cipher(TRANSFORMATION);
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, AES), new GCMParameterSpec(8 * TAG_BYTES, nonce));
            byte[] out = Arrays.copyOf(nonce, NONCE_BYTES + plain.length + TAG_BYTES);
            cipher.doFinal(plain, 0, plain.length, out, NONCE_BYTES);
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform cannot encrypt with AES-GCM", e);
        }
    }

    /** @throws GeneralSecurityException when the ciphertext does not authenticate */
    static byte[] decrypt(byte[] content, byte[] key, CryptoProvider crypto) throws GeneralSecurityException {
        Cipher cipher = crypto.cipher(TRANSFORMATION);
        GCMParameterSpec nonce = new GCMParameterSpec(8 * TAG_BYTES, content, 0, NONCE_BYTES);
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, AES), nonce);
        return cipher.doFinal(content, NONCE_BYTES, content.length - NONCE_BYTES);
    }
}
