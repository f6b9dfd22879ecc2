package org.wasl.messagelog.leaf;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import org.wasl.security.container.ContainerContent;

/**
 * A container and the salt of its commitment. They are kept apart from the leaf and go together: once both are erased,
 * the commitment that stays in the leaf can no longer be tried against guesses.
 *
 * @param salt 32 fresh random octets
 * @param container the container's octets, or the card of one that holds a document; none when a request was refused before there was a container
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record Payload(byte[] salt, byte[] container) {

    private static final int SALT_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** This container with a fresh salt. */
    public static Payload salted(byte[] container) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new Payload(salt, container);
    }

    /**
     * HMAC-SHA256 of the subject's keyed hash under the salt: what the leaf keeps of the subject, and of no use once the
     * salt is erased.
     *
     * @param subjectHash {@link IndexKey#subjectHash}
     */
    public byte[] subjectCommitment(byte[] subjectHash) {
        return salt.length == 0 ? new byte[0] : HmacSha256.of(salt, subjectHash);
    }

    /**
     * The commitment to a container of which only the card is here.
     *
     * @throws IOException when it cannot be read
     */
    public byte[] commitment(ContainerContent whole) throws IOException {
        if (salt.length == 0) {
            return new byte[0];
        }
        try (InputStream octets = whole.open(0)) {
            return HmacSha256.of(salt, octets);
        }
    }

    /** HMAC-SHA256 of the container under the salt; of no use to anybody who lacks the salt. */
    public byte[] commitment() {
        // An emptied salt is possible in a damaged row only; the commitment of it must differ, not fail.
        return salt.length == 0 ? new byte[0] : HmacSha256.of(salt, container);
    }
}
