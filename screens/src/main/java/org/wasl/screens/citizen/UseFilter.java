package org.wasl.screens.citizen;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.wasl.screens.frame.FormErrors;
import org.wasl.screens.frame.Moments;

/**
 * Which uses are asked for, by the address of the page.
 *
 * @param agency the identifier of the body that looked; empty for any
 * @param purpose the code of what for; empty for any
 * @param from the first day, as it was typed; empty from the beginning
 * @param to the last day; empty until now
 * @param page which page, from 0
 * @param until when the first page was asked for: later pages go on from the same list
 * @param errors what cannot be asked for
 */
public record UseFilter(
        String agency, String purpose, String from, String to, int page, Instant until, FormErrors errors) {

    private static final int PAGE = 20;
    private static final int DEEPEST = 10_000;

    static UseFilter of(Map<String, String> given, Moments moments, Clock clock) {
        FormErrors errors = FormErrors.none();
        String from = given.getOrDefault("from", "").strip();
        String to = given.getOrDefault("to", "").strip();
        Optional<Instant> begin = moments.day(from);
        Optional<Instant> end = moments.dayAfter(to);
        if (!from.isEmpty() && begin.isEmpty()) {
            errors.add("from", "citizen.filter.date");
        }
        if (!to.isEmpty() && end.isEmpty()) {
            errors.add("to", "citizen.filter.date");
        }
        if (begin.isPresent() && end.isPresent() && !begin.get().isBefore(end.get())) {
            errors.add("to", "citizen.filter.order");
        }
        String page = given.getOrDefault("page", "0");
        return new UseFilter(
                given.getOrDefault("agency", ""),
                given.getOrDefault("purpose", ""),
                from,
                to,
                page.matches("[0-9]{1,3}") ? Math.min(Integer.parseInt(page), DEEPEST / PAGE - 1) : 0,
                until(given.getOrDefault("until", ""), clock),
                errors);
    }

    private static Instant until(String text, Clock clock) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException none) {
            // What was logged this very moment is told, too.
            return clock.instant().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
        }
    }

    /** Whether less than everything is asked for. */
    public boolean isNarrow() {
        return !(agency + purpose + from + to).isEmpty();
    }

    boolean hasMore(long total) {
        return (page + 1) * PAGE < Math.min(total, DEEPEST - PAGE);
    }

    /** The bus' query. */
    String query(Moments moments) {
        Map<String, String> query = new LinkedHashMap<>();
        moments.day(from).ifPresent(begin -> query.put("periodStart", begin.toString()));
        Instant end = moments.dayAfter(to).filter(last -> last.isBefore(until)).orElse(until);
        query.put("periodEnd", end.toString());
        put(query, "receiver", agency);
        put(query, "purpose", purpose);
        query.put("offset", Integer.toString(page * PAGE));
        query.put("limit", Integer.toString(PAGE));
        return written(query);
    }

    /** The address of another page of the same list. */
    String address(int other) {
        Map<String, String> query = new LinkedHashMap<>();
        put(query, "agency", agency);
        put(query, "purpose", purpose);
        put(query, "from", from);
        put(query, "to", to);
        query.put("page", Integer.toString(other));
        query.put("until", until.toString());
        return "/my-data?" + written(query);
    }

    private static void put(Map<String, String> query, String name, String value) {
        if (!value.isEmpty()) {
            query.put(name, value);
        }
    }

    private static String written(Map<String, String> query) {
        StringBuilder text = new StringBuilder();
        query.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : "&").append(name).append('=').append(encoded(value)));
        return text.toString();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
