package org.wasl.agencies.population;

import java.math.BigInteger;
import java.util.OptionalInt;

/**
 * The reserved block {@code 9990000000} to {@code 9990999999}. The serial is scattered over it, so that numbers are as opaque as
 * real ones and their last two digits spread evenly, yet can be turned back into an index.
 */
public final class NationalNumbers {

    /** What every invented person's number begins with. */
    public static final String RESERVED_PREFIX = "9990";

    static final int CAPACITY = 1_000_000;
    private static final long FACTOR = 387_007;
    private static final long OFFSET = 271_828;
    private static final long INVERSE =
            BigInteger.valueOf(FACTOR).modInverse(BigInteger.valueOf(CAPACITY)).longValueExact();

    private NationalNumbers() {}

    static String of(int personIndex) {
        if (personIndex < 0 || personIndex >= CAPACITY) {
            throw new IllegalArgumentException("outside the reserved block: " + personIndex);
        }
        return RESERVED_PREFIX
                + Long.toString(CAPACITY + (personIndex * FACTOR + OFFSET) % CAPACITY)
                        .substring(1);
    }

    /** The person's index, or empty when the number is not of the reserved block. */
    static OptionalInt indexOf(String nationalNumber) {
        if (!nationalNumber.matches("[0-9]{10}") || !nationalNumber.startsWith(RESERVED_PREFIX)) {
            return OptionalInt.empty();
        }
        long serial = Long.parseLong(nationalNumber.substring(RESERVED_PREFIX.length()));
        return OptionalInt.of((int) Math.floorMod((serial - OFFSET) * INVERSE, (long) CAPACITY));
    }
}
