package org.wasl.node.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The network namespaces of one cluster. All are wired to bridges in a namespace that only switches, so that nothing of
 * the machine's own network is touched and no address is reachable from it.
 */
final class Namespaces {

    private static final String SWITCH = "switch";
    private static final Duration END = Duration.ofSeconds(20);
    private static final long LOOK_MILLIS = 50;

    private final ClusterDirectory directory;

    Namespaces(ClusterDirectory directory) {
        this.directory = directory;
    }

    /** Makes all of them, wired. */
    void make(Topology topology) throws ClusterException {
        String hub = directory.prefix() + SWITCH;
        add(hub);
        for (Network network : topology.networks()) {
            inside(hub, "link", "add", bridge(network), "type", "bridge");
            inside(hub, "link", "set", bridge(network), "up");
        }
        Map<String, Map<String, String>> hosts = new LinkedHashMap<>();
        hosts.put(directory.station(), topology.station());
        for (Part part : topology.parts()) {
            hosts.putIfAbsent(directory.namespace(part), part.addresses());
        }
        int port = 0;
        for (Map.Entry<String, Map<String, String>> host : hosts.entrySet()) {
            add(host.getKey());
            inside(host.getKey(), "link", "set", "lo", "up");
            for (Network network : topology.networks()) {
                String address = host.getValue().get(network.name());
                if (address != null) {
                    wire(hub, network, host.getKey(), address, "p" + port++);
                }
            }
        }
        close(topology);
    }

    /**
     * People reach the portal through the front alone: its plain port is closed towards bus and databases. So is the port
     * over which an agency's nodes hold answers together, which is nobody's but theirs.
     */
    private void close(Topology topology) throws ClusterException {
        close(topology.part(Topology.PORTAL), Topology.PORTAL_PORT);
        for (Part node : topology.parts(Role.NODE)) {
            if (node.ports().containsKey(Topology.CACHE_PORT)) {
                close(node, Topology.CACHE_PORT);
            }
        }
    }

    private void close(Part part, String port) throws ClusterException {
        for (String network : List.of(Network.BUS, Network.DATA)) {
            Tool.run(within(
                    directory.namespace(part),
                    List.of(
                            "iptables",
                            "-w",
                            "-t",
                            "mangle",
                            "-A",
                            "INPUT",
                            "-i",
                            network,
                            "-p",
                            "tcp",
                            "--dport",
                            Integer.toString(part.port(port)),
                            "-j",
                            "DROP")));
        }
    }

    private static void wire(String hub, Network network, String namespace, String address, String port)
            throws ClusterException {
        // Both ends are made where they belong: names of other clusters' ends cannot clash.
        Tool.run(List.of(
                "ip",
                "link",
                "add",
                network.name(),
                "netns",
                namespace,
                "type",
                "veth",
                "peer",
                "name",
                port,
                "netns",
                hub));
        inside(hub, "link", "set", port, "master", bridge(network), "up");
        inside(namespace, "addr", "add", address + "/" + Network.PREFIX_LENGTH, "dev", network.name());
        inside(namespace, "link", "set", network.name(), "up");
    }

    private static String bridge(Network network) {
        return "b-" + network.name();
    }

    private static void add(String namespace) throws ClusterException {
        Tool.run(List.of("ip", "netns", "add", namespace));
    }

    private static void inside(String namespace, String... arguments) throws ClusterException {
        List<String> command = new ArrayList<>(List.of("ip", "-n", namespace));
        command.addAll(List.of(arguments));
        Tool.run(command);
    }

    /** Those of this cluster that are there now. */
    List<String> present() throws ClusterException {
        return Tool.run(List.of("ip", "netns", "list"))
                .lines()
                .map(line -> line.split("\\s", 2)[0])
                .filter(name -> name.startsWith(directory.prefix()))
                .toList();
    }

    /** The processes that run in this namespace. */
    static List<Long> processes(String namespace) throws ClusterException {
        return Tool.run(List.of("ip", "netns", "pids", namespace))
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> Long.valueOf(line.strip()))
                .toList();
    }

    /** Removes them, with whatever processes still run in them. */
    void remove() throws ClusterException, InterruptedException {
        for (String namespace : present()) {
            empty(namespace);
            Tool.run(List.of("ip", "netns", "del", namespace));
        }
    }

    /** Ends whatever runs in this namespace, and waits until it has ended. */
    static void empty(String namespace) throws ClusterException, InterruptedException {
        long until = System.nanoTime() + END.toNanos();
        List<Long> left = processes(namespace);
        while (!left.isEmpty()) {
            for (long process : left) {
                ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
            }
            if (System.nanoTime() > until) {
                throw new ClusterException(
                        ClusterProblem.NOT_READY, "the processes in " + namespace + " cannot be ended");
            }
            Thread.sleep(LOOK_MILLIS);
            left = processes(namespace);
        }
    }

    /** The command that runs another one in this namespace; it becomes that other one. */
    static List<String> within(String namespace, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(command);
        return whole;
    }
}
