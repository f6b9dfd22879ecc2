package org.wasl.security.container;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import org.wasl.security.crypto.CryptoProvider;

/**
 * What is known of a document after it went by once.
 *
 * @param length how many octets it has
 * @param sha256 its digest
 * @param crc its CRC
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DocumentDigest(long length, byte[] sha256, int crc) {

    private static final int BUFFER_BYTES = 64 * 1024;

    /**
     * Reads to the end, or to one octet more than the most, and hands on what it read.
     *
     * @param most the most octets that are read; a document that has more ends with a length of one more than that
     */
    static DocumentDigest of(InputStream document, long most, OutputStream to, CryptoProvider crypto)
            throws IOException {
        MessageDigest sha256 = crypto.sha256();
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[BUFFER_BYTES];
        long length = 0;
        int read = document.read(buffer);
        while (read >= 0) {
            length += read;
            if (length > most) {
                length = most + 1;
                break;
            }
            sha256.update(buffer, 0, read);
            crc.update(buffer, 0, read);
            to.write(buffer, 0, read);
            read = document.read(buffer);
        }
        return new DocumentDigest(length, sha256.digest(), (int) crc.getValue());
    }
}
