package org.wasl.node.webhook;

import java.time.Instant;

/**
 * A late answer that could not be handed on.
 *
 * @param requestId the request
 * @param consumer who asked
 * @param service what was asked
 * @param givenUp when the last attempt had failed
 * @param logIndex the leaf that says so
 */
public record UndeliveredAnswer(String requestId, String consumer, String service, Instant givenUp, long logIndex) {}
