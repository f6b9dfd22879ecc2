package org.wasl.node.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.wasl.agencies.SampleAgency;
import org.wasl.agencies.cspd.CivilRegisterLoader;
import org.wasl.agencies.cspd.LoadReport;
import org.wasl.node.client.NodeAnswer;
import org.wasl.node.client.PortalClient;
import org.wasl.node.cluster.BackEndProcess;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.NodeState;
import org.wasl.security.authority.TrustFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Works with the sample agencies' back-ends of the running node. */
@Command(
        name = "agencies",
        subcommands = {
            AgenciesCommand.Load.class,
            AgenciesCommand.Show.class,
            AgenciesCommand.Stop.class,
            AgenciesCommand.Start.class,
            AgenciesCommand.Slow.class,
            AgenciesCommand.Review.class,
            AgenciesCommand.Serve.class
        })
final class AgenciesCommand extends CommandGroup {

    /** Loads a foreign register into the civil-status back-end. */
    @Command(name = "load")
    static final class Load implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Mixin
        DataOption data = new DataOption();

        @Option(names = "--civil", required = true, paramLabel = "FILE", descriptionKey = "agencies.civil")
        Path file = Path.of("");

        Load(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            DataDirectory directory = data.directory();
            Optional<NodeState> node = NodeState.running(directory);
            String url =
                    node.map(state -> state.backEnds().get("cspd.jdbc-url")).orElse(null);
            if (url == null) {
                return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.no-node", directory.root());
            }
            if (!Files.isReadable(file)) {
                return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.file", file, "no such file");
            }
            String password = new TrustFiles(directory.root()).secrets().read("cspd.registrar");
            CivilRegisterLoader loader = new CivilRegisterLoader(url, password, Clock.systemUTC());
            try (Progress progress = Progress.start(console, "agencies.progress")) {
                return report(loader.load(file, (lines, read, total) -> progress.to(read, total)));
            } catch (SQLException | IOException failed) {
                return console.fail(shared.json, ExitCode.UNAVAILABLE, "agencies.not-loaded", Failures.reason(failed));
            }
        }

        private int report(LoadReport report) {
            if (shared.json) {
                console.json(report);
            } else {
                console.say(
                        "agencies.loaded",
                        report.lines(),
                        report.added(),
                        report.replaced(),
                        report.unchanged(),
                        report.refused());
                report.refusals().forEach(refusal -> console.say("agencies.refusal", refusal.line(), refusal.text()));
                report.remarks().forEach(remark -> console.say("agencies.remark", remark.line(), remark.text()));
            }
            return report.refused() == 0 ? ExitCode.OK : ExitCode.PARTIAL;
        }
    }

    /** What becomes of the back-ends is shown as a table. */
    abstract static class Operation extends OperatorCommand {

        Operation(Console console) {
            super(console);
        }

        @Override
        final void show(JsonNode document) {
            Table table = new Table("  ");
            if (document.has("agencies")) {
                document.path("agencies").forEach(agency -> row(table, agency));
            } else {
                row(table, document);
            }
            table.lines().forEach(console()::print);
        }

        private void row(Table table, JsonNode agency) {
            String state = agency.path("running").asBoolean() ? "agencies.running" : "agencies.stopped";
            table.row(
                    "  " + agency.path("agency").asText(),
                    console().texts().text(state),
                    "127.0.0.1:" + agency.path("port").asText(),
                    console()
                            .texts()
                            .text(
                                    "agencies.disclosures",
                                    agency.path("disclosures").asText()));
        }
    }

    /** Lists the back-ends. */
    @Command(name = "list")
    static final class Show extends Operation {

        Show(Console console) {
            super(console);
        }

        @Override
        NodeAnswer ask(PortalClient operator) throws IOException, InterruptedException {
            return operator.get("/samples/agencies", "application/json");
        }
    }

    /** Changes one back-end. */
    abstract static class Change extends Operation {

        @Parameters(index = "0", paramLabel = "AGENCY", descriptionKey = "agencies.agency")
        String agency = "";

        Change(Console console) {
            super(console);
        }

        abstract Map<String, String> change();

        @Override
        final NodeAnswer ask(PortalClient operator) throws IOException, InterruptedException {
            String name = agency.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
            return operator.put("/samples/agencies/" + name, change());
        }
    }

    /** Stops a back-end. */
    @Command(name = "stop")
    static final class Stop extends Change {

        Stop(Console console) {
            super(console);
        }

        @Override
        Map<String, String> change() {
            return Map.of("running", "false");
        }
    }

    /** Starts a back-end again. */
    @Command(name = "start")
    static final class Start extends Change {

        Start(Console console) {
            super(console);
        }

        @Override
        Map<String, String> change() {
            return Map.of("running", "true");
        }
    }

    /** Lets an agency's clerks finish what they review by hand. */
    @Command(name = "review")
    static final class Review extends Change {

        @Option(names = "--not-clear", descriptionKey = "agencies.not-clear")
        boolean notClear;

        Review(Console console) {
            super(console);
        }

        @Override
        Map<String, String> change() {
            return Map.of("reviews", notClear ? "not-clear" : "clear");
        }
    }

    /** Slows a back-end down. */
    @Command(name = "slow")
    static final class Slow extends Change {

        @Option(names = "--millis", paramLabel = "N", descriptionKey = "agencies.millis")
        int millis = 5000;

        Slow(Console console) {
            super(console);
        }

        @Override
        Map<String, String> change() {
            Map<String, String> change = new LinkedHashMap<>();
            change.put("delayMillis", Integer.toString(Math.max(0, millis)));
            return change;
        }
    }

    /** Runs one sample agency's back-end on its own. */
    @Command(name = "serve")
    static final class Serve implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Option(names = "--agency", required = true, paramLabel = "CODE", descriptionKey = "agencies.code")
        String agency = "";

        @Option(names = "--data", paramLabel = "DIR", descriptionKey = "agencies.data")
        Path path = Path.of("back-end");

        @Option(names = "--bind", paramLabel = "ADDRESS", descriptionKey = "agencies.bind")
        String bind = "127.0.0.1";

        @Option(names = "--host", paramLabel = "NAME", descriptionKey = "agencies.host")
        String host = "";

        @Option(names = "--port", paramLabel = "PORT", descriptionKey = "agencies.port")
        int port = 9000;

        @Option(names = "--families", paramLabel = "N", descriptionKey = "agencies.families")
        int families = 200;

        Serve(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            if (!SampleAgency.CODES.contains(agency)) {
                return console.fail(
                        shared.json, ExitCode.USAGE, "agencies.unknown", String.join(", ", SampleAgency.CODES));
            }
            CountDownLatch stopped = new CountDownLatch(1);
            try (BackEndProcess served = BackEndProcess.start(
                    path, agency, new InetSocketAddress(bind, port), host.isEmpty() ? bind : host, families)) {
                if (shared.json) {
                    console.json(Map.of("serving", bind + ":" + port, "agency", agency));
                } else {
                    console.say("agencies.serving", agency, bind + ":" + port);
                }
                Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "stop"));
                stopped.await();
                return ExitCode.OK;
            } catch (IOException failed) {
                return console.fail(
                        shared.json, ExitCode.UNAVAILABLE, "agencies.not-serving", agency, Failures.reason(failed));
            }
        }
    }
}
