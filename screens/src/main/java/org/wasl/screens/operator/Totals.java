package org.wasl.screens.operator;

import com.fasterxml.jackson.databind.JsonNode;

/** What some exchanges came to. */
public record Totals(
        long asked,
        long answered,
        long deferred,
        long refused,
        long failed,
        double perMinute,
        Span p50,
        Span p95,
        Span p99) {

    static Totals of(JsonNode totals, int minutes) {
        long asked = totals.path("asked").asLong();
        return new Totals(
                asked,
                totals.path("answered").asLong(),
                totals.path("deferred").asLong(),
                totals.path("refused").asLong(),
                totals.path("failed").asLong(),
                asked / (double) Math.max(1, minutes),
                Span.ofMillis(totals.path("p50Millis").asLong()),
                Span.ofMillis(totals.path("p95Millis").asLong()),
                Span.ofMillis(totals.path("p99Millis").asLong()));
    }

    /** How many say something of the agency. */
    public long judged() {
        return answered + failed;
    }

    public String rate() {
        return Reading.rate(perMinute);
    }

    public String askedText() {
        return Reading.number(asked);
    }

    public String failedText() {
        return Reading.number(failed);
    }

    public String failedPercent() {
        return Reading.percent(failed, judged());
    }

    /** {@code good}, {@code warn} or {@code bad}: by how many of a hundred failed. */
    public String health() {
        double share = judged() == 0 ? 0 : failed / (double) judged();
        return share >= 0.05 ? "bad" : share > 0 ? "warn" : "good";
    }
}
