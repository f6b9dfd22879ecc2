package org.wasl.node.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a cluster is to consist of, besides brokers, databases, portal and witness.
 *
 * @param agencies the member codes of the sample agencies, in order
 * @param nodes how many nodes an agency has; one where nothing is said
 * @param families how many synthetic families the back-ends know
 */
public record ClusterPlan(List<String> agencies, Map<String, Integer> nodes, int families) {

    /** The agencies that have sample back-ends of their own. */
    public static final List<String> AGENCIES = List.of("CSPD", "DVLD", "PTAX", "MOJ");

    /** The member that faces people. */
    public static final String PORTAL = "PORTAL";

    /** How many nodes an agency may have here. */
    public static final int MOST_NODES = 4;

    private static final int FEWEST_FAMILIES = 10;
    private static final int MOST_FAMILIES = 100_000;

    public ClusterPlan {
        agencies = List.copyOf(agencies);
        nodes = Map.copyOf(new LinkedHashMap<>(nodes));
        if (agencies.isEmpty()
                || !AGENCIES.containsAll(agencies)
                || Set.copyOf(agencies).size() != agencies.size()) {
            throw new IllegalArgumentException("agencies are some of " + AGENCIES + ", each once");
        }
        for (Map.Entry<String, Integer> wanted : nodes.entrySet()) {
            if (!agencies.contains(wanted.getKey()) || wanted.getValue() < 1 || wanted.getValue() > MOST_NODES) {
                throw new IllegalArgumentException("an agency here has 1 to " + MOST_NODES + " nodes: " + nodes);
            }
        }
        if (families < FEWEST_FAMILIES || families > MOST_FAMILIES) {
            throw new IllegalArgumentException("families must be " + FEWEST_FAMILIES + " to " + MOST_FAMILIES);
        }
    }

    /** All four agencies with one node each. */
    public static ClusterPlan usual() {
        return new ClusterPlan(AGENCIES, Map.of(), 200);
    }

    /** How many nodes this agency has. */
    public int nodes(String agency) {
        return nodes.getOrDefault(agency, 1);
    }
}
