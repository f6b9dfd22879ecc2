package org.wasl.screens.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Why the bus refused, in the person's language (RFC 9457).
 *
 * @param code the stable fault code, such as {@code wasl.access.denied}; empty when the refusal names none
 * @param title what is wrong, in a few words
 * @param detail what is wrong here, and what can be done; may be empty
 * @param retryable whether the same may be tried again later
 */
public record Problem(String code, String title, String detail, boolean retryable) {

    static Problem of(JsonNode body) {
        return new Problem(
                body.path("code").asText(""),
                body.path("title").asText(""),
                body.path("detail").asText(""),
                body.path("retryable").asBoolean(false));
    }
}
