package org.wasl.faults.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wasl.faults.site.Launcher.Ended;
import org.wasl.node.cluster.Cluster;
import org.wasl.node.cluster.ClusterException;
import org.wasl.node.cluster.ClusterProcess;
import org.wasl.node.cluster.Part;
import org.wasl.node.cluster.Role;
import org.wasl.node.cluster.Topology;
import org.wasl.schemas.identifier.MemberId;

/**
 * A node per agency with a database, a back-end and an address of its own, over a pair of brokers, in network namespaces of this
 * machine, as {@code wasl cluster up} starts it. Its addresses are reachable from its station alone, so whoever drives it runs there.
 */
public final class ClusterSite implements Site {

    /** The agency with two nodes. */
    public static final String TWICE = "CSPD";

    /** Started on two processors that others use too, a node took five minutes until it served. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** A dozen programs start on as many processors as there are. */
    private static final Duration START = Duration.ofMinutes(20);

    private static final int MOST_DELAY_MILLIS = 60_000;
    private static final String URL = "wasl.log.url:";
    private static final String USER = "wasl.log.user:";

    private final Launcher launcher;
    private final Path data;
    private final SlowLines slow = new SlowLines();
    private @Nullable Cluster cluster;

    /** @param data the cluster's directory, which runs already */
    public ClusterSite(Launcher launcher, Path data) {
        this.launcher = launcher;
        this.data = data;
    }

    /** Starts the cluster; run before {@link #start}, outside of its station. */
    public static void up(Launcher launcher, Path data, int families) throws IOException, InterruptedException {
        Ended up = Launcher.run(
                launcher.wasl(
                        Map.of(),
                        List.of(
                                "cluster",
                                "up",
                                "--data",
                                data.toString(),
                                "--families",
                                Integer.toString(families),
                                "--nodes",
                                TWICE + "=2",
                                "--patience",
                                Long.toString(START.toSeconds()))),
                START.plus(PATIENCE));
        if (!up.ok()) {
            throw new SiteException("the cluster does not start: " + (up.output() + up.errors()).strip());
        }
    }

    /** Ends it, and everything that it made on the machine. */
    public static void down(Launcher launcher, Path data) throws IOException, InterruptedException {
        Ended down = launcher.run("cluster", "down", "--data", data.toString());
        if (!down.ok()) {
            throw new SiteException("the cluster does not end: " + (down.output() + down.errors()).strip());
        }
    }

    /** The command that runs this one where the cluster can be reached. */
    public static List<String> inStation(Path data, List<String> command) throws IOException {
        try {
            return Cluster.at(data)
                    .orElseThrow(() -> new SiteException("there is no cluster in " + data))
                    .inStation(command);
        } catch (ClusterException unusable) {
            throw failed(unusable);
        }
    }

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public void start() throws IOException, InterruptedException {
        try {
            cluster = Cluster.at(data).orElseThrow(() -> new SiteException("there is no cluster in " + data));
        } catch (ClusterException unusable) {
            throw failed(unusable);
        }
        revive();
    }

    @Override
    public void revive() throws IOException, InterruptedException {
        try {
            cluster().awaitServing(PATIENCE, any -> {});
        } catch (ClusterException unusable) {
            throw failed(unusable);
        }
    }

    /** The cluster, once it was started. */
    public Cluster cluster() {
        if (cluster == null) {
            throw new IllegalStateException("the site was never started");
        }
        return cluster;
    }

    @Override
    public Address portal() {
        String url = cluster().portal().toString();
        return new Address(url, url, cluster().process(Topology.PORTAL).dataDirectory());
    }

    @Override
    public Address agency(MemberId member) {
        Part node = cluster().topology().nodes(member.member()).get(0);
        return new Address(
                cluster().agencyEdge(node.name()).toString(),
                "",
                cluster().process(node.name()).dataDirectory());
    }

    @Override
    public List<SiteLog> logs() throws IOException {
        List<SiteLog> logs = new ArrayList<>();
        for (ClusterProcess process : cluster().processes()) {
            if (process.part().role() == Role.NODE) {
                Path home = process.dataDirectory();
                String url = "";
                String user = "";
                for (String line : Files.readAllLines(home.resolve("node.yaml"), StandardCharsets.UTF_8)) {
                    if (line.startsWith(URL)) {
                        url = value(line, URL);
                    } else if (line.startsWith(USER)) {
                        user = value(line, USER);
                    }
                }
                logs.add(new SiteLog(process.name(), home, url, user));
            }
        }
        return logs;
    }

    private static String value(String line, String key) {
        return line.substring(key.length()).strip().replaceAll("^[\"']|[\"']$", "");
    }

    @Override
    public List<Path> books() {
        return cluster().topology().parts(Role.BACK_END).stream()
                .map(backEnd -> backEnd.member().orElseThrow())
                .map(agency -> cluster().disclosures(agency).getParent())
                .map(Objects::requireNonNull)
                .toList();
    }

    @Override
    public void backEnd(String agency, String setting, String value) throws IOException, InterruptedException {
        ClusterProcess process = cluster().process(Topology.backEnd(agency));
        try {
            switch (setting) {
                case "running" -> {
                    if (Boolean.parseBoolean(value)) {
                        process.start();
                        process.awaitServing(PATIENCE);
                    } else {
                        process.stop();
                        process.awaitEnd(PATIENCE);
                    }
                }
                case "delayMillis" -> delay(agency, Integer.parseInt(value));
                case "reviews" -> reviewed(process, "clear".equals(value));
                default -> throw new SiteException("a cluster's back-ends do not take " + setting);
            }
        } catch (ClusterException unusable) {
            throw failed(unusable);
        }
    }

    /** The line between an agency's nodes and its back-end is late by half of it in each direction. */
    private void delay(String agency, int millis) throws ClusterException, IOException {
        String backEnd = Topology.backEnd(agency);
        if (millis == 0) {
            healLines();
            return;
        }
        if (millis < 0 || millis > MOST_DELAY_MILLIS) {
            throw new SiteException("a back-end is late by 0 to " + MOST_DELAY_MILLIS + " ms, not " + millis);
        }
        for (Part node : cluster().topology().nodes(agency)) {
            slow.between(cluster(), node.name(), backEnd, Duration.ofMillis(millis / 2));
        }
    }

    /** From now on what one says to the other is late, both ways; until {@link #healLines}. */
    public void slowLine(String node, String service, Duration late) throws ClusterException, IOException {
        slow.between(cluster(), node, service, late);
    }

    /** All lines are what they were, whatever was done to them. */
    public void healLines() throws ClusterException, IOException {
        cluster().links().healAll();
        slow.close();
    }

    /** What the clerks found stands in a file of the back-end's own; it publishes it when it starts. */
    private void reviewed(ClusterProcess backEnd, boolean clear)
            throws ClusterException, IOException, InterruptedException {
        backEnd.stop();
        backEnd.awaitEnd(PATIENCE);
        Path files = backEnd.dataDirectory().resolve("agencies").resolve("moj");
        Files.writeString(files.resolve("REVIEWED"), clear ? "CLEAR\n" : "NOT_CLEAR\n");
        Files.deleteIfExists(files.resolve("root").resolve("outbox").resolve("CURRENT"));
        backEnd.start();
        backEnd.awaitServing(PATIENCE);
    }

    @Override
    public boolean decides() {
        return true;
    }

    /** What a cluster's problem is to whoever uses the site. */
    public static SiteException failed(ClusterException problem) {
        return new SiteException(String.valueOf(problem.getMessage()));
    }

    /** Runs a command of the product beside the cluster. */
    public Ended command(String... arguments) throws IOException, InterruptedException {
        return Launcher.run(launcher.wasl(Map.of(), List.of(arguments)), PATIENCE);
    }

    /** Whoever started the cluster ends it, outside of the station. */
    @Override
    public void close() throws IOException {
        slow.close();
    }
}
