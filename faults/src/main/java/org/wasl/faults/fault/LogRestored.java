package org.wasl.faults.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.site.SingleSite;

/** An older copy of the log is put in its place, as by an operator who restores a backup. */
final class LogRestored extends SingleFault {

    private static final Duration MORE = Duration.ofSeconds(9);

    private final Map<String, Integer> codes = new HashMap<>();
    private int answered;

    LogRestored() {
        super(
                "log-restored",
                "the node's log is replaced by its own backup of some seconds ago, with what it had published; then the true one is put back",
                Promise.P5,
                Promise.P3);
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        Path log = site.directory().root().resolve("log");
        Path backup = site.directory().root().resolveSibling("log-backup");
        Path present = site.directory().root().resolveSibling("log-present");
        stage.load().rate(0);
        stage.load().drain();
        site.stop();
        replace(log, backup);
        site.revive();
        stage.load().rate(stage.rate());
        stage.pause(MORE);
        stage.load().rate(0);
        stage.load().drain();
        site.stop();
        replace(log, present);
        replace(backup, log);
        site.revive();
        stage.mark("restored", "the log is the backup");
        codes.clear();
        answered = 0;
        // The node looks at its witnesses before it takes anything in; the first may come before it knows.
        for (int i = 0; i < stage.count(20, 8); i++) {
            Optional<Told> told = stage.load().askNow(stage.load().questions().next(Flow.PERSON));
            told.ifPresent(one -> codes.merge(one.fault(), 1, Integer::sum));
            answered += told.filter(Told::answered).isPresent() ? 1 : 0;
            Thread.sleep(100);
        }
        site.kill();
        replace(present, log);
    }

    @Override
    void heal(Stage stage, SingleSite site) throws IOException, InterruptedException {
        site.revive();
        stage.load().rate(stage.rate());
    }

    /** Makes {@code to} a copy of {@code from}; what holds them stays, for it may be a disk of its own. */
    private static void replace(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> old = Files.list(to)) {
            for (Path one : old.toList()) {
                LogTampered.delete(one);
            }
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (Files.isRegularFile(file)) {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Override
    List<Observation> observe(Stage stage, SingleSite site) {
        return List.of(new Observation(
                Promise.P5,
                answered == 0 && codes.containsKey("wasl.log.disputed"),
                "on the restored log " + answered + " requests were answered; refusals: " + codes));
    }
}
