package org.wasl.bench.scale;

import org.jspecify.annotations.Nullable;

/**
 * What a simulated run came to.
 *
 * @param answered requests answered by all their agencies before the deadline
 * @param late requests that were not
 * @param p50Milliseconds half of all were answered within it; null when half were not
 * @param p99Milliseconds 99 of 100 were answered within it; null when they were not
 * @param portal the share of its cores that the busiest portal node used
 * @param portalLog the share of its time that the busiest portal log was writing
 * @param broker the share of its cores that the busiest broker used
 * @param agency the same of the busiest agency's node
 * @param agencyLog the same of the busiest agency's log
 */
record Outcome(
        long answered,
        long late,
        @Nullable Double p50Milliseconds,
        @Nullable Double p99Milliseconds,
        double portal,
        double portalLog,
        double broker,
        double agency,
        double agencyLog) {

    /** What is nearest to its end. */
    String busiest() {
        String name = "the portal's cores";
        double most = portal;
        if (portalLog > most) {
            name = "the portal's logs";
            most = portalLog;
        }
        if (broker > most) {
            name = "the brokers";
            most = broker;
        }
        if (agency > most) {
            name = "the most asked agency's cores";
            most = agency;
        }
        if (agencyLog > most) {
            name = "the most asked agency's logs";
        }
        return name;
    }
}
