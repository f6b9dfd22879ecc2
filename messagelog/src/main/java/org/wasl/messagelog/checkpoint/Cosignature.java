package org.wasl.messagelog.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.wasl.messagelog.note.NoteSignature;
import org.wasl.messagelog.note.NoteSigner;
import org.wasl.messagelog.note.SignatureType;
import org.wasl.messagelog.note.VerifierKey;

/**
 * A witness' word that at some time a checkpoint was consistent with all it had seen of that log, C2SP {@code
 * tlog-cosignature}, Ed25519.
 *
 * @param witness who gives it
 * @param at when, in seconds
 */
public record Cosignature(VerifierKey witness, Instant at) {

    /** Makes one. */
    public static NoteSignature sign(String checkpoint, Instant at, NoteSigner witness) {
        VerifierKey key = witness.verifierKey();
        if (key.type() != SignatureType.COSIGNATURE_V1) {
            throw new IllegalArgumentException("a checkpoint is cosigned by a key of type COSIGNATURE_V1");
        }
        long seconds = at.getEpochSecond();
        byte[] signature = witness.sign(message(seconds, checkpoint));
        byte[] timed = ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(seconds)
                .put(signature)
                .array();
        return new NoteSignature(key.name(), key.id(), timed);
    }

    /**
     * Checks one.
     *
     * @param checkpoint the note's text
     * @return empty when it is another's, or does not verify
     */
    public static Optional<Cosignature> verify(String checkpoint, NoteSignature signature, VerifierKey witness) {
        byte[] timed = signature.signature();
        if (witness.type() != SignatureType.COSIGNATURE_V1 || !signature.isBy(witness) || timed.length <= Long.BYTES) {
            return Optional.empty();
        }
        long seconds = ByteBuffer.wrap(timed).getLong();
        byte[] octets = Arrays.copyOfRange(timed, Long.BYTES, timed.length);
        if (seconds < 0 || !witness.verifies(message(seconds, checkpoint), octets)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Cosignature(witness, Instant.ofEpochSecond(seconds)));
        } catch (DateTimeException e) {
            // Beyond what any clock of ours can show.
            return Optional.empty();
        }
    }

    private static byte[] message(long seconds, String checkpoint) {
        return ("cosignature/v1\ntime " + seconds + "\n" + checkpoint).getBytes(StandardCharsets.UTF_8);
    }
}
