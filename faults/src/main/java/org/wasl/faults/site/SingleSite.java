package org.wasl.faults.site;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.server.DisclosureBook;
import org.wasl.faults.site.Launcher.Ended;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.FreePorts;
import org.wasl.node.data.NodeState;
import org.wasl.schemas.identifier.MemberId;

/** One node as {@code wasl up} starts it: broker, log and back-ends in one process, which dies as a whole. */
public final class SingleSite implements Site {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LOG_DISK_MEGABYTES = 4_096;
    private static final int JOURNAL_DISK_MEGABYTES = 1_024;

    /** How long a statement about a certificate is relied on here: within that a revocation takes effect. */
    public static final Duration REVOCATION_DELAY = Duration.ofSeconds(20);

    private static final String SETTINGS = """
            wasl:
              samples:
                families: %d
              broker:
                tls-port: %d
              revocation:
                statement-ceiling: 20s
              edge:
                urgent-consumers: [JO/GOV/MOJ/case-system]
            """;

    private final Launcher launcher;
    private final Path root;
    private final Path data;
    private final int families;
    private final boolean disks;
    private final Map<String, String> environment = new HashMap<>();
    private final List<SmallDisk> mounted = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private List<Integer> ports = List.of();
    private int brokerPort;
    private @Nullable NodeProcess node;

    /**
     * @param root an empty folder of its own
     * @param families how many invented families there are: about 6 persons each
     * @param disks whether log and journal get disks of their own, that can be filled
     */
    public SingleSite(Launcher launcher, Path root, int families, boolean disks) {
        this.launcher = launcher;
        this.root = root.toAbsolutePath();
        this.data = this.root.resolve("data");
        this.families = families;
        this.disks = disks;
        // Nothing here lives long enough for the slower, better compiler to pay.
        environment.put("WASL_TIER", "1");
    }

    @Override
    public String name() {
        return "single";
    }

    @Override
    public void start() throws IOException, InterruptedException {
        List<Integer> free = FreePorts.find(4);
        ports = free.subList(0, 3);
        brokerPort = free.get(3);
        new DataDirectory(data).create();
        Files.createDirectories(data.resolve("agencies").resolve(DisclosureBook.FOLDER));
        Files.writeString(data.resolve("wasl.yaml"), SETTINGS.formatted(families, brokerPort), StandardCharsets.UTF_8);
        if (disks) {
            mounted.add(SmallDisk.mount(root.resolve("log.img"), data.resolve("log"), LOG_DISK_MEGABYTES));
            mounted.add(SmallDisk.mount(root.resolve("broker.img"), data.resolve("broker"), JOURNAL_DISK_MEGABYTES));
        }
        revive();
    }

    @Override
    public synchronized void revive() throws IOException, InterruptedException {
        if (node == null || !node.alive()) {
            node = NodeProcess.up(launcher, data, ports, environment);
        }
    }

    private synchronized NodeProcess node() {
        if (node == null) {
            throw new IllegalStateException("the site was never started");
        }
        return node;
    }

    /** From now on every start has this in its environment; an empty value takes it away. */
    public synchronized void environment(String name, String value) {
        if (value.isEmpty()) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }
    }

    /** Ends the node as a power cut would; {@link #revive} starts it again. */
    public void kill() throws IOException, InterruptedException {
        node().kill();
    }

    /** Ends the node as a service manager would. */
    public void stop() throws IOException, InterruptedException {
        node().stop();
    }

    public boolean alive() {
        return node().alive();
    }

    public long pid() {
        return node().pid();
    }

    public DataDirectory directory() {
        return new DataDirectory(data);
    }

    /** The disk of the message log; empty when it has none of its own. */
    public Optional<SmallDisk> logDisk() {
        return mounted.isEmpty() ? Optional.empty() : Optional.of(mounted.get(0));
    }

    /** The disk of the broker's journal; empty when it has none of its own. */
    public Optional<SmallDisk> journalDisk() {
        return mounted.size() < 2 ? Optional.empty() : Optional.of(mounted.get(1));
    }

    /** Where members' own processes reach the broker: TLS with client certificates, on the loopback. */
    public int brokerPort() {
        return brokerPort;
    }

    public Launcher launcher() {
        return launcher;
    }

    @Override
    public Address portal() {
        NodeState state = node().state();
        return new Address(state.portalUrl(), state.issuer(), data);
    }

    @Override
    public Address agency(MemberId member) {
        return new Address(node().state().agencyUrl(), "", data);
    }

    @Override
    public List<SiteLog> logs() {
        return List.of(SiteLog.file("node", data));
    }

    @Override
    public List<Path> books() {
        return List.of(data.resolve("agencies").resolve(DisclosureBook.FOLDER));
    }

    @Override
    public void backEnd(String agency, String setting, String value) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(node().state().portalUrl() + "/samples/agencies/" + agency))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", Tokens.bearer(portal(), "operator"))
                .PUT(HttpRequest.BodyPublishers.ofString("{\"" + setting + "\":\"" + value + "\"}"))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new SiteException("the back-end of " + agency + " does not take " + setting + "=" + value + ": "
                    + answer.statusCode() + " " + answer.body());
        }
    }

    @Override
    public boolean decides() {
        return true;
    }

    /** What the node tells on its management port at this path below {@code /actuator/}. */
    public String management(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node().state().managementUrl() + "/actuator/" + path))
                .timeout(PATIENCE)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Runs a command of the product on this data directory. */
    public Ended command(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--data");
        all.add(data.toString());
        return launcher.run(all.toArray(new String[0]));
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            if (node != null && node.alive()) {
                node.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SiteException("interrupted while the node ends");
        } finally {
            for (SmallDisk disk : mounted) {
                disk.unmount();
            }
        }
    }
}
