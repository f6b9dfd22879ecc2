package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.camel.impl.DefaultCamelContext;
import org.wasl.connectors.backend.DirectorySecrets;
import org.wasl.connectors.check.CheckReport;
import org.wasl.connectors.check.CheckedStep;
import org.wasl.connectors.check.ConnectorCheck;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.connectors.declaration.InvalidDeclarationsException;
import org.wasl.connectors.template.CamelConnectors;
import org.wasl.node.configuration.OwnDeclarations;
import org.wasl.node.configuration.SpooledDocuments;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.NodeState;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.pack.InvalidPackException;
import org.wasl.security.container.Spool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Works with the connectors of the running node. */
@Command(
        name = "connector",
        subcommands = {ConnectorCommand.Show.class, ConnectorCommand.Check.class})
final class ConnectorCommand extends CommandGroup {

    /** The declarations as the running node reads them; empty, and said why, when it cannot. */
    private static Optional<List<ConnectorDeclaration>> declarations(
            Console console, boolean json, DataDirectory directory, PacksOption packs) throws IOException {
        Optional<NodeState> node = NodeState.running(directory);
        if (node.isEmpty()) {
            console.fail(json, ExitCode.UNAVAILABLE, "error.no-node", directory.root());
            return Optional.empty();
        }
        try {
            boolean samples = node.get().backEnds().containsKey("cspd.jdbc-url");
            return Optional.of(OwnDeclarations.connectors(
                    directory, samples, packs.packs(samples), node.get().backEnds()));
        } catch (InvalidDeclarationsException | InvalidPackException invalid) {
            console.fail(json, ExitCode.REFUSED, "connector.invalid", String.valueOf(invalid.getMessage()));
            return Optional.empty();
        }
    }

    /** Lists the connectors. */
    @Command(name = "list")
    static final class Show implements Callable<Integer> {

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Mixin
        DataOption data = new DataOption();

        @Mixin
        PacksOption packs = new PacksOption();

        Show(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            Optional<List<ConnectorDeclaration>> declarations =
                    declarations(console, shared.json, data.directory(), packs);
            if (declarations.isEmpty()) {
                return ExitCode.UNAVAILABLE;
            }
            Table table = new Table("  ");
            List<Map<String, String>> documents = new ArrayList<>();
            for (ConnectorDeclaration declaration : declarations.get()) {
                String service = declaration.service().toString();
                table.row(declaration.name(), service, declaration.description());
                documents.add(Map.of(
                        "name", declaration.name(), "service", service, "description", declaration.description()));
            }
            if (shared.json) {
                console.json(documents);
            } else {
                table.lines().forEach(console::print);
            }
            return ExitCode.OK;
        }
    }

    /** Runs one connector against its back-end. */
    @Command(name = "check")
    static final class Check implements Callable<Integer> {

        private static final long MAX_SPOOL_BYTES = 16L * 1024 * 1024;

        private final Console console;

        @Mixin
        SharedOptions shared = new SharedOptions();

        @Mixin
        DataOption data = new DataOption();

        @Mixin
        PacksOption packs = new PacksOption();

        @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "connector.name")
        String name = "";

        @Parameters(index = "1..*", paramLabel = "key=value", descriptionKey = "connector.inputs")
        Map<String, String> inputs = new LinkedHashMap<>();

        @Option(names = "--change", descriptionKey = "connector.change")
        boolean change;

        Check(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            DataDirectory directory = data.directory();
            Optional<List<ConnectorDeclaration>> declarations = declarations(console, shared.json, directory, packs);
            if (declarations.isEmpty()) {
                return ExitCode.UNAVAILABLE;
            }
            Optional<ConnectorDeclaration> meant =
                    declarations.get().stream().filter(this::isMeant).findFirst();
            if (meant.isEmpty()) {
                String names = String.join(
                        ", ",
                        declarations.get().stream()
                                .map(ConnectorDeclaration::name)
                                .toList());
                return console.fail(shared.json, ExitCode.USAGE, "connector.unknown", names);
            }
            return report(check(directory, meant.get()));
        }

        private boolean isMeant(ConnectorDeclaration declaration) {
            return name.equals(declaration.name())
                    || name.equals(declaration.service().toString())
                    || name.equals(declaration.service().code());
        }

        private CheckReport check(DataDirectory directory, ConnectorDeclaration declaration) throws IOException {
            // Not the node's own spool: a node that runs holds its documents there.
            Path spool = Files.createTempDirectory("wasl-connector-check");
            try (DefaultCamelContext camel = new DefaultCamelContext()) {
                camel.disableJMX();
                try (CamelConnectors connectors = CamelConnectors.add(
                        camel,
                        List.of(declaration),
                        SchemaCatalogue.load(packs.packs(true)),
                        new SpooledDocuments(Spool.open(spool, MAX_SPOOL_BYTES)),
                        new DirectorySecrets(directory.secrets()),
                        Clock.systemUTC())) {
                    camel.start();
                    return new ConnectorCheck(Clock.systemUTC())
                            .run(connectors.named(declaration.name()).orElseThrow(), inputs, change);
                }
            } catch (InvalidDeclarationsException | InvalidPackException invalid) {
                throw new IOException(invalid.getMessage(), invalid);
            } finally {
                Files.delete(spool);
            }
        }

        private int report(CheckReport report) {
            if (shared.json) {
                console.json(report);
            } else {
                Table table = new Table("  ");
                for (CheckedStep step : report.steps()) {
                    String sign =
                            switch (step.verdict()) {
                                case PASSED -> "✓";
                                case FAILED -> "✗";
                                case SKIPPED -> "-";
                            };
                    String why = (step.code() + " " + step.path() + " " + step.reason()).strip();
                    table.row(
                            "  " + sign,
                            step.step().name().toLowerCase(java.util.Locale.ROOT),
                            step.millis() + " ms",
                            why);
                }
                console.say("connector.checked", report.connector(), report.service(), report.protocol());
                table.lines().forEach(console::print);
                console.say(report.passed() ? "connector.passed" : "connector.failed");
            }
            return report.passed() ? ExitCode.OK : ExitCode.REFUSED;
        }
    }
}
