package org.wasl.routes.payment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.MonthDay;
import org.wasl.security.registry.Label;

/**
 * What is taken off for paying early, as declared.
 *
 * @param id its name
 * @param label its name for people
 * @param percent of its basis, more than 0 and at most 100
 * @param from the first day of a year on which it is given
 * @param to the last; before {@code from} when the window runs over the new year
 * @param rounding how a part of a thousandth is rounded
 * @param legalBasis the legal basis' code
 * @param source where that can be read
 */
public record Discount(
        String id,
        Label label,
        BigDecimal percent,
        MonthDay from,
        MonthDay to,
        RoundingMode rounding,
        String legalBasis,
        String source) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int DECIMALS = 3;
    private static final int PERCENT_DECIMALS = 3;

    public Discount {
        if (percent.signum() <= 0 || percent.compareTo(HUNDRED) > 0 || percent.scale() > PERCENT_DECIMALS) {
            throw new IllegalArgumentException("a discount is more than 0 and at most 100 per cent, to a thousandth");
        }
        if (rounding == RoundingMode.UNNECESSARY) {
            throw new IllegalArgumentException("the rounding must be said");
        }
    }

    /** Whether it is given to whoever pays on that day. */
    public boolean on(LocalDate day) {
        MonthDay at = MonthDay.from(day);
        boolean afterFrom = !at.isBefore(from);
        boolean beforeTo = !at.isAfter(to);
        return from.isAfter(to) ? afterFrom || beforeTo : afterFrom && beforeTo;
    }

    /** The last day of the window that this day is in. */
    public LocalDate lastDay(LocalDate day) {
        LocalDate end = to.atYear(day.getYear());
        return end.isBefore(day) ? to.atYear(day.getYear() + 1) : end;
    }

    /**
     * What is taken off: never more than what is owed.
     *
     * @param basis of which it is a percentage
     * @param due what is owed
     */
    public Fils of(Fils basis, Fils due) {
        BigDecimal exact = basis.decimal().multiply(percent).divide(HUNDRED);
        return Fils.of(exact.setScale(DECIMALS, rounding)).least(due);
    }
}
