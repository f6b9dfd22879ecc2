package org.wasl.node.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A cluster in network namespaces of this machine, as whoever tries it out drives it. Everything it knows is in its
 * directory, so that any process may hold one. Safe for many threads.
 *
 * <p>Addresses are reachable from the {@link #station() station's} namespace only; {@link #inStation} runs a program there.
 */
public final class Cluster {

    private static final Duration STOP = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 100;

    private final ClusterDirectory directory;
    private final Topology topology;

    private Cluster(ClusterDirectory directory, Topology topology) {
        this.directory = directory;
        this.topology = topology;
    }

    /**
     * Starts a cluster, with a supervisor in a process of its own, and returns at once.
     *
     * @param progress told what is being done, in English
     * @throws ClusterException when something is missing, or one runs there already
     */
    public static Cluster up(ClusterSettings settings, Consumer<String> progress)
            throws ClusterException, InterruptedException {
        new ClusterStart(settings, progress).start();
        return at(settings.directory().root()).orElseThrow();
    }

    /** The cluster of this directory, whether it runs or not; empty when there is none. */
    public static Optional<Cluster> at(Path directory) throws ClusterException {
        ClusterDirectory own = new ClusterDirectory(directory);
        return ClusterState.read(own).map(state -> new Cluster(own, Topology.of(state.plan())));
    }

    public Topology topology() {
        return topology;
    }

    public ClusterDirectory directory() {
        return directory;
    }

    /** All its processes, in the order of the topology. */
    public List<ClusterProcess> processes() {
        return topology.parts().stream()
                .map(part -> new ClusterProcess(directory, part))
                .toList();
    }

    /**
     * The process of this part.
     *
     * @throws IllegalArgumentException when there is no such part
     */
    public ClusterProcess process(String name) {
        return new ClusterProcess(directory, topology.part(name));
    }

    /** What lies between its parts. */
    public Links links() {
        return new Links(directory, topology);
    }

    /** The namespace that reaches all networks: where callers and harnesses run. */
    public String station() {
        return directory.station();
    }

    /** The command that runs this one in the station's namespace. */
    public List<String> inStation(List<String> command) {
        return Namespaces.within(station(), command);
    }

    /** The command that runs this one in the namespace of a part. */
    public List<String> within(String part, List<String> command) {
        return Namespaces.within(directory.namespace(topology.part(part)), command);
    }

    /** Where people reach the portal, from the station. */
    public URI portal() {
        return URI.create("http://127.0.0.1:" + topology.part(Topology.FRONT).port(Topology.SERVICE_PORT));
    }

    /** Where the node of this name takes the requests of its agency's own systems, from the station. */
    public URI agencyEdge(String node) {
        return edge("https", node, Topology.AGENCY_PORT);
    }

    /** Where the node of this name tells its health and figures, from the station. */
    public URI management(String node) {
        return edge("http", node, Topology.MANAGEMENT_PORT);
    }

    private URI edge(String scheme, String node, String port) {
        Part part = topology.part(node);
        return URI.create(scheme + "://" + part.address(part.site().orElseThrow()) + ":" + part.port(port));
    }

    /** The folder with a member's client certificate for the agencies' edge: {@code cert.pem}, {@code key.pem}, {@code ca.pem}. */
    public Path client(String member) {
        Part node = topology.nodes(member).get(0);
        return directory.part(node.name()).resolve("clients").resolve(member);
    }

    /** Where an agency's back-end writes down what it discloses: milliseconds, a tab, what, on each line. */
    public Path disclosures(String agency) {
        return directory.disclosures(agency);
    }

    /** How often an agency's back-end has disclosed something, over all its starts. */
    public long disclosed(String agency) throws IOException {
        Path book = disclosures(agency);
        if (!Files.exists(book)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(book, StandardCharsets.UTF_8)) {
            return lines.count();
        }
    }

    /** The databases, and which of them is the primary. */
    public Databases databases() {
        return new Databases(directory, topology);
    }

    /** The authority's desk, from which the registry is changed and published to all parts. */
    public Desk desk() {
        return new Desk(directory, topology);
    }

    /** Whether its supervisor runs. */
    public boolean supervised() throws ClusterException {
        return ClusterState.read(directory).filter(ClusterState::supervised).isPresent();
    }

    /**
     * Waits until every part serves that is not held.
     *
     * @param progress told each part that begins to serve
     * @throws ClusterException when the supervisor ends, or the time is over
     */
    public void awaitServing(Duration patience, Consumer<String> progress)
            throws ClusterException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        List<ClusterProcess> waiting = new java.util.ArrayList<>(processes());
        while (!waiting.isEmpty()) {
            for (ClusterProcess process : List.copyOf(waiting)) {
                if (process.held() || process.serving()) {
                    waiting.remove(process);
                    progress.accept(process.name());
                }
            }
            if (waiting.isEmpty()) {
                return;
            }
            if (!supervised()) {
                throw new ClusterException(
                        ClusterProblem.NOT_READY, "the supervisor has ended; see " + directory.supervisorLog());
            }
            if (System.nanoTime() > until) {
                ClusterProcess first = waiting.get(0);
                throw new ClusterException(
                        ClusterProblem.NOT_READY, first.name() + " does not serve; see " + first.logFile());
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Ends everything that the cluster started, in order where its supervisor runs, and removes its namespaces. */
    public void down() throws ClusterException, InterruptedException {
        Optional<ClusterState> state = ClusterState.read(directory);
        if (state.isPresent() && state.get().supervised()) {
            long supervisor = state.get().supervisor();
            Tool.attempt(List.of("kill", "-TERM", Long.toString(supervisor)), java.util.Map.of());
            long until = System.nanoTime() + STOP.toNanos();
            while (state.get().supervised() && System.nanoTime() < until) {
                Thread.sleep(LOOK_MILLIS);
            }
            if (state.get().supervised()) {
                ProcessHandle.of(supervisor).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        new Namespaces(directory).remove();
        for (ClusterProcess process : processes()) {
            try {
                Files.deleteIfExists(directory.runFile(process.name()));
                Files.deleteIfExists(directory.heldFile(process.name()));
            } catch (IOException failed) {
                throw new ClusterException(ClusterProblem.STATE, failed);
            }
        }
        if (state.isPresent()) {
            new ClusterState(state.get().plan(), state.get().prefix(), 0, 0).write(directory);
        }
    }

    /**
     * Removes its directory, with all logs and keys.
     *
     * @throws ClusterException when it still runs
     */
    public void purge() throws ClusterException {
        if (supervised() || !new Namespaces(directory).present().isEmpty()) {
            throw new ClusterException(ClusterProblem.RUNS, directory.root().toString());
        }
        Tool.run(List.of("rm", "-rf", "--one-file-system", directory.root().toString()));
    }
}
