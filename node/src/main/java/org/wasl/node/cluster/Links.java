package org.wasl.node.cluster;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What lies between the parts of a cluster: cut, lossy or slow as a harness wants it. Packets are dropped where they arrive, by
 * the kernel's own filter in the receiver's namespace.
 */
public final class Links {

    private static final List<String> FILTER = List.of("iptables", "-w");
    private static final String INPUT = "INPUT";
    private static final String OUTPUT = "OUTPUT";
    private static final String TCP = "tcp";

    private final ClusterDirectory directory;
    private final Topology topology;

    Links(ClusterDirectory directory, Topology topology) {
        this.directory = directory;
        this.topology = topology;
    }

    /** From now on neither hears the other. */
    public void cut(String one, String other) throws ClusterException {
        oneWay(one, other);
        oneWay(other, one);
    }

    /** From now on nothing that {@code from} sends reaches {@code to}; the other way still does. */
    public void oneWay(String from, String to) throws ClusterException {
        insert(from, to, List.of());
    }

    /**
     * From now on so much of what either sends is lost; connections live on it slowly, as on a bad line.
     *
     * @param probability of one packet's loss, above 0 and below 1
     */
    public void lossy(String one, String other, double probability) throws ClusterException {
        if (!(probability > 0 && probability < 1)) {
            throw new IllegalArgumentException("a probability is above 0 and below 1: " + probability);
        }
        List<String> some = List.of(
                "-m",
                "statistic",
                "--mode",
                "random",
                "--probability",
                String.format(Locale.ROOT, "%.4f", probability));
        insert(one, other, some);
        insert(other, one, some);
    }

    /**
     * From now on what one part says to the service of another goes to somebody else, who passes it on as he likes, for instance
     * late. Connections that are open break, as when a line is laid anew, and are made again over him.
     *
     * @param over where {@code from} finds him; in another namespace than {@code from}, or he would pass on to himself
     */
    public void detour(String from, String to, InetSocketAddress over) throws ClusterException {
        Part caller = topology.part(from);
        Part service = topology.part(to);
        String port = Integer.toString(service.port(Topology.SERVICE_PORT));
        for (String address : service.addresses().values()) {
            nat(
                    caller,
                    List.of(
                            "-I",
                            OUTPUT,
                            "-p",
                            TCP,
                            "-d",
                            address + "/32",
                            "--dport",
                            port,
                            "-j",
                            "DNAT",
                            "--to-destination",
                            over.getAddress().getHostAddress() + ":" + over.getPort()));
            reset(caller, OUTPUT, List.of("-d", address + "/32", "--dport", port));
            reset(caller, INPUT, List.of("-s", address + "/32", "--sport", port));
        }
    }

    /** Both ends of a connection that does not go over the detour are told that it is over. */
    private void reset(Part part, String chain, List<String> match) throws ClusterException {
        List<String> rule = new ArrayList<>(List.of("-A", chain, "-p", TCP));
        rule.addAll(match);
        rule.addAll(List.of("-m", "conntrack", "!", "--ctstate", "DNAT", "-j", "REJECT", "--reject-with", "tcp-reset"));
        filter(part, rule);
    }

    /** Ends what was done between these two, either way, but for detours. */
    public void heal(String one, String other) throws ClusterException {
        delete(one, other);
        delete(other, one);
    }

    /** Ends whatever was done to any of them. Who passed something on ends himself what still goes over him. */
    public void healAll() throws ClusterException {
        for (Part part : topology.parts()) {
            filter(part, List.of("-F", INPUT));
            filter(part, List.of("-F", OUTPUT));
            nat(part, List.of("-F", OUTPUT));
        }
    }

    private void insert(String from, String to, List<String> match) throws ClusterException {
        for (String address : topology.part(from).addresses().values()) {
            List<String> rule = new ArrayList<>(List.of("-I", INPUT, "-s", address + "/32"));
            rule.addAll(match);
            rule.addAll(List.of("-j", "DROP"));
            filter(topology.part(to), rule);
        }
    }

    private void delete(String from, String to) throws ClusterException {
        for (String address : topology.part(from).addresses().values()) {
            for (String rule : filter(topology.part(to), List.of("-S", INPUT))
                    .lines()
                    .filter(line -> line.contains(" " + address + "/32 "))
                    .toList()) {
                List<String> words = new ArrayList<>(List.of(rule.split(" ", -1)));
                words.set(0, "-D");
                filter(topology.part(to), words);
            }
        }
    }

    private void nat(Part part, List<String> arguments) throws ClusterException {
        List<String> rule = new ArrayList<>(List.of("-t", "nat"));
        rule.addAll(arguments);
        filter(part, rule);
    }

    private String filter(Part part, List<String> arguments) throws ClusterException {
        List<String> command = new ArrayList<>(FILTER);
        command.addAll(arguments);
        return Tool.run(Namespaces.within(directory.namespace(part), command), Map.of());
    }
}
