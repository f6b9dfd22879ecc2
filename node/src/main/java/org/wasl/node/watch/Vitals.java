package org.wasl.node.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.wasl.connectors.template.BackEndState;
import org.wasl.security.registry.Expiring;

/**
 * How it stands with the node. Nothing in it is about a person.
 *
 * @param at when it was measured
 * @param logAvailable whether the message log can be written
 * @param logLeaves how many leaves it has
 * @param logBytes how much of the disk its database takes; 0 when it is elsewhere
 * @param diskFree how many octets are free where the data directory is
 * @param diskTotal how many there are
 * @param uncovered for how long the oldest leaf has gone without a cosigned checkpoint
 * @param unstamped for how long without a time-stamped one
 * @param inFlight exchanges that wait for their answer
 * @param owed answers that providers of this node announced for later
 * @param awaited answers that its consumers were promised for later
 * @param queues how many messages wait in each queue
 * @param backEnds the back-ends that this node asks
 * @param registryVersion the version of the registry in force
 * @param registryExpires when it ends
 * @param expiring what else trust rests on, and when it ends, soonest first
 */
public record Vitals(
        Instant at,
        boolean logAvailable,
        long logLeaves,
        long logBytes,
        long diskFree,
        long diskTotal,
        Duration uncovered,
        Duration unstamped,
        int inFlight,
        int owed,
        int awaited,
        SortedMap<String, Long> queues,
        List<BackEndState> backEnds,
        long registryVersion,
        Instant registryExpires,
        List<Expiring> expiring) {

    public Vitals {
        queues = Collections.unmodifiableSortedMap(new TreeMap<>(queues));
        backEnds = List.copyOf(backEnds);
        expiring = List.copyOf(expiring);
    }
}
