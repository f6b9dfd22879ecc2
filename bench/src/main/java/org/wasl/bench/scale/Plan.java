package org.wasl.bench.scale;

import java.util.ArrayList;
import java.util.List;

/**
 * How many of what it takes, by arithmetic.
 *
 * @param portalNodes nodes of the composing member
 * @param brokerPairs pairs of brokers
 * @param agencies what each agency has, the most asked first
 */
record Plan(Assumptions assumed, Costs costs, int portalNodes, int brokerPairs, List<Machines> agencies) {

    /** An agency is never left to one machine. */
    static final int LEAST_NODES = 2;

    /** The cores of a node of an agency that is seldom asked. */
    private static final int SMALL_CORES = 2;

    /** Leaves of the portal's node for a request: itself and its answer, and both messages of each exchange. */
    private static final int OWN_LEAVES = 4;

    private static final int LEAVES_A_SIDE = 2;
    private static final double MICROS = 1e-6;
    private static final double SECONDS_IN_YEAR = 365.25 * 86_400;
    private static final double TERA = 1e12;

    Plan {
        agencies = List.copyOf(agencies);
    }

    /**
     * Machines alike.
     *
     * @param nodes how many
     * @param cores of each
     */
    record Machines(int nodes, int cores) {

        int all() {
            return nodes * cores;
        }
    }

    /** The least that keeps every machine and every log within its target at the peak. */
    static Plan of(Assumptions assumed, Costs costs) {
        double machine = assumed.cores() * assumed.target();
        double log = costs.leavesPerSecond() * assumed.target();
        int portal =
                Math.max(LEAST_NODES, up(Math.max(portalCores(assumed, costs) / machine, portalLeaves(assumed) / log)));
        int pairs = Math.max(1, up(brokerCores(assumed, costs) / machine));
        List<Machines> agencies = new ArrayList<>();
        for (int rank = 0; rank < assumed.agencies(); rank++) {
            agencies.add(agency(assumed, costs, rank));
        }
        return new Plan(assumed, costs, portal, pairs, agencies);
    }

    /** Two small machines, each of which can do it alone; else as many of the large ones as it takes. */
    private static Machines agency(Assumptions assumed, Costs costs, int rank) {
        double asked = assumed.peakPerSecond() * assumed.fanOut() * assumed.share(rank);
        double cores = asked * costs.side() * MICROS * factor(assumed, costs);
        double logs = asked * LEAVES_A_SIDE / (costs.leavesPerSecond() * assumed.target());
        if (cores <= SMALL_CORES * assumed.target() && logs <= 1) {
            return new Machines(LEAST_NODES, SMALL_CORES);
        }
        double machines = Math.max(cores / (assumed.cores() * assumed.target()), logs);
        return new Machines(Math.max(LEAST_NODES, up(machines)), assumed.cores());
    }

    private static int up(double machines) {
        return (int) Math.ceil(machines);
    }

    /** What measured CPU times are multiplied by: a larger registry, and what a process of its own adds. */
    static double factor(Assumptions assumed, Costs costs) {
        return assumed.unmeasured() * costs.members();
    }

    static double portalCores(Assumptions assumed, Costs costs) {
        return assumed.peakPerSecond()
                * (costs.composing() + assumed.fanOut() * costs.side())
                * MICROS
                * factor(assumed, costs);
    }

    static double portalLeaves(Assumptions assumed) {
        return assumed.peakPerSecond() * (OWN_LEAVES + LEAVES_A_SIDE * assumed.fanOut());
    }

    static double brokerCores(Assumptions assumed, Costs costs) {
        return exchanges(assumed) * costs.broker() * MICROS * assumed.unmeasured();
    }

    static double exchanges(Assumptions assumed) {
        return assumed.peakPerSecond() * assumed.fanOut();
    }

    /** Leaves of all logs for one request. */
    static int leavesPerRequest(Assumptions assumed) {
        return OWN_LEAVES + 2 * LEAVES_A_SIDE * assumed.fanOut();
    }

    int nodesOfAgencies() {
        return agencies.stream().mapToInt(Machines::nodes).sum();
    }

    /** Agencies for which small machines are not enough. */
    long busyAgencies() {
        return agencies.stream()
                .filter(machines -> machines.cores() > SMALL_CORES)
                .count();
    }

    /** Requests in a year. */
    double requestsPerYear() {
        return assumed.peakPerSecond() * assumed.meanToPeak() * SECONDS_IN_YEAR;
    }

    /** Leaves of one request, in octets, in all logs, once each. */
    double octetsPerRequest() {
        return leavesPerRequest(assumed) * (assumed.leafOctets() + assumed.payloadOctets());
    }

    /** Terabytes that a year adds to all logs, once each. */
    double terabytesPerYear() {
        return requestsPerYear() * octetsPerRequest() / TERA;
    }

    /** Terabytes that are there once evidence has been kept for its whole time, all copies. */
    double terabytesKept() {
        return terabytesPerYear() * assumed.years() * assumed.copies();
    }

    /** Cores in all. */
    double cores() {
        return (portalNodes + 2.0 * brokerPairs) * assumed.cores()
                + agencies.stream().mapToInt(Machines::all).sum();
    }

    /** What all of it costs a year, once all evidence is there. */
    double costPerYear() {
        return cores() * assumed.coreYear() + terabytesKept() * assumed.terabyteYear();
    }
}
