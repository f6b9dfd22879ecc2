package org.wasl.agencies.population;

import java.time.LocalDate;

/** A date as a register knows it: month and day, or all of it, may be unknown (0). */
public record ImpreciseDate(int year, int month, int day) implements Comparable<ImpreciseDate> {

    public static final ImpreciseDate UNKNOWN = new ImpreciseDate(0, 0, 0);

    public ImpreciseDate {
        if (year < 0 || year > 9999 || month < 0 || month > 12 || day < 0 || day > 31) {
            throw new IllegalArgumentException("not a date: " + year + "-" + month + "-" + day);
        }
        if ((month == 0 && day != 0) || (year == 0 && month != 0)) {
            throw new IllegalArgumentException("a known part below an unknown one: " + year + "-" + month + "-" + day);
        }
    }

    public static ImpreciseDate of(LocalDate date) {
        return new ImpreciseDate(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    /** Eight digits, zeros where unknown. */
    public String digits() {
        return Integer.toString(100_000_000 + year * 10_000 + month * 100 + day).substring(1);
    }

    ImpreciseDate yearOnly() {
        return new ImpreciseDate(year, 0, 0);
    }

    ImpreciseDate monthOnly() {
        return new ImpreciseDate(year, month, 0);
    }

    public boolean precise() {
        return day != 0;
    }

    @Override
    public int compareTo(ImpreciseDate other) {
        return digits().compareTo(other.digits());
    }
}
