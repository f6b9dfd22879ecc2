package org.wasl.node.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One process of the topology, with a network namespace (or a container) of its own.
 *
 * @param name its name, lower case: {@code cspd}, {@code broker-1}
 * @param role what it does
 * @param member the code of the member that it belongs to; empty when it is the operator's
 * @param addresses its address in each network that it is on, by the network's name
 * @param ports what it listens on, by purpose
 * @param memory the most that it may take, in MiB
 * @param heap the most of it that Java objects may take, in MiB; 0 when it is no Java program
 * @param after what must serve before it starts
 */
public record Part(
        String name,
        Role role,
        Optional<String> member,
        Map<String, String> addresses,
        Map<String, Integer> ports,
        int memory,
        int heap,
        List<String> after) {

    public Part {
        addresses = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
        ports = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(ports));
        after = List.copyOf(after);
    }

    /**
     * Its address in this network.
     *
     * @throws IllegalArgumentException when it is not on it
     */
    public String address(String network) {
        String address = addresses.get(network);
        if (address == null) {
            throw new IllegalArgumentException(name + " is not on the network " + network);
        }
        return address;
    }

    /**
     * The port for this purpose.
     *
     * @throws IllegalArgumentException when it has none
     */
    public int port(String purpose) {
        Integer port = ports.get(purpose);
        if (port == null) {
            throw new IllegalArgumentException(name + " has no port for " + purpose);
        }
        return port;
    }

    /** The same part where names are resolved, as by containers: its name is its address everywhere. */
    Part named() {
        Map<String, String> names = new LinkedHashMap<>();
        addresses.keySet().forEach(network -> names.put(network, name));
        return new Part(name, role, member, names, ports, memory, heap, after);
    }

    /** At what it listens to be reached in this network: where names are resolved, its address is not known before. */
    String bind(String network) {
        String address = address(network);
        return address.equals(name) ? "0.0.0.0" : address;
    }

    /** Whether its name is its address, as of a {@link #named} one. */
    boolean isNamed() {
        return addresses.containsValue(name);
    }

    /** The network of its agency's own systems; empty when it is on none. */
    public Optional<String> site() {
        return addresses.keySet().stream()
                .filter(network -> network.startsWith(Network.SITE))
                .findFirst();
    }
}
