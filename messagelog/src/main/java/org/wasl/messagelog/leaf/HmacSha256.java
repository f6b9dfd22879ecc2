package org.wasl.messagelog.leaf;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104). */
final class HmacSha256 {

    private static final String ALGORITHM = "HmacSHA256";

    private static final int BUFFER_BYTES = 64 * 1024;

    private HmacSha256() {}

    static byte[] of(byte[] key, byte[] octets) {
        return keyed(key).doFinal(octets);
    }

    /** Of all that comes, through a small buffer. */
    static byte[] of(byte[] key, InputStream octets) throws IOException {
        Mac mac = keyed(key);
        byte[] buffer = new byte[BUFFER_BYTES];
        int read = octets.read(buffer);
        while (read >= 0) {
            mac.update(buffer, 0, read);
            read = octets.read(buffer);
        }
        return mac.doFinal();
    }

    private static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
