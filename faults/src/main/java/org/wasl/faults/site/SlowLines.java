package org.wasl.faults.site;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.wasl.node.cluster.Cluster;
import org.wasl.node.cluster.ClusterException;
import org.wasl.node.cluster.Part;
import org.wasl.node.cluster.Relay;
import org.wasl.node.cluster.Topology;

/**
 * Lines of a cluster that are late. What goes over one is led through the station, where this process passes it on: no kernel
 * needs to know how to delay packets.
 */
final class SlowLines implements AutoCloseable {

    private final List<Relay> relays = new ArrayList<>();

    /**
     * From now on every octet between these two is late, both ways.
     *
     * @param node who connects
     * @param service to whom
     */
    void between(Cluster cluster, String node, String service, Duration late) throws ClusterException, IOException {
        Part near = cluster.topology().part(node);
        Part far = cluster.topology().part(service);
        Map<String, String> station = cluster.topology().station();
        String network = far.addresses().keySet().stream()
                .filter(near.addresses()::containsKey)
                .findFirst()
                .orElseThrow(() -> new SiteException("no line between " + node + " and " + service));
        Relay relay = Relay.start(
                new InetSocketAddress(station.get(network), 0),
                new InetSocketAddress(far.address(network), far.port(Topology.SERVICE_PORT)),
                late);
        relays.add(relay);
        cluster.links().detour(node, service, new InetSocketAddress(station.get(network), relay.port()));
    }

    /** Breaks what still goes over them; the detours themselves are undone elsewhere, and before. */
    @Override
    public void close() throws IOException {
        for (Relay relay : relays) {
            relay.close();
        }
        relays.clear();
    }
}
