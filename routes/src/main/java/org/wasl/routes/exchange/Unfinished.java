package org.wasl.routes.exchange;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests of this run whose end could not be made durable, such as while the disk was full: they are in the log, and
 * nobody may ever send or deliver them again. They are taken up from the log as those of an earlier run are; bounded, since
 * what is left out is taken up by the next start. Safe for many threads.
 *
 * @param <K> names a request
 */
final class Unfinished<K> {

    private static final Logger LOG = LoggerFactory.getLogger(Unfinished.class);

    /** Kept at a time at the most. */
    static final int MOST = 10_000;

    private final Map<K, Instant> requests = new ConcurrentHashMap<>();

    /** Takes one up; false when it is to be tried again. */
    @FunctionalInterface
    interface Ending<K> {

        boolean end(K request);
    }

    /** This request's end is not in the log; it is looked at again from then on. */
    void add(K request, Instant from) {
        if (requests.size() < MOST) {
            requests.put(request, from);
        } else {
            LOG.warn("Too many requests wait for their end: {} is left to the next start", request);
        }
    }

    int size() {
        return requests.size();
    }

    /** Takes up all whose time has come. */
    void endAll(Instant now, Ending<K> ending) {
        // A copy: what is added again while it is looked through has its turn the next time.
        Map.copyOf(requests).forEach((request, from) -> {
            // Removed before: whatever fails in ending it adds it again.
            if (!now.isBefore(from) && requests.remove(request, from) && !tried(ending, request)) {
                requests.putIfAbsent(request, from);
            }
        });
    }

    private boolean tried(Ending<K> ending, K request) {
        try {
            return ending.end(request);
        } catch (RuntimeException e) { // the log or a key: the next turn finds it mended
            LOG.warn("Request {} could not be ended", request, e);
            return false;
        }
    }
}
