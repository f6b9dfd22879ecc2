package org.wasl.node.cluster;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where the things of a cluster are.
 *
 * @param root the directory, absolute
 */
public record ClusterDirectory(Path root) {

    private static final int ID_OCTETS = 3;

    public ClusterDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** What the cluster consists of, and what it made on the machine. */
    Path stateFile() {
        return root.resolve("cluster.json");
    }

    /** One supervisor at a time. */
    Path lockFile() {
        return root.resolve("cluster.lock");
    }

    /** The authority's desk: its keys, the draft, and the registry as it was published last. */
    public Path desk() {
        return root.resolve("desk");
    }

    /** Everything of this part, as of a machine of its own. */
    public Path part(String name) {
        return root.resolve("parts").resolve(name);
    }

    /** What this part's process says. */
    public Path output(String name) {
        return root.resolve("output").resolve(name + ".log");
    }

    /** What the supervisor says. */
    public Path supervisorLog() {
        return root.resolve("output").resolve("supervisor.log");
    }

    /** How each part is, as the supervisor writes it down. */
    Path run() {
        return root.resolve("run");
    }

    /** How this part is. */
    Path runFile(String name) {
        return run().resolve(name + ".json");
    }

    /** While it is there, the supervisor leaves this part stopped. */
    Path heldFile(String name) {
        return run().resolve(name + ".held");
    }

    /** The program that this part runs instead of the cluster's own, as while an upgrade is under way. */
    Path programFile(String name) {
        return run().resolve(name + ".program");
    }

    /** Which database server is the primary. */
    Path primaryFile() {
        return root.resolve("primary");
    }

    /** The broker's programs, unpacked. */
    Path brokerHome() {
        return root.resolve("artemis");
    }

    /** Passwords of the cluster's own: of the databases' superuser and their roles. */
    Path secrets() {
        return root.resolve("secrets");
    }

    /** Where an agency's back-end writes down what it discloses, a line a disclosure. */
    public Path disclosures(String agency) {
        return part(Topology.backEnd(agency))
                .resolve("agencies")
                .resolve("disclosures")
                .resolve(agency + ".tsv");
    }

    /** What the names of this cluster's namespaces begin with; clusters in other directories have others. */
    public String prefix() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(root.toString().getBytes(StandardCharsets.UTF_8));
            return "wasl-" + HexFormat.of().formatHex(digest, 0, ID_OCTETS) + "-";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** The namespace in which this part runs. */
    public String namespace(Part part) {
        return prefix() + (part.role() == Role.FRONT ? Topology.STATION : part.name());
    }

    /** The namespace of whoever tries the cluster out. */
    public String station() {
        return prefix() + Topology.STATION;
    }
}
