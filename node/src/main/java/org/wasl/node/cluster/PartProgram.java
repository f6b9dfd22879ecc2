package org.wasl.node.cluster;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.NodeState;

/** How each kind of part is prepared, run, and known to serve. */
final class PartProgram {

    private static final int TAIL = 16 * 1024;
    /** What the passive one of a pair says once it follows the other. */
    private static final List<String> FOLLOWS = List.of("AMQ221031", "AMQ221024");

    private final ClusterDirectory directory;
    private final Topology topology;
    private final ProgramCommand program;
    private final Databases databases;
    private final PartFiles files;
    private final int families;

    PartProgram(ClusterDirectory directory, Topology topology, ProgramCommand program, int families) {
        this.directory = directory;
        this.topology = topology;
        this.program = program;
        this.databases = new Databases(directory, topology);
        this.files = new PartFiles(directory, topology);
        this.families = families;
    }

    /** Makes what it needs before each start. */
    void prepare(Part part) throws ClusterException {
        switch (part.role()) {
            case DATABASE -> databases.prepare(part);
            case NODE -> files.configure(part);
            default -> {
                // It has all it needs.
            }
        }
    }

    /** The command that becomes it, in its namespace. */
    List<String> command(Part part) throws ClusterException {
        Path home = directory.part(part.name());
        return switch (part.role()) {
            case DATABASE -> databases.command(part);
            case BROKER ->
                inside(part, List.of(home.resolve("bin").resolve("broker").toString()));
            case WITNESS ->
                java(
                        part,
                        List.of(
                                "witness",
                                "--directory",
                                home.toString(),
                                "--bind",
                                part.address(Network.BUS),
                                "--port",
                                Integer.toString(part.port(Topology.SERVICE_PORT)),
                                "--registry",
                                home.resolve("registry").toString(),
                                "--authority",
                                home.resolve("authority")
                                        .resolve("registry-authority.pem")
                                        .toString()));
            case BACK_END ->
                java(
                        part,
                        List.of(
                                "agencies",
                                "serve",
                                "--agency",
                                part.member().orElseThrow(),
                                "--data",
                                home.toString(),
                                "--bind",
                                part.address(part.site().orElseThrow()),
                                "--port",
                                Integer.toString(part.port(Topology.SERVICE_PORT)),
                                "--families",
                                Integer.toString(families)));
            case NODE ->
                java(
                        part,
                        List.of(
                                "node",
                                "--config",
                                home.resolve(PartFiles.CONFIGURATION).toString(),
                                "--data",
                                home.toString()));
            case FRONT ->
                java(
                        part,
                        List.of(
                                "cluster",
                                "relay",
                                "--from",
                                "127.0.0.1:" + part.port(Topology.SERVICE_PORT),
                                "--to",
                                portal()));
        };
    }

    private String portal() {
        Part portal = topology.part(Topology.PORTAL);
        return portal.address(portal.site().orElseThrow()) + ":" + portal.port(Topology.PORTAL_PORT);
    }

    private List<String> java(Part part, List<String> arguments) throws ClusterException {
        return inside(part, program(part).with(part.heap(), arguments));
    }

    /** The cluster's own program, or the one that this part was upgraded to. */
    private ProgramCommand program(Part part) throws ClusterException {
        Path other = directory.programFile(part.name());
        if (!Files.exists(other)) {
            return program;
        }
        try {
            return new ProgramCommand(
                    program.java(),
                    Files.readString(other, StandardCharsets.UTF_8).strip());
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    private List<String> inside(Part part, List<String> command) {
        return Namespaces.within(directory.namespace(part), command);
    }

    /** What its environment has beyond this process' own. */
    Map<String, String> environment(Part part) {
        if (part.role() != Role.BROKER) {
            return Map.of();
        }
        return Map.of(
                "ARTEMIS_HOME",
                directory.brokerHome().toString(),
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_ARGS",
                "-Xms64m -Xmx" + part.heap()
                        + "m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxDirectMemorySize=128m");
    }

    /**
     * Whether it serves.
     *
     * @param pid its process
     * @param outputFrom where in its output this start begins
     */
    boolean serves(Part part, long pid, long outputFrom) throws ClusterException {
        return switch (part.role()) {
            case DATABASE -> serves(part);
            case BROKER -> Listening.on(pid, part.port(Topology.SERVICE_PORT)) || follows(part, outputFrom);
            case NODE -> runs(part, pid);
            default -> Listening.on(pid, part.port(Topology.SERVICE_PORT));
        };
    }

    /** The primary once it has everything that nodes need of it, the standby once nothing can be lost any more. */
    private boolean serves(Part part) throws ClusterException {
        if (!databases.answers(part)) {
            return false;
        }
        if (part.name().equals(databases.primary())) {
            databases.furnish();
            return true;
        }
        return databases.confirm();
    }

    private boolean follows(Part part, long from) throws ClusterException {
        Path output = directory.output(part.name());
        try (RandomAccessFile said = new RandomAccessFile(output.toFile(), "r")) {
            long begin = Math.max(from, said.length() - TAIL);
            byte[] tail = new byte[(int) Math.max(0, said.length() - begin)];
            said.seek(begin);
            said.readFully(tail);
            String text = new String(tail, StandardCharsets.UTF_8);
            return FOLLOWS.stream().anyMatch(text::contains);
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    private boolean runs(Part part, long pid) throws ClusterException {
        try {
            Optional<NodeState> state = NodeState.running(new DataDirectory(directory.part(part.name())));
            return state.filter(node -> node.pid() == pid).isPresent();
        } catch (IOException failed) {
            throw new ClusterException(ClusterProblem.STATE, failed);
        }
    }

    /** The signal that ends it in order: a database would otherwise wait for its callers. */
    static String endSignal(Part part) {
        return part.role() == Role.DATABASE ? "INT" : "TERM";
    }

    /** Whether starting it costs so much that only few do at once. */
    static boolean heavy(Part part) {
        return part.role() == Role.NODE || part.role() == Role.BACK_END || part.role() == Role.BROKER;
    }
}
