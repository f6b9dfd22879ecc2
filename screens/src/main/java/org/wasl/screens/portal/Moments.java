package org.wasl.screens.portal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import org.wasl.screens.frame.Language;

/** Times and days as people in Jordan read them, with Western digits. */
final class Moments {

    private static final ZoneId ZONE = ZoneId.of("Asia/Amman");

    private Moments() {}

    /** A day and a time of day; the text itself when it is no instant. */
    static String moment(String instant, Language language) {
        try {
            return org.wasl.screens.frame.Moments.minute(
                    OffsetDateTime.parse(instant).atZoneSameInstant(ZONE), language);
        } catch (DateTimeException none) {
            return instant;
        }
    }

    /** A day; the text itself when it is none. */
    static String day(String date, Language language) {
        try {
            return LocalDate.parse(date)
                    .format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).localizedBy(language.locale()));
        } catch (DateTimeException none) {
            return date;
        }
    }
}
