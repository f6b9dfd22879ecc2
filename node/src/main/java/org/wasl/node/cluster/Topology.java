package org.wasl.node.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Who runs where, and who reaches whom: the same for network namespaces, containers and Kubernetes, which a test holds to it.
 *
 * @param networks all of them
 * @param parts all processes, those first that others wait for
 */
public record Topology(List<Network> networks, List<Part> parts) {

    /** The namespace of whoever tries the cluster out: it is on all networks, and runs nothing of the bus but the front. */
    public static final String STATION = "station";

    /** The ports of a node, by purpose. */
    public static final String AGENCY_PORT = "agency";

    public static final String PORTAL_PORT = "portal";
    public static final String MANAGEMENT_PORT = "management";
    public static final String WITNESS_PORT = "witness";
    /** Only where an agency has several nodes: over it they hold earlier answers together. */
    public static final String CACHE_PORT = "cache";

    /** The only port of everything else. */
    public static final String SERVICE_PORT = "service";

    public static final String PRIMARY = "db-1";
    public static final String STANDBY = "db-2";
    public static final String BROKER = "broker-1";
    public static final String BACKUP = "broker-2";
    public static final String WITNESS = "witness";
    public static final String PORTAL = "portal";
    public static final String FRONT = "front";

    private static final int STATION_HOST = 2;
    private static final String BACK_END = "-backend";

    public Topology {
        networks = List.copyOf(networks);
        parts = List.copyOf(parts);
    }

    /** The topology of this plan. */
    public static Topology of(ClusterPlan plan) {
        List<Network> networks = new ArrayList<>();
        networks.add(new Network(Network.BUS, "10.77.0"));
        networks.add(new Network(Network.DATA, "10.77.1"));
        networks.add(new Network(Network.SITE + PORTAL, "10.77.10"));
        for (String agency : plan.agencies()) {
            networks.add(new Network(site(agency), "10.77." + (11 + ClusterPlan.AGENCIES.indexOf(agency))));
        }
        Draft draft = new Draft(networks);
        List<Part> parts = new ArrayList<>();
        parts.add(draft.database(PRIMARY, 21, List.of()));
        parts.add(draft.database(STANDBY, 22, List.of(PRIMARY)));
        parts.add(draft.broker(BROKER, 31, List.of()));
        parts.add(draft.broker(BACKUP, 32, List.of(BROKER)));
        parts.add(new Part(
                WITNESS,
                Role.WITNESS,
                Optional.empty(),
                draft.addresses(41, Network.BUS),
                Map.of(SERVICE_PORT, 8087),
                192,
                64,
                List.of()));
        for (String agency : plan.agencies()) {
            parts.add(draft.backEnd(agency));
        }
        parts.add(draft.node(PORTAL, ClusterPlan.PORTAL, 51, List.of(), false));
        for (String agency : plan.agencies()) {
            int first = 60 + 10 * ClusterPlan.AGENCIES.indexOf(agency);
            for (int number = 1; number <= plan.nodes(agency); number++) {
                parts.add(draft.node(
                        node(agency, number),
                        agency,
                        first + number,
                        List.of(backEnd(agency)),
                        plan.nodes(agency) > 1));
            }
        }
        parts.add(new Part(
                FRONT,
                Role.FRONT,
                Optional.empty(),
                draft.station(),
                Map.of(SERVICE_PORT, 8080),
                128,
                32,
                List.of(PORTAL)));
        return new Topology(networks, parts);
    }

    /** The same topology where names are resolved, as by containers: addresses are names. */
    public Topology named() {
        return new Topology(networks, parts.stream().map(Part::named).toList());
    }

    /** The name of an agency's node: its code, and from the second on a number. */
    public static String node(String agency, int number) {
        String name = agency.toLowerCase(Locale.ROOT);
        return number == 1 ? name : name + "-" + number;
    }

    /** The name of what an agency already has. */
    public static String backEnd(String agency) {
        return agency.toLowerCase(Locale.ROOT) + BACK_END;
    }

    static String site(String agency) {
        return Network.SITE + agency.toLowerCase(Locale.ROOT);
    }

    /**
     * The part of this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Part part(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("the cluster has no part " + name));
    }

    public Optional<Part> find(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    public List<Part> parts(Role role) {
        return parts.stream().filter(part -> part.role() == role).toList();
    }

    /** The nodes of this member. */
    public List<Part> nodes(String member) {
        return parts(Role.NODE).stream()
                .filter(part -> part.member().filter(member::equals).isPresent())
                .toList();
    }

    /** The address of the station in each network. */
    public Map<String, String> station() {
        return new Draft(networks).station();
    }

    /** Both servers, the first first, in the form of {@code wasl.broker.servers}. */
    public List<String> brokers() {
        return parts(Role.BROKER).stream()
                .map(part -> part.address(Network.BUS) + ":" + part.port(SERVICE_PORT))
                .toList();
    }

    /** The JDBC address of a database here: whichever server is the primary. */
    public String database(String name, String parameters) {
        List<String> servers = parts(Role.DATABASE).stream()
                .map(part -> part.address(Network.DATA) + ":" + part.port(SERVICE_PORT))
                .toList();
        return "jdbc:postgresql://" + String.join(",", servers) + "/" + name + "?targetServerType=primary" + parameters;
    }

    /** Puts parts together. */
    private record Draft(List<Network> networks) {

        Map<String, String> addresses(int host, String... on) {
            Map<String, String> addresses = new LinkedHashMap<>();
            for (String name : on) {
                networks.stream()
                        .filter(network -> network.name().equals(name))
                        .forEach(network -> addresses.put(name, network.address(host)));
            }
            return addresses;
        }

        Map<String, String> station() {
            return addresses(STATION_HOST, networks.stream().map(Network::name).toArray(String[]::new));
        }

        Part database(String name, int host, List<String> after) {
            return new Part(
                    name,
                    Role.DATABASE,
                    Optional.empty(),
                    addresses(host, Network.DATA),
                    Map.of(SERVICE_PORT, 5432),
                    512,
                    0,
                    after);
        }

        Part broker(String name, int host, List<String> after) {
            return new Part(
                    name,
                    Role.BROKER,
                    Optional.empty(),
                    addresses(host, Network.BUS),
                    Map.of(SERVICE_PORT, 61617),
                    768,
                    256,
                    after);
        }

        Part backEnd(String agency) {
            return new Part(
                    Topology.backEnd(agency),
                    Role.BACK_END,
                    Optional.of(agency),
                    addresses(5, site(agency)),
                    Map.of(SERVICE_PORT, 9000),
                    384,
                    128,
                    List.of());
        }

        Part node(String name, String member, int host, List<String> after, boolean several) {
            Map<String, Integer> ports = new LinkedHashMap<>();
            ports.put(AGENCY_PORT, 8443);
            ports.put(PORTAL_PORT, 8080);
            ports.put(MANAGEMENT_PORT, 8081);
            ports.put(WITNESS_PORT, 8087);
            if (several) {
                ports.put(CACHE_PORT, 5701);
            }
            List<String> first = new ArrayList<>(List.of(PRIMARY, STANDBY, BROKER, WITNESS));
            first.addAll(after);
            return new Part(
                    name,
                    Role.NODE,
                    Optional.of(member),
                    addresses(host, site(member), Network.BUS, Network.DATA),
                    ports,
                    1024,
                    384,
                    first);
        }
    }
}
