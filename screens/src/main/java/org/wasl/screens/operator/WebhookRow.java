package org.wasl.screens.operator;

import com.fasterxml.jackson.databind.JsonNode;

/** A late answer that could not be handed on. */
public record WebhookRow(String requestId, String consumer, String service, String givenUp) {

    static WebhookRow of(JsonNode undelivered) {
        JsonNode at = undelivered.path("givenUp");
        return new WebhookRow(
                undelivered.path("requestId").asText(),
                undelivered.path("consumer").asText(),
                undelivered.path("service").asText(),
                at.isTextual() ? Reading.moment(at.asText()) : "");
    }
}
