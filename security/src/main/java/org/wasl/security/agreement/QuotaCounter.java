package org.wasl.security.agreement;

import java.time.Duration;
import java.time.Instant;
import org.wasl.security.registry.Quota;

/**
 * Counts how often agreements are used, over a sliding minute and a sliding day. Of one member, all nodes must count
 * together: its quotas are the agency's, not a process's. Safe for many threads.
 */
public interface QuotaCounter {

    /** Whether the agreement has room for one more. */
    boolean hasRoom(String agreement, Quota quota, Instant now);

    /** Counts one more, if there is room for it; returns whether there was. */
    boolean take(String agreement, Quota quota, Instant now);

    /** How long until an agreement that has no room may have some: at most a day; zero when it has. */
    Duration wait(String agreement, Quota quota, Instant now);

    /** Counts in this process alone. */
    static QuotaCounter inProcess() {
        return new QuotaWindows();
    }
}
