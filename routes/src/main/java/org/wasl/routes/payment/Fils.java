package org.wasl.routes.payment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * An exact amount of money that is not negative, in thousandths of the currency's unit.
 *
 * @param thousandths from 0 to 999,999,999,999,999
 */
public record Fils(long thousandths) implements Comparable<Fils> {

    public static final Fils ZERO = new Fils(0);

    private static final long MOST = 999_999_999_999_999L;
    private static final int DECIMALS = 3;
    private static final Pattern TEXT = Pattern.compile("[0-9]{1,12}\\.[0-9]{3}");

    public Fils {
        if (thousandths < 0 || thousandths > MOST) {
            throw new IllegalArgumentException("an amount is from 0 to 999999999999.999");
        }
    }

    /**
     * The amount that this text writes with exactly three decimals, as {@code 12.500}.
     *
     * @throws IllegalArgumentException when it does not
     */
    public static Fils parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("an amount has three decimals and at most 12 digits before them");
        }
        return of(new BigDecimal(text));
    }

    /**
     * The amount of this decimal.
     *
     * @throws IllegalArgumentException when it is negative or finer than a thousandth
     */
    public static Fils of(BigDecimal amount) {
        try {
            return new Fils(amount.setScale(DECIMALS, RoundingMode.UNNECESSARY)
                    .unscaledValue()
                    .longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("an amount is no finer than a thousandth", e);
        }
    }

    /** The sum, in whatever order. */
    public static Fils sum(Collection<Fils> amounts) {
        return amounts.stream().reduce(ZERO, Fils::plus);
    }

    public Fils plus(Fils other) {
        return new Fils(Math.addExact(thousandths, other.thousandths));
    }

    /** @throws IllegalArgumentException when the other is more */
    public Fils minus(Fils other) {
        return new Fils(thousandths - other.thousandths);
    }

    public Fils least(Fils other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public boolean isZero() {
        return thousandths == 0;
    }

    /** With three decimals. */
    public BigDecimal decimal() {
        return BigDecimal.valueOf(thousandths, DECIMALS);
    }

    @Override
    public int compareTo(Fils other) {
        return Long.compare(thousandths, other.thousandths);
    }

    /** As {@code 12.500}. */
    @Override
    public String toString() {
        return decimal().toPlainString();
    }
}
