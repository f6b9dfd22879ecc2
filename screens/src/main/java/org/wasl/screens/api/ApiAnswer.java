package org.wasl.screens.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** How the bus answered one call. */
public sealed interface ApiAnswer {

    /**
     * It answered.
     *
     * @param status the HTTP status, below 400
     * @param body the JSON; a missing node when there is no body
     */
    record Given(int status, JsonNode body, HttpHeaders headers) implements ApiAnswer {

        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }
    }

    /**
     * It refused.
     *
     * @param status the HTTP status, 400 or above
     */
    record Refused(int status, Problem problem) implements ApiAnswer {}

    /** It could not be reached, or not in time. */
    record Unreachable() implements ApiAnswer {}

    /**
     * The answer, for a page that cannot be shown without.
     *
     * @throws ApiFailure when there is none; the frame shows a page that says why
     */
    default Given orFail() {
        if (this instanceof Given given) {
            return given;
        }
        throw new ApiFailure(this);
    }
}
