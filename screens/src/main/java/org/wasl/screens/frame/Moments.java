package org.wasl.screens.frame;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Points in time as people read and type them, in the country's own time zone. */
public final class Moments {

    private final ZoneId zone;

    public Moments(ZoneId zone) {
        this.zone = zone;
    }

    /** Date, and time to the minute. */
    public String minute(Instant at, Language language) {
        return minute(at.atZone(zone), language);
    }

    /** Date, and time to the minute, in the zone that it is in. */
    public static String minute(ZonedDateTime at, Language language) {
        return written(at, language, language == Language.AR ? "d MMMM yyyy، HH:mm" : "d MMMM yyyy, HH:mm");
    }

    /** Date, and time to the second. */
    public String second(Instant at, Language language) {
        return written(
                at.atZone(zone), language, language == Language.AR ? "d MMMM yyyy، HH:mm:ss" : "d MMMM yyyy, HH:mm:ss");
    }

    private static String written(ZonedDateTime at, Language language, String pattern) {
        // Without the extension for digits, whose style the formatter has of itself: Western.
        Locale locale = Locale.forLanguageTag(language == Language.AR ? "ar-JO" : "en-GB");
        return DateTimeFormatter.ofPattern(pattern, locale).format(at);
    }

    /** The beginning of a day as a form's field sends it, such as 2026-11-22; empty when it is none. */
    public Optional<Instant> day(String text) {
        return date(text).map(day -> day.atStartOfDay(zone).toInstant());
    }

    /** The end of that day. */
    public Optional<Instant> dayAfter(String text) {
        return date(text).map(day -> day.plusDays(1).atStartOfDay(zone).toInstant());
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return text.length() == 10 ? Optional.of(LocalDate.parse(text)) : Optional.empty();
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** The day of a point in time as a form's field takes it; empty when it is none. */
    public String field(String instant) {
        try {
            return instant.isEmpty()
                    ? ""
                    : Instant.parse(instant).atZone(zone).toLocalDate().toString();
        } catch (DateTimeException none) {
            return "";
        }
    }
}
