package org.wasl.routes.composite;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Which comes first for a composite request that changes something: its first change, or its cancellation. After the one
 * there is no other. Of requests of earlier runs the log tells.
 */
final class Undertakings {

    private static final int MOST = 100_000;

    private final Map<UUID, Boolean> begun = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
            return size() > MOST;
        }
    };

    /** Whether something may be changed: unless the request was cancelled before. */
    synchronized boolean begin(UUID trackingId) {
        return begun.computeIfAbsent(trackingId, id -> true);
    }

    /** Whether the request may be cancelled: unless something may have been changed before. */
    synchronized boolean cancel(UUID trackingId) {
        return !begun.computeIfAbsent(trackingId, id -> false);
    }

    /** The request has ended. */
    synchronized void ended(UUID trackingId) {
        begun.remove(trackingId);
    }
}
