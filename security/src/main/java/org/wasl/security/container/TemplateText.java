package org.wasl.security.container;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.wasl.schemas.xml.XmlText;

/** Pieces of text that the templates are made of. */
final class TemplateText {

    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private TemplateText() {}

    /** UTC with milliseconds, always of the same length. */
    static String instant(Instant instant) {
        return INSTANT.format(instant.truncatedTo(ChronoUnit.MILLIS));
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
