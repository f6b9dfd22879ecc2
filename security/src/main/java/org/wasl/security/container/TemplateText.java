package org.wasl.security.container;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.xml.XmlText;

/** Pieces of text that the templates are made of. */
final class TemplateText {

    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String SHAPE = "0000-00-00T00:00:00.000Z";
    private static final int MILLION = 1_000_000;

    private TemplateText() {}

    /** UTC with milliseconds, always of the same length within the years that the schema knows. */
    static String instant(Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > 9999) {
            return INSTANT.format(instant);
        }
        char[] text = SHAPE.toCharArray();
        digits(text, 0, 4, time.getYear());
        digits(text, 5, 2, time.getMonthValue());
        digits(text, 8, 2, time.getDayOfMonth());
        digits(text, 11, 2, time.getHour());
        digits(text, 14, 2, time.getMinute());
        digits(text, 17, 2, time.getSecond());
        digits(text, 20, 3, time.getNano() / MILLION);
        return new String(text);
    }

    private static void digits(char[] to, int from, int count, int value) {
        int left = value;
        for (int i = from + count - 1; i >= from; i--) {
            to[i] = (char) ('0' + left % 10);
            left /= 10;
        }
    }

    /**
     * The instant of exactly that form.
     *
     * @throws DateTimeException when the text has another form, or no such time exists; the year 0 does not
     */
    static Instant instant(String text) {
        if (text.length() != SHAPE.length()) {
            throw new DateTimeException("an instant has " + SHAPE.length() + " characters");
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char expected = SHAPE.charAt(i);
            char given = text.charAt(i);
            if (expected == '0' ? given < '0' || given > '9' : given != expected) {
                throw new DateTimeException("an instant has the form " + SHAPE);
            }
        }
        int year = number(text, 0, 4);
        if (year == 0) {
            throw new DateTimeException("there is no year 0");
        }
        LocalDate date = LocalDate.of(year, number(text, 5, 2), number(text, 8, 2));
        return date.atTime(number(text, 11, 2), number(text, 14, 2), number(text, 17, 2), number(text, 20, 3) * MILLION)
                .toInstant(ZoneOffset.UTC);
    }

    private static int number(String text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    static void element(StringBuilder to, String name, String text) {
        to.append('<').append(name).append('>');
        to.append(XmlText.text(text));
        to.append("</").append(name).append('>');
    }

    static void optional(StringBuilder to, String name, @Nullable String text) {
        if (text != null) {
            element(to, name, text);
        }
    }
}
