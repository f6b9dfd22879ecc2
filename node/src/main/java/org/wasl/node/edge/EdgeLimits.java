package org.wasl.node.edge;

import java.time.Duration;
import java.util.Set;
import org.wasl.schemas.identifier.SubsystemId;

/**
 * How long callers of the edges may wait, how often they may ask, and who comes first.
 *
 * @param usual how long a caller that says nothing waits
 * @param longest how long a caller may wait at most
 * @param rates how often one caller may ask
 * @param urgent the systems whose requests may be urgent
 */
public record EdgeLimits(Duration usual, Duration longest, CallerRates rates, Set<SubsystemId> urgent) {

    public EdgeLimits {
        urgent = Set.copyOf(urgent);
    }
}
