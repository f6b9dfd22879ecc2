package org.wasl.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.wasl.node.configuration.NodeProcess;
import org.wasl.node.configuration.NodeSettings;
import org.wasl.node.data.DataDirectory;
import org.wasl.node.data.DirectoryLock;
import org.wasl.node.data.FreePorts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole thing once: start, ask, pay, tell, verify, tamper, stop. */
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    SharedOptions shared = new SharedOptions();

    @Option(names = "--data", paramLabel = "DIR", descriptionKey = "demo.data")
    String data = "";

    @Mixin
    PacksOption packs = new PacksOption();

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean temporary = data.isEmpty();
        Path root = temporary ? Files.createTempDirectory("wasl-demo") : Path.of(data);
        DataDirectory directory = new DataDirectory(root);
        try {
            Optional<DirectoryLock> lock = DirectoryLock.take(directory);
            if (lock.isEmpty()) {
                return console.fail(shared.json, ExitCode.UNAVAILABLE, "error.in-use", directory.root());
            }
            try (DirectoryLock held = lock.get()) {
                return run(directory, temporary);
            }
        } finally {
            if (temporary) {
                remove(root);
            }
        }
    }

    private int run(DataDirectory directory, boolean temporary) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        List<Integer> ports = FreePorts.find(3);
        NodeSettings settings =
                new NodeSettings(directory, ports.get(0), ports.get(1), ports.get(2), Optional.empty(), packs.path());
        console.note("demo.starting");
        DemoStage stage = new DemoStage(console, shared.json, directory);
        Demonstration demonstration = new Demonstration(stage);
        try (NodeProcess node = NodeProcess.start(settings)) {
            console.note("demo.started", Figures.seconds(begun));
            demonstration.ask(node);
            LateAnswer late = LateAnswer.asked(stage, node);
            demonstration.tamper(node);
            JointPayment.shown(stage, node);
            LifeEvent.shown(stage, node);
            late.await();
            demonstration.vouch(node);
        } catch (IllegalStateException | org.springframework.beans.BeansException failed) {
            return console.fail(
                    shared.json,
                    ExitCode.UNAVAILABLE,
                    "error.not-started",
                    Failures.reason(failed),
                    directory.processLog());
        }
        boolean intact = demonstration.verifyOffline();
        stage.finish(Figures.seconds(begun), Figures.peakMebibytes(), temporary);
        return intact && stage.asExpected() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static void remove(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
