package org.wasl.node.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns names that an issuer or an agency gives people into opaque identifiers. Keyed, since such a name may be a
 * national number, and those are few enough to try them all.
 */
public final class Pseudonyms {

    /** Octets of the key. */
    public static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int PSEUDONYM_BYTES = 16;

    private final SecretKeySpec key;

    /**
     * @param key the node's own key, {@value #KEY_BYTES} octets; the same after a restart
     */
    public Pseudonyms(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a pseudonym key has " + KEY_BYTES + " octets");
        }
        this.key = new SecretKeySpec(key.clone(), ALGORITHM);
    }

    /**
     * The identifier of this name.
     *
     * @param authority who gave the name: an issuer or a member
     * @param name the name
     * @return 22 characters of base64url
     */
    public String pseudonym(String authority, String name) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(authority.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            byte[] code = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(code, PSEUDONYM_BYTES))
                    .replace('_', '.');
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
