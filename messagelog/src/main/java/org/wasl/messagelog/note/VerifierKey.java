package org.wasl.messagelog.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose signature a note may carry: a name and an Ed25519 key, C2SP {@code signed-note}, "Verifier keys".
 *
 * @param name the key's name: no blanks, no plus sign
 * @param type what its signatures are made over
 * @param key the key
 */
public record VerifierKey(String name, SignatureType type, PublicKey key) {

    private static final Pattern TEXT = Pattern.compile("([^+]{1,200})\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+=*)");

    /**
     * @throws IllegalArgumentException when the name or the key cannot be one of a note
     */
    public VerifierKey {
        if (!isName(name)) {
            throw new IllegalArgumentException("a key's name has no blanks, control characters or plus signs");
        }
        Ed25519Keys.octets(key);
    }

    /** Whether a note's signature can carry this name. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(
                                at -> at == '+' || at < ' ' || Character.isWhitespace(at) || Character.isSpaceChar(at));
    }

    /**
     * Reads a verifier key: {@code name+id+base64(type, key)}.
     *
     * @return the key; empty when the text is none of a known type, or its id is not the one of its name and key
     */
    public static Optional<VerifierKey> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches() || !isName(parts.group(1))) {
            return Optional.empty();
        }
        byte[] typed;
        try {
            typed = Base64.getDecoder().decode(parts.group(3));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (typed.length != 1 + Ed25519Keys.KEY_BYTES) {
            return Optional.empty();
        }
        try {
            PublicKey key = Ed25519Keys.key(Arrays.copyOfRange(typed, 1, typed.length));
            return SignatureType.of(typed[0])
                    .map(type -> new VerifierKey(parts.group(1), type, key))
                    .filter(read -> read.toString().equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The same key and name for another type of signature. */
    public VerifierKey as(SignatureType other) {
        return new VerifierKey(name, other, key);
    }

    /** The identifier by which signatures name it, with its name: four octets of a hash. */
    public int id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            digest.update(typed());
            return ByteBuffer.wrap(digest.digest()).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private byte[] typed() {
        byte[] octets = Ed25519Keys.octets(key);
        return ByteBuffer.allocate(1 + octets.length)
                .put(type.identifier())
                .put(octets)
                .array();
    }

    /** Whether this key signed these octets. */
    public boolean verifies(byte[] message, byte[] signature) {
        return Ed25519Keys.verifies(key, message, signature);
    }

    /** The verifier key as text. */
    @Override
    public String toString() {
        return "%s+%08x+%s".formatted(name, id(), Base64.getEncoder().encodeToString(typed()));
    }
}
