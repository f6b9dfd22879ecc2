package org.wasl.agencies.population;

import java.util.OptionalInt;

/**
 * A number plate.
 *
 * @param code one to three digits
 * @param number one to six digits
 */
public record Plate(String code, String number) {

    private static final int CODES = 40;
    private static final int FIRST_CODE = 11;
    private static final int FIRST_NUMBER = 10_000;
    private static final int NUMBERS = 90_000;
    private static final long FACTOR = 37_123;
    private static final long OFFSET = 4_321;
    private static final long INVERSE = java.math.BigInteger.valueOf(FACTOR)
            .modInverse(java.math.BigInteger.valueOf(NUMBERS))
            .longValueExact();

    public Plate {
        if (!code.matches("[0-9]{1,3}") || !number.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("not a plate: " + code + "-" + number);
        }
    }

    static Plate of(int vehicleIndex) {
        long scattered = ((long) (vehicleIndex / CODES) * FACTOR + OFFSET) % NUMBERS;
        return new Plate(Integer.toString(FIRST_CODE + vehicleIndex % CODES), Long.toString(FIRST_NUMBER + scattered));
    }

    OptionalInt vehicleIndex() {
        int codeIndex = Integer.parseInt(code) - FIRST_CODE;
        int scattered = Integer.parseInt(number) - FIRST_NUMBER;
        if (codeIndex < 0 || codeIndex >= CODES || scattered < 0 || scattered >= NUMBERS) {
            return OptionalInt.empty();
        }
        int index = (int) Math.floorMod((scattered - OFFSET) * INVERSE, (long) NUMBERS) * CODES + codeIndex;
        // A leading zero would give one vehicle several plates.
        return of(index).equals(this) ? OptionalInt.of(index) : OptionalInt.empty();
    }

    @Override
    public String toString() {
        return code + "-" + number;
    }
}
