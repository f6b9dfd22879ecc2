package org.wasl.messagelog.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text with signatures, C2SP {@code signed-note}.
 *
 * @param text the text; ends with a line feed
 * @param signatures one or more
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

    /** The most octets of a note that is read. */
    public static final int MAX_OCTETS = 64 * 1024;

    /** The most signatures of a note that is read. */
    public static final int MAX_SIGNATURES = 64;

    private static final String SEPARATOR = "\n\n";

    /**
     * @throws IllegalArgumentException when the text cannot be a note's, or there is no signature
     */
    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!isText(text)) {
            throw new IllegalArgumentException(
                    "a note's text ends with a line feed and holds no other control character");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note has 1 to " + MAX_SIGNATURES + " signatures");
        }
    }

    /** Reads a note in its one form; empty when the octets are none. Verifies nothing. */
    public static Optional<SignedNote> parse(byte[] octets) {
        if (octets.length > MAX_OCTETS) {
            return Optional.empty();
        }
        String note;
        try {
            note = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        int separator = note.lastIndexOf(SEPARATOR);
        if (separator < 0 || !note.endsWith("\n")) {
            return Optional.empty();
        }
        String text = note.substring(0, separator + 1);
        Optional<List<NoteSignature>> signatures = signatures(note.substring(separator + SEPARATOR.length()));
        return isText(text) ? signatures.map(found -> new SignedNote(text, found)) : Optional.empty();
    }

    /** Reads signature lines, as a witness answers them; empty when one is none, or there are none or too many. */
    public static Optional<List<NoteSignature>> signatures(String lines) {
        if (!lines.endsWith("\n")) {
            return Optional.empty();
        }
        List<NoteSignature> found = new ArrayList<>();
        for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
            Optional<NoteSignature> signature = NoteSignature.parse(line);
            if (signature.isEmpty() || found.size() == MAX_SIGNATURES) {
                return Optional.empty();
            }
            found.add(signature.get());
        }
        return Optional.of(found);
    }

    /** Signs a text with Ed25519. */
    public static SignedNote sign(String text, NoteSigner signer) {
        VerifierKey key = signer.verifierKey();
        if (key.type() != SignatureType.ED25519) {
            throw new IllegalArgumentException("a text is signed by a key of type ED25519");
        }
        byte[] signature = signer.sign(text.getBytes(StandardCharsets.UTF_8));
        return new SignedNote(text, List.of(new NoteSignature(key.name(), key.id(), signature)));
    }

    /** The same note with more signatures; those that it has already are not added again. */
    public SignedNote with(List<NoteSignature> more) {
        List<NoteSignature> all = new ArrayList<>(signatures);
        more.stream().filter(signature -> !all.contains(signature)).forEach(all::add);
        return new SignedNote(text, all);
    }

    /**
     * Whether this key signed the text: every signature in its name must verify, and there must be one.
     *
     * @param key of type {@link SignatureType#ED25519}
     */
    public boolean isSignedBy(VerifierKey key) {
        List<NoteSignature> own =
                signatures.stream().filter(signature -> signature.isBy(key)).toList();
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        return key.type() == SignatureType.ED25519
                && !own.isEmpty()
                && own.stream().allMatch(signature -> key.verifies(message, signature.signature()));
    }

    /** The note's octets. */
    public byte[] octets() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.line()));
        return note.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isText(String text) {
        return text.endsWith("\n") && text.chars().noneMatch(at -> at < ' ' && at != '\n');
    }
}
