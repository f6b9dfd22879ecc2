package org.wasl.connectors.mapping;

import org.wasl.connectors.ConnectorResult;

/**
 * A mapped answer on its way through the route.
 *
 * @param result found or not found
 * @param receivedNanos when the answer was complete
 * @param mappedNanos when it was mapped
 */
public record Mapped(ConnectorResult result, long receivedNanos, long mappedNanos) {}
