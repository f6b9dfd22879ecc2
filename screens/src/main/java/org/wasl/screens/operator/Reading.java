package org.wasl.screens.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.wasl.screens.frame.Language;

/** Reads what the bus answered for a page in this language. */
final class Reading {

    private static final ZoneId ZONE = ZoneId.of("Asia/Amman");
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);

    private final Language language;

    Reading(Language language) {
        this.language = language;
    }

    Language language() {
        return language;
    }

    /** A label's text in the page's language. */
    String text(JsonNode names) {
        return names.path(language.code()).asText("");
    }

    /** Each of these, read. */
    static <T> List<T> each(JsonNode list, Function<JsonNode, T> reader) {
        List<T> all = new ArrayList<>();
        list.forEach(one -> all.add(reader.apply(one)));
        return all;
    }

    /** A whole number with its thousands apart. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A rate with one decimal where it is small. */
    static String rate(double rate) {
        return rate >= 100 || rate == Math.rint(rate)
                ? number(Math.round(rate))
                : String.format(Locale.ROOT, "%.1f", rate);
    }

    /** A share of a hundred with one decimal; {@code 0} of nothing. */
    static String percent(long part, long whole) {
        return whole == 0 ? "0" : rate(Math.floor(part * 1000.0 / whole) / 10);
    }

    /** Where a bar begins in a picture that is 100 wide: at the side from which the page is read. */
    static String barStart(String width, String direction) {
        return direction.equals("rtl")
                ? BigDecimal.valueOf(100).subtract(new BigDecimal(width)).toPlainString()
                : "0";
    }

    static String minute(String instant) {
        return MINUTE.format(Instant.parse(instant).atZone(ZONE));
    }

    static String moment(String instant) {
        return instant.isEmpty() ? "" : SECOND.format(Instant.parse(instant).atZone(ZONE));
    }

    static String day(String instant) {
        return DAY.format(Instant.parse(instant).atZone(ZONE));
    }

    /** The last part of a service's identifier that tells it from others: {@code life-status}. */
    static String code(String service) {
        String[] parts = service.split("/");
        return parts.length < 2 ? service : parts[parts.length - 2];
    }

    /** The member of a service or subsystem. */
    static String member(String identifier) {
        String[] parts = identifier.split("/");
        return parts.length < 3 ? identifier : String.join("/", parts[0], parts[1], parts[2]);
    }
}
