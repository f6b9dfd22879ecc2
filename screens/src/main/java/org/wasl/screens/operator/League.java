package org.wasl.screens.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.screens.frame.Language;

/** The league table of agencies. */
public record League(String from, String to, int target, int least, List<Row> rows, Optional<Row> slowest) {

    private static final List<String> VERDICTS = List.of("KEPT", "BROKEN", "TOO_FEW", "NOT_DECLARED");

    /**
     * @param rank its place; a dash when there are too few exchanges to say
     * @param verdict {@code KEPT}, {@code BROKEN}, {@code TOO_FEW} or {@code NOT_DECLARED}
     * @param share of a hundred, with one decimal; empty when there is no denominator
     * @param bar the same as a width of 100
     */
    public record Row(
            String rank,
            String member,
            String name,
            String verdict,
            String share,
            String bar,
            String within,
            String promised,
            String judged,
            String failed,
            Span p50,
            Span p95,
            List<ServiceRow> services) {

        /** Where the bar begins in a picture that is 100 wide, read in this direction. */
        public String barStart(String direction) {
            return Reading.barStart(bar, direction);
        }
    }

    /** @param level within what time its agency undertook to answer; null when it undertook nothing */
    public record ServiceRow(
            String code,
            String name,
            @Nullable Span level,
            String share,
            String within,
            String promised,
            Span p50,
            Span p95) {}

    static League of(JsonNode answer, Language language) {
        Reading reading = new Reading(language);
        int[] rank = {0};
        List<Row> rows = Reading.each(
                        answer.path("agencies"),
                        agency -> row(judged(agency) ? Integer.toString(++rank[0]) : "–", agency, reading))
                .stream()
                .sorted(Comparator.comparing(row -> VERDICTS.indexOf(row.verdict())))
                .toList();
        return new League(
                Reading.moment(answer.path("from").asText()),
                Reading.moment(answer.path("to").asText()),
                answer.path("targetPercent").asInt(),
                answer.path("least").asInt(),
                rows,
                rows.stream().filter(row -> row.verdict().equals("BROKEN")).reduce((first, last) -> last));
    }

    /** Whether there were enough exchanges to say something of it. */
    private static boolean judged(JsonNode agency) {
        return VERDICTS.indexOf(agency.path("verdict").asText()) <= VERDICTS.indexOf("BROKEN");
    }

    private static Row row(String rank, JsonNode agency, Reading reading) {
        String share = share(agency);
        return new Row(
                rank,
                agency.path("member").asText(),
                reading.text(agency.path("name")),
                agency.path("verdict").asText(),
                share,
                share.isEmpty() ? "0" : share,
                count(agency, "within"),
                count(agency, "promised"),
                count(agency, "judged"),
                count(agency, "failed"),
                Span.ofMillis(agency.path("p50Millis").asLong()),
                Span.ofMillis(agency.path("p95Millis").asLong()),
                Reading.each(agency.path("services"), service -> service(service, reading)));
    }

    private static ServiceRow service(JsonNode service, Reading reading) {
        return new ServiceRow(
                Reading.code(service.path("service").asText()),
                reading.text(service.path("name")),
                service.has("levelMillis")
                        ? Span.ofMillis(service.path("levelMillis").asLong())
                        : null,
                share(service),
                count(service, "within"),
                count(service, "promised"),
                Span.ofMillis(service.path("p50Millis").asLong()),
                Span.ofMillis(service.path("p95Millis").asLong()));
    }

    private static String share(JsonNode counted) {
        String share = counted.path("share").asText("");
        return share.isEmpty()
                ? ""
                : new BigDecimal(share)
                        .movePointRight(2)
                        .setScale(1, RoundingMode.DOWN)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static String count(JsonNode counted, String name) {
        return Reading.number(counted.path(name).asLong());
    }
}
