package org.wasl.node.edge.verification;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What is printed on a statement so that anybody can look up whether there is such a statement: the request's tracking id
 * in Crockford's base 32 and two check characters, in groups of four. Whoever types it may write small letters, leave
 * the hyphens out or put blanks, and take O for 0 or I and L for 1.
 *
 * <p>The check characters are the number modulo 1021, a prime: one wrong character, or two neighbours exchanged, never
 * give another code. They protect from slips; that no code can be guessed is the tracking id's matter.
 *
 * @param trackingId the request
 */
public record VerificationCode(UUID trackingId) {

    /** The answer's header that carries it. */
    public static final String HEADER = "Wasl-Verification-Code";

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
    private static final BigInteger PRIME = BigInteger.valueOf(1021);
    private static final int ID_CHARACTERS = 26;
    private static final int ID_BITS = 128;
    private static final int CHECK_CHARACTERS = 2;
    private static final int GROUP = 4;
    /** The longest text that is looked at: all characters, and as many hyphens or blanks. */
    private static final int MAX_TYPED = 2 * (ID_CHARACTERS + CHECK_CHARACTERS);

    /** The code of this request. */
    public static VerificationCode of(UUID trackingId) {
        return new VerificationCode(trackingId);
    }

    /** Reads what somebody typed; empty when it is no code, or its check characters do not fit. */
    public static Optional<VerificationCode> parse(String typed) {
        if (typed.length() > MAX_TYPED) {
            return Optional.empty();
        }
        String plain = typed.toUpperCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        if (plain.length() != ID_CHARACTERS + CHECK_CHARACTERS
                || plain.chars().anyMatch(at -> ALPHABET.indexOf(at) < 0)) {
            return Optional.empty();
        }
        BigInteger number = number(plain.substring(0, ID_CHARACTERS));
        boolean fits =
                number.bitLength() <= ID_BITS && number.mod(PRIME).equals(number(plain.substring(ID_CHARACTERS)));
        return fits
                ? Optional.of(new VerificationCode(
                        new UUID(number.shiftRight(Long.SIZE).longValue(), number.longValue())))
                : Optional.empty();
    }

    /** The code as it is printed. */
    public String text() {
        BigInteger number = unsigned(trackingId.getMostSignificantBits())
                .shiftLeft(Long.SIZE)
                .or(unsigned(trackingId.getLeastSignificantBits()));
        String plain = characters(number, ID_CHARACTERS) + characters(number.mod(PRIME), CHECK_CHARACTERS);
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < plain.length(); at += GROUP) {
            text.append(at == 0 ? "" : "-").append(plain, at, at + GROUP);
        }
        return text.toString();
    }

    private static BigInteger unsigned(long half) {
        return new BigInteger(Long.toUnsignedString(half));
    }

    private static BigInteger number(String characters) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < characters.length(); i++) {
            number = number.multiply(BASE).add(BigInteger.valueOf(ALPHABET.indexOf(characters.charAt(i))));
        }
        return number;
    }

    private static String characters(BigInteger number, int count) {
        char[] characters = new char[count];
        BigInteger rest = number;
        for (int i = count - 1; i >= 0; i--) {
            BigInteger[] divided = rest.divideAndRemainder(BASE);
            characters[i] = ALPHABET.charAt(divided[1].intValue());
            rest = divided[0];
        }
        return new String(characters);
    }
}
