package org.wasl.routes.held;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.wasl.schemas.identifier.MemberId;

/**
 * How one member's held answers look to whoever holds the cache: under keyed hashes, and encrypted by AES-256-GCM. A value
 * is bound to its name, so it opens nowhere else.
 */
final class HeldCipher {

    private static final byte FORMAT = 1;
    private static final int KEY_ID_BYTES = 8;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int OVERHEAD_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES + TAG_BITS / 8;

    private final byte[] naming;
    private final SecretKeySpec sealing;
    private final byte[] keyId;
    private final SecureRandom random = new SecureRandom();

    HeldCipher(SiteKey key, MemberId member) {
        this.naming = key.naming(member);
        byte[] secret = key.sealing(member);
        this.sealing = new SecretKeySpec(secret, "AES");
        this.keyId = Arrays.copyOf(SiteKey.hmac(secret, "wasl-held-key-id"), KEY_ID_BYTES);
    }

    /** The name of the answer to this question. Its parts are measured, so no two questions look alike. */
    byte[] answer(HeldQuestion question) {
        StringBuilder identity = new StringBuilder("answer");
        part(identity, question.consumer().toString());
        part(identity, question.service().toString());
        part(identity, question.purpose());
        new TreeMap<>(question.parameters()).forEach((name, value) -> {
            part(identity, name);
            part(identity, value);
        });
        return SiteKey.hmac(naming, identity.toString());
    }

    /** The name of what is known of this subject. */
    byte[] subject(String subject) {
        StringBuilder identity = new StringBuilder("subject");
        part(identity, subject);
        return SiteKey.hmac(naming, identity.toString());
    }

    private static void part(StringBuilder identity, String text) {
        identity.append('|')
                .append(text.getBytes(StandardCharsets.UTF_8).length)
                .append(':')
                .append(text);
    }

    byte[] seal(byte[] name, byte[] octets) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(octets);
            return ByteBuffer.allocate(octets.length + OVERHEAD_BYTES)
                    .put(FORMAT)
                    .put(keyId)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    /** What was sealed under this name; empty when it was another's, by another key, or altered. */
    Optional<byte[]> open(byte[] name, byte[] value) {
        if (value.length < OVERHEAD_BYTES || value[0] != FORMAT) {
            return Optional.empty();
        }
        ByteBuffer read = ByteBuffer.wrap(value, 1, value.length - 1);
        byte[] by = new byte[KEY_ID_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        read.get(by).get(nonce);
        if (!Arrays.equals(by, keyId)) {
            return Optional.empty();
        }
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, name);
            return Optional.of(cipher.doFinal(value, read.position(), read.remaining()));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, sealing, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name);
        return cipher;
    }
}
