package org.wasl.screens.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.wasl.screens.frame.Language;

/** What the overview shows. */
public record Overview(
        String asOf,
        String countedSince,
        int minutes,
        Totals total,
        FlowMap map,
        List<FlowRow> flows,
        MinuteChart chart,
        List<AgencyRow> agencies,
        List<ErrorRow> errors,
        List<QueueRow> queues,
        String waitingInQueues,
        List<BackEndRow> backEnds,
        JsonNode log,
        String logSize,
        String diskFree,
        Span uncovered,
        JsonNode waiting,
        String registryVersion,
        List<EndingRow> endings) {

    private static final int ENDINGS = 6;
    private static final long KIBI = 1024;
    private static final long DAY_SECONDS = 86_400;
    private static final long SOON_DAYS = 14;

    public record FlowRow(String consumer, String provider, Totals total) {}

    /** @param breaker {@code CLOSED}, {@code TRYING}, {@code OPEN}, the worst of its systems; empty when none is here */
    public record AgencyRow(String member, String name, Totals asked, String breaker) {}

    /** @param share its part of all faults, of a hundred */
    public record ErrorRow(String code, String title, String category, String count, int share) {}

    public record QueueRow(String name, long depth) {}

    public record BackEndRow(
            String service, String provider, String breaker, int calls, int failed, int underWay, int concurrent) {}

    /** @param kind {@code good} or {@code warn} */
    public record EndingRow(String what, String name, String ends, Span left, String kind) {}

    static Overview of(JsonNode answer, Language language) {
        Reading reading = new Reading(language);
        int minutes = answer.path("minutes").asInt(1);
        Map<String, String> names = new HashMap<>();
        answer.path("agencies")
                .forEach(agency -> names.put(agency.path("member").asText(), reading.text(agency.path("name"))));
        boolean mirrored = language == Language.AR;
        List<FlowMap.Flow> flows = Reading.each(
                answer.path("flows"),
                flow -> new FlowMap.Flow(
                        flow.path("consumer").asText(),
                        flow.path("provider").asText(),
                        Totals.of(flow.path("total"), minutes)));
        Map<String, String> breakers = breakers(answer.path("backEnds"));
        return new Overview(
                Reading.moment(answer.path("asOf").asText()),
                Reading.moment(answer.path("countedSince").asText()),
                minutes,
                Totals.of(answer.path("total"), minutes),
                FlowMap.of(flows, names, mirrored),
                flows.stream()
                        .map(flow -> new FlowRow(
                                names.getOrDefault(flow.consumer(), flow.consumer()),
                                names.getOrDefault(flow.provider(), flow.provider()),
                                flow.total()))
                        .toList(),
                MinuteChart.of(answer.path("series"), mirrored),
                agencies(answer, reading, minutes, breakers),
                errors(answer.path("errors"), reading),
                Reading.each(
                                answer.path("queues"),
                                queue -> new QueueRow(
                                        queue.path("name").asText(),
                                        queue.path("depth").asLong()))
                        .stream()
                        .filter(queue -> queue.depth() > 0)
                        .toList(),
                Reading.number(Reading.each(answer.path("queues"), queue -> queue.path("depth")
                                .asLong())
                        .stream()
                        .mapToLong(depth -> depth)
                        .sum()),
                backEnds(answer.path("backEnds"), names),
                answer.path("log"),
                size(answer.path("log").path("bytes").asLong()),
                size(answer.path("log").path("diskFree").asLong()),
                Span.ofSeconds(answer.path("log").path("uncoveredSeconds").asLong()),
                answer.path("waiting"),
                answer.path("registry").path("version").asText(),
                endings(answer));
    }

    private static Map<String, String> breakers(JsonNode backEnds) {
        List<String> order = List.of("CLOSED", "TRYING", "OPEN");
        Map<String, String> worst = new HashMap<>();
        backEnds.forEach(backEnd -> worst.merge(
                backEnd.path("provider").asText(),
                backEnd.path("breaker").asText(),
                (one, other) -> order.indexOf(one) >= order.indexOf(other) ? one : other));
        return worst;
    }

    private static List<AgencyRow> agencies(
            JsonNode answer, Reading reading, int minutes, Map<String, String> breakers) {
        return Reading.each(
                        answer.path("agencies"),
                        agency -> new AgencyRow(
                                agency.path("member").asText(),
                                reading.text(agency.path("name")),
                                Totals.of(agency.path("asked"), minutes),
                                breakers.getOrDefault(agency.path("member").asText(), "")))
                .stream()
                .filter(agency ->
                        agency.asked().asked() > 0 || !agency.breaker().isEmpty())
                .sorted((one, other) ->
                        Long.compare(other.asked().asked(), one.asked().asked()))
                .toList();
    }

    private static List<ErrorRow> errors(JsonNode errors, Reading reading) {
        long all = Reading.each(errors, error -> error.path("count").asLong()).stream()
                .mapToLong(count -> count)
                .sum();
        return Reading.each(
                errors,
                error -> new ErrorRow(
                        error.path("code").asText(),
                        reading.text(error.path("title")),
                        error.path("category").asText(),
                        Reading.number(error.path("count").asLong()),
                        (int) Math.round(error.path("count").asLong() * 100.0 / Math.max(1, all))));
    }

    private static List<BackEndRow> backEnds(JsonNode backEnds, Map<String, String> names) {
        return Reading.each(
                backEnds,
                backEnd -> new BackEndRow(
                        Reading.code(backEnd.path("service").asText()),
                        names.getOrDefault(
                                backEnd.path("provider").asText(),
                                backEnd.path("provider").asText()),
                        backEnd.path("breaker").asText(),
                        backEnd.path("calls").asInt(),
                        backEnd.path("failed").asInt(),
                        backEnd.path("underWay").asInt(),
                        backEnd.path("concurrent").asInt()));
    }

    private static List<EndingRow> endings(JsonNode answer) {
        long now = java.time.Instant.parse(answer.path("asOf").asText()).getEpochSecond();
        return Reading.each(answer.path("expiring"), ending -> {
                    String ends = ending.path("ends").asText();
                    long left = java.time.Instant.parse(ends).getEpochSecond() - now;
                    return new EndingRow(
                            ending.path("kind").asText(),
                            ending.path("name").asText(),
                            Reading.day(ends),
                            Span.ofSeconds(left),
                            left < SOON_DAYS * DAY_SECONDS ? "warn" : "good");
                })
                .stream()
                .limit(ENDINGS)
                .toList();
    }

    /** In the largest unit of which there is more than one. */
    static String size(long octets) {
        double size = octets;
        for (String unit : List.of("B", "KiB", "MiB", "GiB")) {
            if (size < KIBI) {
                return Reading.rate(Math.floor(size * 10) / 10) + " " + unit;
            }
            size /= KIBI;
        }
        return Reading.rate(Math.floor(size * 10) / 10) + " TiB";
    }
}
