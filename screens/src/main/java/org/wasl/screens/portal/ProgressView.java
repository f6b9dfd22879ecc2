package org.wasl.screens.portal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a request has come, source by source, before there is an answer.
 *
 * @param last the id of the last event that is shown, after which the stream goes on; empty when there is none
 * @param done how many sources have answered, well or not
 */
record ProgressView(List<Source> sources, String last, int done) {

    /**
     * One source.
     *
     * @param state {@code waiting}, {@code asked}, {@code answered}, {@code deferred} or {@code failed}
     * @param kind how that is shown
     */
    record Source(String label, String agency, String state, String kind) {}

    /** What became of the exchanges with one service; a service may be asked by several steps. */
    private static final class Count {
        private int asked;
        private int answered;
        private int failed;
        private int deferred;

        String next() {
            if (answered > 0) {
                answered--;
                return "answered";
            }
            if (failed > 0) {
                failed--;
                return "failed";
            }
            if (deferred > 0) {
                deferred--;
                return "deferred";
            }
            if (asked > 0) {
                asked--;
                return "asked";
            }
            return "waiting";
        }
    }

    static ProgressView of(JsonNode declaration, JsonNode progress, Words.In words) {
        Map<String, Count> counts = new HashMap<>();
        String last = "";
        for (JsonNode event : progress.path("events")) {
            Count count = counts.computeIfAbsent(event.path("service").asText(), service -> new Count());
            switch (event.path("event").asText()) {
                case "asked" -> count.asked++;
                case "source-answered" -> count.answered++;
                case "source-failed" -> count.failed++;
                case "deferred" -> count.deferred++;
                default -> {
                    // of the whole, not of a source
                }
            }
            last = event.path("id").asText();
        }
        counts.values().forEach(count -> {
            count.deferred = Math.max(0, count.deferred - count.answered - count.failed);
            count.asked = Math.max(0, count.asked - count.answered - count.failed - count.deferred);
        });
        List<Source> sources = new ArrayList<>();
        for (JsonNode step : declaration.path("steps")) {
            String state = counts.computeIfAbsent(step.path("service").asText(), service -> new Count())
                    .next();
            sources.add(new Source(
                    words.text(step.path("label"), ""),
                    words.member(step.path("member").asText()),
                    state,
                    kind(state)));
        }
        int done = (int) sources.stream()
                .filter(source ->
                        !source.state().equals("waiting") && !source.state().equals("asked"))
                .count();
        return new ProgressView(sources, last, done);
    }

    private static String kind(String state) {
        return switch (state) {
            case "answered" -> "good";
            case "failed" -> "bad";
            case "deferred", "asked" -> "wait";
            default -> "info";
        };
    }
}
