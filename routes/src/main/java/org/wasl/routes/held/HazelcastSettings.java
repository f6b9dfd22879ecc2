package org.wasl.routes.held;

import java.util.List;

/**
 * One site's cluster.
 *
 * @param cluster its name: part of it is the site's secret, so that no other site joins it
 * @param address the address that this node listens at: loopback, or one of a private network
 * @param port the port; 0 for any free one, when it is alone
 * @param members the addresses of the site's nodes, as {@code host:port}; empty when it is alone
 * @param memoryMegabytes how much of the heap one member's answers may take, in each node
 */
public record HazelcastSettings(String cluster, String address, int port, List<String> members, int memoryMegabytes) {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_MEMBERS = 16;

    public HazelcastSettings {
        members = List.copyOf(members);
        if (port < 0 || port > MAX_PORT || memoryMegabytes < 1 || members.size() > MAX_MEMBERS) {
            throw new IllegalArgumentException("port, members or memory out of bounds");
        }
        if (port == 0 && !members.isEmpty()) {
            throw new IllegalArgumentException("nodes that look for each other need a port that stays");
        }
    }
}
