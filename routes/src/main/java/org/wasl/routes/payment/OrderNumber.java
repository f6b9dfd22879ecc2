package org.wasl.routes.payment;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Numbers of orders: 16 digits derived from the answer that is paid, and two check digits by ISO/IEC 7064 MOD 97-10. */
final class OrderNumber {

    private static final BigInteger SIXTEEN_DIGITS = BigInteger.TEN.pow(16);
    private static final BigInteger MODULUS = BigInteger.valueOf(97);
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);
    private static final int LENGTH = 18;

    private OrderNumber() {}

    /**
     * The number of the order that pays this answer: always the same.
     *
     * @param answerDigest of the answer's payload
     * @param attempt 0; one more for each order of another answer that has the number already
     */
    static String of(UUID trackingId, String answerDigest, int attempt) {
        byte[] digest = sha256("wasl-payment-order|" + trackingId + "|" + answerDigest + "|" + attempt);
        BigInteger number = new BigInteger(1, digest).mod(SIXTEEN_DIGITS);
        BigInteger check = BigInteger.valueOf(98)
                .subtract(number.multiply(HUNDRED).mod(MODULUS))
                .mod(MODULUS);
        return String.format("%016d%02d", number, check);
    }

    /** Whether a text is a number of ours, mistyped nowhere. */
    static boolean valid(String text) {
        return text.length() == LENGTH
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && new BigInteger(text).mod(MODULUS).equals(BigInteger.ONE);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
