package org.wasl.screens.operator;

import com.fasterxml.jackson.databind.JsonNode;
import org.wasl.screens.frame.Language;

/** Something to look at. */
public record AlertRow(
        String kind, String severity, String title, String subject, Span measured, Span threshold, String since) {

    static AlertRow of(JsonNode alert, Language language) {
        String unit = alert.path("unit").asText();
        return new AlertRow(
                alert.path("kind").asText(),
                alert.path("severity").asText(),
                new Reading(language).text(alert.path("title")),
                alert.path("subject").asText(),
                quantity(unit, alert.path("measured").asLong()),
                quantity(unit, alert.path("threshold").asLong()),
                Reading.moment(alert.path("since").asText()));
    }

    private static Span quantity(String unit, long value) {
        return switch (unit) {
            case "seconds" -> Span.ofSeconds(value);
            case "percent" -> new Span("operator.unit.percent", Long.toString(value));
            default -> new Span("operator.unit.count", Reading.number(value));
        };
    }

    /** The sign's name. */
    public String sign() {
        return severity.equals("CRITICAL") ? "bad" : "warn";
    }

    /** Whether the subject is the node itself. */
    public boolean ofNode() {
        return subject.equals("node");
    }
}
