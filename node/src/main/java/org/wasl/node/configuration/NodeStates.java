package org.wasl.node.configuration;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.wasl.node.data.NodeState;
import org.wasl.node.data.RegistryState;

/** Tells where this node is to be found. */
final class NodeStates {

    private static final Set<String> ANY = Set.of("0.0.0.0", "::");

    private final Issuer issuer;
    private final EdgeProperties edge;
    private final int portalPort;
    private final int managementPort;
    private final Map<String, String> backEnds;
    private final RegistryHealth registry;
    private final Clock clock;

    NodeStates(
            Issuer issuer,
            EdgeProperties edge,
            int portalPort,
            int managementPort,
            Map<String, String> backEnds,
            RegistryHealth registry,
            Clock clock) {
        this.issuer = issuer;
        this.edge = edge;
        this.portalPort = portalPort;
        this.managementPort = managementPort;
        this.backEnds = Map.copyOf(backEnds);
        this.registry = registry;
        this.clock = clock;
    }

    NodeState state() {
        return new NodeState(
                ProcessHandle.current().pid(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                url("http", edge.portalAddress(), portalPort),
                url("https", edge.agencyAddress(), edge.agencyPort()),
                url("http", edge.address(), managementPort),
                issuer.uri(),
                issuer.embedded(),
                backEnds,
                registry.state());
    }

    /** Who listens at every address is found at the loopback's. */
    private static String url(String scheme, String address, int port) {
        String host = ANY.contains(address) ? "127.0.0.1" : address;
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** How it stands with the registry now. */
    RegistryState registry() {
        return registry.state();
    }
}
