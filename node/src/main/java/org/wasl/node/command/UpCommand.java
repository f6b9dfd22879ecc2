package org.wasl.node.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wasl.agencies.population.Personas;
import org.wasl.node.configuration.NodeSettings;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.DirectoryLock;
import org.wasl.node.data.FreePorts;
import org.wasl.node.data.NodeState;
import org.wasl.node.identity.DemoUsers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a node until it is told to stop. */
@Command(name = "up")
final class UpCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Mixin
    DataOption data = new DataOption();

    @Option(names = "--port", paramLabel = "PORT", descriptionKey = "up.port")
    int port = 8080;

    @Option(names = "--agency-port", paramLabel = "PORT", descriptionKey = "up.agency-port")
    int agencyPort = 8443;

    @Option(names = "--management-port", paramLabel = "PORT", descriptionKey = "up.management-port")
    int managementPort = 8081;

    @Option(names = "--config", paramLabel = "FILE", descriptionKey = "up.config")
    String configuration = "";

    @Mixin
    PacksOption packs = new PacksOption();

    UpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataDirectory directory = data.directory();
        Optional<DirectoryLock> taken = DirectoryLock.take(directory);
        if (taken.isEmpty()) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.in-use", directory.root());
        }
        try (DirectoryLock lock = taken.get()) {
            List<Integer> free = FreePorts.find(3);
            NodeSettings settings = new NodeSettings(
                    directory,
                    port == 0 ? free.get(0) : port,
                    agencyPort == 0 ? free.get(1) : agencyPort,
                    managementPort == 0 ? free.get(2) : managementPort,
                    configuration.isEmpty() ? Optional.empty() : Optional.of(configuration),
                    packs.path());
            for (int wanted : List.of(settings.portalPort(), settings.agencyPort(), settings.managementPort())) {
                if (!FreePorts.isFree(wanted)) {
                    return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.port-taken", wanted);
                }
            }
            return run(settings);
        }
    }

    private int run(NodeSettings settings) throws IOException, InterruptedException {
        if (!settings.directory().initialised()) {
            console.note("up.first-start", settings.directory().root());
        }
        return new NodeRun(console, shared.json).run(settings, (state, seconds) -> ready(settings, state, seconds));
    }

    private void ready(NodeSettings settings, NodeState state, double seconds) {
        String root = settings.directory().root().toString();
        if (shared.json) {
            Map<String, Object> ready = new LinkedHashMap<>();
            ready.put("ready", true);
            ready.put("portal", state.portalUrl());
            ready.put("agencies", state.agencyUrl());
            ready.put("management", state.managementUrl());
            ready.put("data", root);
            console.json(ready);
            return;
        }
        console.say("up.ready", String.format(java.util.Locale.ROOT, "%.1f", seconds));
        new Table("  ")
                .row("  " + console.texts().text("up.pages"), state.portalUrl() + "/portal")
                .row(
                        "  " + console.texts().text("up.users"),
                        DemoUsers.passwordFile(settings.directory()).toString())
                .row("  " + console.texts().text("up.portal"), state.portalUrl())
                .row("  " + console.texts().text("up.agencies"), state.agencyUrl() + "/r1")
                .row("  " + console.texts().text("up.description"), state.portalUrl() + "/openapi.json")
                .row("  " + console.texts().text("up.health"), state.managementUrl() + "/actuator/health")
                .row(
                        "  " + console.texts().text("up.clients"),
                        settings.directory().clients() + "/MEMBER/")
                .lines()
                .forEach(console::print);
        String option = "data".equals(data.path.toString()) ? "" : " --data " + root;
        console.say("up.next");
        console.print("  ./wasl token officer" + option);
        console.print("  ./wasl ask general-clearance nationalNumber=" + Personas.CLEAN.nationalNumber()
                + " --as citizen" + option);
        console.say("up.stop-with");
    }
}
