package org.wasl.node.edge;

import java.time.Duration;

/**
 * How long callers of the edges may wait.
 *
 * @param usual how long a caller that says nothing waits
 * @param longest how long a caller may wait at most
 */
public record EdgeLimits(Duration usual, Duration longest) {}
