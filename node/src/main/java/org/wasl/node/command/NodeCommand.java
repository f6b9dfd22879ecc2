package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wasl.node.configuration.NodeFile;
import org.wasl.node.configuration.NodeSettings;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.DirectoryLock;
import org.wasl.node.data.NodeState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one agency's node, as its configuration file says and with nothing of a demonstration, until it is told to stop. */
@Command(name = "node")
final class NodeCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Option(names = "--config", required = true, paramLabel = "FILE", descriptionKey = "node.config")
    Path configuration = Path.of("node.yaml");

    @Option(names = "--data", paramLabel = "DIR", descriptionKey = "node.data")
    @Nullable
    Path data;

    NodeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isReadable(configuration)) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.file", configuration, "no such file");
        }
        NodeFile file;
        try {
            file = NodeFile.read(configuration);
        } catch (IllegalArgumentException unreadable) {
            return console.fail(
                    shared.json, ExitCode.REFUSED, "node.wrong", configuration, Failures.reason(unreadable));
        }
        List<String> problems = file.problems(data != null);
        if (!problems.isEmpty()) {
            return console.fail(
                    shared.json, ExitCode.REFUSED, "node.wrong", configuration, String.join("; ", problems));
        }
        DataDirectory directory = new DataDirectory(data == null ? file.data() : data);
        if (!directory.initialised()) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.no-registry", directory.root());
        }
        NodeSettings settings;
        try {
            settings = file.settings(directory);
        } catch (IllegalArgumentException wrong) {
            return console.fail(
                    shared.json, ExitCode.REFUSED, "node.wrong", configuration, String.valueOf(wrong.getMessage()));
        }
        Optional<DirectoryLock> taken = DirectoryLock.take(directory);
        if (taken.isEmpty()) {
            return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.in-use", directory.root());
        }
        try (DirectoryLock lock = taken.get()) {
            return new NodeRun(console, shared.json).run(settings, (state, seconds) -> ready(settings, state, seconds));
        }
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
        } else {
            console.say("up.ready", String.format(Locale.ROOT, "%.1f", seconds));
            new Table("  ")
                    .row("  " + console.texts().text("up.agencies"), state.agencyUrl() + "/r1")
                    .row("  " + console.texts().text("up.portal"), state.portalUrl())
                    .row("  " + console.texts().text("up.health"), state.managementUrl() + "/actuator/health")
                    .lines()
                    .forEach(console::print);
        }
        console.out().flush();
    }
}
