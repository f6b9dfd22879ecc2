package org.wasl.node.statistics;

import java.util.List;

/**
 * What waits for an operator, as the log had it when it was last counted.
 *
 * @param deadLetters the leaves of messages that nobody could process, newest first; the newest thousand
 * @param undelivered the ids of requests whose late answers could not be handed on, and were not since; a thousand at most
 */
public record Unfinished(List<Long> deadLetters, List<String> undelivered) {

    public Unfinished {
        deadLetters = List.copyOf(deadLetters);
        undelivered = List.copyOf(undelivered);
    }
}
