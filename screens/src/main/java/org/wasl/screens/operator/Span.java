package org.wasl.screens.operator;

/**
 * A duration as a text with a number in it.
 *
 * @param key the text's key
 * @param value the number
 */
public record Span(String key, String value) {

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** For the text. */
    public Object[] arguments() {
        return new Object[] {value};
    }

    static Span ofMillis(long millis) {
        return millis < SECOND
                ? new Span("operator.span.millis", Long.toString(millis))
                : new Span("operator.span.seconds", Reading.rate(Math.round(millis * 10.0 / SECOND) / 10.0));
    }

    static Span ofSeconds(long seconds) {
        long size = Math.abs(seconds);
        if (size >= 2 * DAY) {
            return new Span("operator.span.days", Reading.number(seconds / DAY));
        }
        if (size >= 2 * HOUR) {
            return new Span("operator.span.hours", Long.toString(seconds / HOUR));
        }
        return size >= 2 * MINUTE
                ? new Span("operator.span.minutes", Long.toString(seconds / MINUTE))
                : new Span("operator.span.seconds", Long.toString(seconds));
    }
}
