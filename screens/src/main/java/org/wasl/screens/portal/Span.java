package org.wasl.screens.portal;

/**
 * How long something takes, in the largest unit that fits, for people.
 *
 * @param unit {@code seconds}, {@code minutes}, {@code hours} or {@code days}: the text's key ends with it
 * @param count how many of them, rounded up
 */
record Span(String unit, long count) {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    static Span ofSeconds(long seconds) {
        if (seconds < MINUTE) {
            return new Span("seconds", Math.max(seconds, 1));
        }
        if (seconds < HOUR) {
            return new Span("minutes", rounded(seconds, MINUTE));
        }
        return seconds < DAY ? new Span("hours", rounded(seconds, HOUR)) : new Span("days", rounded(seconds, DAY));
    }

    private static long rounded(long seconds, long unit) {
        return (seconds + unit - 1) / unit;
    }
}
