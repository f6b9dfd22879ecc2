package org.wasl.screens.operator;

import com.fasterxml.jackson.databind.JsonNode;
import org.wasl.screens.frame.Language;

/**
 * A message that nobody could process.
 *
 * @param outcome how it was asked again: empty when it was not, {@code ANSWERED}, {@code DEFERRED}, {@code OPEN} or a code
 */
public record DeadLetterRow(
        String id,
        String at,
        String code,
        String title,
        String kind,
        String consumer,
        String service,
        String messageId,
        String correlationId,
        boolean rerunnable,
        String outcome,
        String rerunAt,
        String rerunId) {

    static DeadLetterRow of(JsonNode letter, Language language) {
        JsonNode rerun = letter.path("rerun");
        return new DeadLetterRow(
                letter.path("id").asText(),
                Reading.moment(letter.path("at").asText()),
                letter.path("code").asText(""),
                new Reading(language).text(letter.path("title")),
                letter.path("kind").asText(""),
                letter.path("consumer").asText(""),
                letter.path("service").asText(""),
                letter.path("messageId").asText(""),
                letter.path("correlationId").asText(""),
                letter.path("rerunnable").asBoolean(),
                rerun.path("outcome").asText(""),
                rerun.isObject() ? Reading.moment(rerun.path("at").asText()) : "",
                rerun.path("messageId").asText(""));
    }

    /** {@code good}, {@code wait} or {@code bad}. */
    public String outcomeKind() {
        return switch (outcome) {
            case "ANSWERED" -> "good";
            case "DEFERRED", "OPEN" -> "wait";
            default -> "bad";
        };
    }

    /** The key of its text; empty when it is a code. */
    public String outcomeKey() {
        return outcome.startsWith("wasl.") ? "" : "operator.rerun." + outcome;
    }
}
