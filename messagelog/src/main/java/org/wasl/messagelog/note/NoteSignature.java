package org.wasl.messagelog.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One signature line of a note.
 *
 * @param name the name of the key that made it
 * @param keyId the identifier of that key
 * @param signature what follows the identifier
 */
@SuppressWarnings("ArrayRecordComponent") // compared by octets below
public record NoteSignature(String name, int keyId, byte[] signature) {

    private static final String START = "\u2014 ";

    /** Reads one line without its end; empty when it is no signature line in its one form. */
    static Optional<NoteSignature> parse(String line) {
        int blank = line.lastIndexOf(' ');
        if (!line.startsWith(START) || blank <= START.length()) {
            return Optional.empty();
        }
        String name = line.substring(START.length(), blank);
        String text = line.substring(blank + 1);
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // The decoder forgives trailing bits: only what would be written again is read.
        if (!VerifierKey.isName(name)
                || octets.length <= Integer.BYTES
                || !Base64.getEncoder().encodeToString(octets).equals(text)) {
            return Optional.empty();
        }
        return Optional.of(new NoteSignature(
                name, ByteBuffer.wrap(octets).getInt(), Arrays.copyOfRange(octets, Integer.BYTES, octets.length)));
    }

    /** Whether this key's name and identifier stand in it; says nothing of the signature itself. */
    public boolean isBy(VerifierKey key) {
        return name.equals(key.name()) && keyId == key.id();
    }

    /** The line, with its end. */
    public String line() {
        byte[] octets = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return START + name + " " + Base64.getEncoder().encodeToString(octets) + "\n";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NoteSignature that
                && name.equals(that.name)
                && keyId == that.keyId
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + keyId) + Arrays.hashCode(signature);
    }
}
