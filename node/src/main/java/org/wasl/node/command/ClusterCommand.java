package org.wasl.node.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.wasl.node.cluster.Cluster;
import org.wasl.node.cluster.ClusterDirectory;
import org.wasl.node.cluster.ClusterException;
import org.wasl.node.cluster.ClusterFiles;
import org.wasl.node.cluster.ClusterPlan;
import org.wasl.node.cluster.ClusterProcess;
import org.wasl.node.cluster.ClusterSettings;
import org.wasl.node.cluster.Relay;
import org.wasl.node.cluster.Supervisor;
import org.wasl.node.cluster.Topology;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the topology of a node per agency on one Linux machine, in network namespaces. */
@Command(
        name = "cluster",
        subcommands = {
            ClusterCommand.Up.class,
            ClusterCommand.Down.class,
            ClusterCommand.Status.class,
            ClusterCommand.Logs.class,
            ClusterCommand.Exec.class,
            ClusterCommand.Stop.class,
            ClusterCommand.Start.class,
            ClusterCommand.Kill.class,
            ClusterCommand.Promote.class,
            ClusterCommand.Rejoin.class,
            ClusterCommand.Publish.class,
            ClusterCommand.Rotate.class,
            ClusterCommand.NewEpoch.class,
            ClusterCommand.WriteFiles.class,
            ClusterCommand.Supervise.class,
            ClusterCommand.Pass.class
        })
final class ClusterCommand extends CommandGroup {

    /** Where a cluster's things are. */
    static final class Place {

        @Option(names = "--data", paramLabel = "DIR", descriptionKey = "cluster.data")
        Path path = Path.of("data-cluster");
    }

    /** What all of them have: a directory, and problems that are told rather than thrown. */
    abstract static class Operation implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Mixin
        Place place = new Place();

        Operation(Console console) {
            this.console = console;
        }

        final Console console() {
            return console;
        }

        @Override
        public final Integer call() throws IOException, InterruptedException {
            try {
                return run();
            } catch (ClusterException refused) {
                String key = "cluster.problem." + refused.problem().name().toLowerCase(java.util.Locale.ROOT);
                return console.fail(shared.json, ExitCode.UNAVAILABLE, key, refused.detail());
            } catch (IllegalArgumentException unknown) {
                return console.fail(shared.json, ExitCode.USAGE, "cluster.wrong", String.valueOf(unknown.getMessage()));
            }
        }

        abstract int run() throws ClusterException, IOException, InterruptedException;

        final Cluster cluster() throws ClusterException {
            return Cluster.at(place.path)
                    .orElseThrow(() -> new ClusterException(
                            org.wasl.node.cluster.ClusterProblem.NONE,
                            place.path.toAbsolutePath().toString()));
        }

        final int done(String key, Object... values) {
            if (shared.json) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("ok", true);
                if (values.length > 0) {
                    document.put("result", values[0].toString());
                }
                console.json(document);
            } else {
                console.say(key, values);
            }
            return ExitCode.OK;
        }
    }

    /** Starts it. */
    @Command(name = "up")
    static final class Up extends Operation {

        @Option(names = "--agencies", paramLabel = "CODE", split = ",", descriptionKey = "cluster.agencies")
        List<String> agencies = new ArrayList<>(ClusterPlan.AGENCIES);

        @Option(names = "--nodes", paramLabel = "CODE=N", split = ",", descriptionKey = "cluster.nodes")
        Map<String, Integer> nodes = new LinkedHashMap<>();

        @Option(names = "--families", paramLabel = "N", descriptionKey = "cluster.families")
        int families = ClusterPlan.usual().families();

        @Option(names = "--artemis", paramLabel = "FILE", descriptionKey = "cluster.artemis")
        @Nullable
        Path artemis;

        @Option(names = "--patience", paramLabel = "SECONDS", descriptionKey = "cluster.patience")
        int patience = 900;

        Up(Console console) {
            super(console);
        }

        @Override
        int run() throws ClusterException, InterruptedException {
            ClusterPlan plan = new ClusterPlan(agencies, nodes, families);
            long begun = System.nanoTime();
            ClusterSettings settings = new ClusterSettings(place.path, plan).with(Optional.ofNullable(artemis));
            Cluster cluster = Cluster.up(settings, step -> console().note("cluster.step", step));
            cluster.awaitServing(Duration.ofSeconds(patience), name -> console().note("cluster.serves", name));
            double seconds = (System.nanoTime() - begun) / 1_000_000_000.0;
            if (shared.json) {
                console().json(document(cluster, seconds));
                return ExitCode.OK;
            }
            String data = cluster.directory().root().toString();
            console().say("cluster.up", String.format(java.util.Locale.ROOT, "%.0f", seconds));
            String portal = cluster.process(Topology.PORTAL).dataDirectory().toString();
            console().print("  ./wasl cluster status --data " + data);
            console()
                    .print("  ./wasl cluster exec --data " + data + " portal -- ./wasl ask general-clearance"
                            + " nationalNumber=9990045842 --as citizen --data " + portal);
            console().print("  ./wasl cluster down --data " + data);
            return ExitCode.OK;
        }

        private static Map<String, Object> document(Cluster cluster, double seconds) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("ok", true);
            document.put("seconds", Math.round(seconds));
            document.put("data", cluster.directory().root().toString());
            document.put("station", cluster.station());
            document.put("portal", cluster.portal().toString());
            document.put(
                    "parts",
                    cluster.processes().stream().map(ClusterProcess::name).toList());
            return document;
        }
    }

    /** Ends it, and removes what it made on the machine. */
    @Command(name = "down")
    static final class Down extends Operation {

        @Option(names = "--purge", descriptionKey = "cluster.purge")
        boolean purge;

        Down(Console console) {
            super(console);
        }

        @Override
        int run() throws ClusterException, InterruptedException {
            Cluster cluster = cluster();
            cluster.down();
            if (purge) {
                cluster.purge();
            }
            return done(
                    purge ? "cluster.purged" : "cluster.down",
                    cluster.directory().root());
        }
    }

    /** Tells how each part is. */
    @Command(name = "status")
    static final class Status extends Operation {

        Status(Console console) {
            super(console);
        }

        @Override
        int run() throws ClusterException {
            Cluster cluster = cluster();
            boolean supervised = cluster.supervised();
            boolean all = true;
            List<Map<String, Object>> parts = new ArrayList<>();
            Table table = new Table("  ");
            for (ClusterProcess process : cluster.processes()) {
                boolean serving = process.serving();
                all &= serving;
                String state =
                        serving ? "serving" : process.pid() != 0 ? "starting" : process.held() ? "held" : "ended";
                Map<String, Object> part = new LinkedHashMap<>();
                part.put("name", process.name());
                part.put("state", state);
                part.put("pid", process.pid());
                part.put("starts", process.state().starts());
                part.put("namespace", process.namespace());
                part.put("addresses", process.part().addresses());
                part.put("data", process.dataDirectory().toString());
                part.put("output", process.logFile().toString());
                parts.add(part);
                table.row(
                        "  " + process.name(),
                        console().texts().text("cluster.state." + state),
                        Long.toString(process.pid()),
                        String.join(" ", process.part().addresses().values()),
                        console().texts().text("cluster.starts", process.state().starts()));
            }
            if (shared.json) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("ok", all && supervised);
                document.put("supervised", supervised);
                document.put("primary", cluster.databases().primary());
                document.put("parts", parts);
                console().json(document);
            } else {
                console().say(supervised ? "cluster.supervised" : "cluster.not-supervised");
                console().say("cluster.primary", cluster.databases().primary());
                table.lines().forEach(console()::print);
            }
            return all && supervised ? ExitCode.OK : supervised ? ExitCode.PARTIAL : ExitCode.UNAVAILABLE;
        }
    }

    /** Prints what a part's process said last. */
    @Command(name = "logs")
    static final class Logs extends Operation {

        private static final int MOST_LINES = 100_000;
        private static final int LINE = 512;

        @Parameters(index = "0", paramLabel = "PART", descriptionKey = "cluster.part")
        String name = "";

        @Option(names = "--lines", paramLabel = "N", descriptionKey = "cluster.lines")
        int lines = 40;

        Logs(Console console) {
            super(console);
        }

        @Override
        int run() throws ClusterException, IOException {
            Cluster cluster = cluster();
            Path file = "supervisor".equals(name)
                    ? cluster.directory().supervisorLog()
                    : cluster.process(name).logFile();
            List<String> last = Files.exists(file) ? tail(file, Math.max(1, Math.min(lines, MOST_LINES))) : List.of();
            if (shared.json) {
                console().json(Map.of("file", file.toString(), "lines", last));
            } else {
                last.forEach(console()::print);
            }
            return ExitCode.OK;
        }

        private static List<String> tail(Path file, int lines) throws IOException {
            try (RandomAccessFile said = new RandomAccessFile(file.toFile(), "r")) {
                long begin = Math.max(0, said.length() - (long) lines * LINE);
                byte[] octets = new byte[(int) (said.length() - begin)];
                said.seek(begin);
                said.readFully(octets);
                List<String> all =
                        new String(octets, StandardCharsets.UTF_8).lines().toList();
                return all.subList(Math.max(0, all.size() - lines), all.size());
            }
        }
    }

    /** Runs a program in the namespace of a part. */
    @Command(name = "exec")
    static final class Exec extends Operation {

        @Parameters(index = "0", paramLabel = "PART", descriptionKey = "cluster.part")
        String name = "";

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", descriptionKey = "cluster.command")
        List<String> command = new ArrayList<>();

        Exec(Console console) {
            super(console);
        }

        @Override
        int run() throws ClusterException, IOException, InterruptedException {
            Cluster cluster = cluster();
            List<String> whole =
                    Topology.STATION.equals(name) ? cluster.inStation(command) : cluster.within(name, command);
            return new ProcessBuilder(whole).inheritIO().start().waitFor();
        }
    }

    /** Does something to one part. */
    abstract static class OnPart extends Operation {

        @Parameters(index = "0", paramLabel = "PART", descriptionKey = "cluster.part")
        String name = "";

        OnPart(Console console) {
            super(console);
        }

        @Override
        final int run() throws ClusterException, InterruptedException {
            ClusterProcess process = cluster().process(name);
            to(process);
            return done("cluster.done", name);
        }

        abstract void to(ClusterProcess process) throws ClusterException, InterruptedException;
    }

    /** Ends a part in order; it stays so. */
    @Command(name = "stop")
    static final class Stop extends OnPart {

        private static final Duration PATIENCE = Duration.ofSeconds(60);

        Stop(Console console) {
            super(console);
        }

        @Override
        void to(ClusterProcess process) throws ClusterException, InterruptedException {
            process.stop();
            process.awaitEnd(PATIENCE);
        }
    }

    /** Starts a part that was stopped. */
    @Command(name = "start")
    static final class Start extends OnPart {

        private static final Duration PATIENCE = Duration.ofSeconds(300);

        @Option(names = "--program", paramLabel = "JAR", descriptionKey = "cluster.program")
        @Nullable
        Path program;

        Start(Console console) {
            super(console);
        }

        @Override
        void to(ClusterProcess process) throws ClusterException, InterruptedException {
            if (program != null) {
                process.upgrade(program);
            }
            process.start();
            process.awaitServing(PATIENCE);
        }
    }

    /** Ends a part as a power cut would; the supervisor starts it again. */
    @Command(name = "kill")
    static final class Kill extends OnPart {

        Kill(Console console) {
            super(console);
        }

        @Override
        void to(ClusterProcess process) throws ClusterException {
            process.kill9();
        }
    }

    /** Makes the standby the primary. */
    @Command(name = "promote")
    static final class Promote extends Operation {

        Promote(Console console) {
            super(console);
        }

        @Override
        int run() throws ClusterException, InterruptedException {
            return done("cluster.promoted", cluster().databases().promote());
        }
    }

    /** Lets the server that was fenced come back as the standby. */
    @Command(name = "rejoin")
    static final class Rejoin extends Operation {

        private static final Duration PATIENCE = Duration.ofSeconds(180);

        Rejoin(Console console) {
            super(console);
        }

        @Override
        int run() throws ClusterException, InterruptedException {
            Cluster cluster = cluster();
            cluster.databases().rejoin();
            ClusterProcess standby = cluster.process(cluster.databases().standby());
            standby.awaitServing(PATIENCE);
            return done("cluster.rejoined", standby.name());
        }
    }

    /** Replaces a key or a password of one part, or of all nodes of one member. */
    @Command(name = "rotate")
    static final class Rotate extends Operation {

        /** What can be replaced. */
        enum What {
            /** A member's key for messages; its name is a member's code. */
            MESSAGE,
            /** The key for TLS of a node, a broker or a database server. */
            TLS,
            /** The password by which a member's nodes use their database; its name is a member's code. */
            DATABASE
        }

        @Parameters(index = "0", paramLabel = "MESSAGE|TLS|DATABASE", descriptionKey = "cluster.what")
        What what = What.TLS;

        @Parameters(index = "1", paramLabel = "NAME", descriptionKey = "cluster.whose")
        String name = "";

        Rotate(Console console) {
            super(console);
        }

        @Override
        int run() throws ClusterException {
            Cluster cluster = cluster();
            switch (what) {
                case MESSAGE -> {
                    return done("cluster.published", cluster.desk().rotateMessageKey(name));
                }
                case TLS -> cluster.desk().rotateTls(cluster.topology().part(name));
                case DATABASE -> cluster.databases().rotatePassword(name);
            }
            return done("cluster.rotated", name);
        }
    }

    /** Begins a new epoch of a node's log. */
    @Command(name = "epoch")
    static final class NewEpoch extends Operation {

        @Parameters(index = "0", paramLabel = "NODE", descriptionKey = "cluster.part")
        String name = "";

        NewEpoch(Console console) {
            super(console);
        }

        @Override
        int run() throws ClusterException {
            Cluster cluster = cluster();
            return done(
                    "cluster.epoch", cluster.desk().newEpoch(cluster.topology().part(name)));
        }
    }

    /** Signs the draft and brings the registry to every part. */
    @Command(name = "publish")
    static final class Publish extends Operation {

        Publish(Console console) {
            super(console);
        }

        @Override
        int run() throws ClusterException {
            return done("cluster.published", cluster().desk().publish());
        }
    }

    /** Writes what the parts start from elsewhere than in namespaces. */
    @Command(name = "files")
    static final class WriteFiles extends Operation {

        @Option(names = "--agencies", paramLabel = "CODE", split = ",", descriptionKey = "cluster.agencies")
        List<String> agencies = new ArrayList<>(ClusterPlan.AGENCIES);

        @Option(names = "--nodes", paramLabel = "CODE=N", split = ",", descriptionKey = "cluster.nodes")
        Map<String, Integer> nodes = new LinkedHashMap<>();

        @Option(names = "--families", paramLabel = "N", descriptionKey = "cluster.families")
        int families = ClusterPlan.usual().families();

        WriteFiles(Console console) {
            super(console);
        }

        @Override
        int run() throws ClusterException {
            ClusterDirectory directory = new ClusterDirectory(place.path);
            ClusterFiles.write(directory, new ClusterPlan(agencies, nodes, families), step -> console()
                    .note("cluster.step", step));
            return done("cluster.files", directory.root());
        }
    }

    /** Looks after a cluster, in the background. */
    @Command(name = "supervise", hidden = true)
    static final class Supervise extends Operation {

        Supervise(Console console) {
            super(console);
        }

        @Override
        int run() throws ClusterException, InterruptedException {
            CommandLineProgram.logToConsole();
            Supervisor.run(new ClusterDirectory(place.path));
            return ExitCode.OK;
        }
    }

    /** Passes connections on. */
    @Command(name = "relay", hidden = true)
    static final class Pass implements Callable<Integer> {

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Option(names = "--from", required = true, paramLabel = "HOST:PORT", descriptionKey = "cluster.from")
        String from = "";

        @Option(names = "--to", required = true, paramLabel = "HOST:PORT", descriptionKey = "cluster.to")
        String to = "";

        @Option(names = "--delay-millis", paramLabel = "N", descriptionKey = "cluster.delay")
        long delay;

        @Override
        public Integer call() throws IOException, InterruptedException {
            try (Relay relay = Relay.start(address(from), address(to), Duration.ofMillis(Math.max(0, delay)))) {
                new CountDownLatch(1).await();
                return relay.port();
            }
        }

        private static InetSocketAddress address(String text) {
            int colon = text.lastIndexOf(':');
            return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        }
    }
}
