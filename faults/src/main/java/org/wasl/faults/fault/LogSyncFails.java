package org.wasl.faults.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.site.Launcher;
import org.wasl.faults.site.SingleSite;

/** Writing the message log through to its disk fails, as on a dying disk. */
final class LogSyncFails extends SingleFault {

    private static final Duration BROKEN = Duration.ofSeconds(9);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String REFUSED = "wasl.log.unavailable";
    private static final int ATTACH_SECONDS = 20;

    private long refusals;
    private long answeredAfter;

    LogSyncFails() {
        super(
                "log-sync-fails",
                "fsync and fdatasync of the message log answer EIO (strace), under load; then the disk is well again, and only later the node started anew",
                Promise.P3,
                Promise.P1);
    }

    @Override
    Optional<String> missing(SingleSite site) {
        return Launcher.has("strace") ? Optional.empty() : Optional.of("strace is missing");
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        Path log = site.directory().logDatabase();
        Process tracer = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-qq",
                        "-o",
                        "/dev/null",
                        "-P",
                        log.toString(),
                        "-P",
                        log + "-wal",
                        "-e",
                        "trace=fsync,fdatasync",
                        "-e",
                        "inject=fsync,fdatasync:error=EIO",
                        "-p",
                        Long.toString(site.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        long since = stage.mark("broken", "every sync of the log fails");
        try {
            stage.refused(REFUSED, PATIENCE);
            stage.pause(BROKEN);
        } finally {
            // Told to end, it lets go of the node.
            tracer.destroy();
            if (!tracer.waitFor(ATTACH_SECONDS, TimeUnit.SECONDS)) {
                tracer.destroyForcibly();
            }
        }
        long well = stage.mark("well", "the disk syncs again; the node was not started anew");
        refusals = stage.told(since, well).stream()
                .filter(told -> REFUSED.equals(told.fault()))
                .count();
        answeredAfter = 0;
        for (int i = 0; i < stage.count(20, 5); i++) {
            Optional<Told> told = stage.load().askNow(stage.load().questions().next(Flow.PERSON));
            answeredAfter += told.filter(Told::answered).isPresent() ? 1 : 0;
        }
    }

    @Override
    void heal(Stage stage, SingleSite site) throws IOException, InterruptedException {
        if (site.alive()) {
            site.stop();
        }
        site.revive();
    }

    @Override
    List<Observation> observe(Stage stage, SingleSite site) {
        return List.of(
                new Observation(Promise.P3, refusals > 0, refusals + " requests were refused while syncs failed"),
                new Observation(
                        Promise.P3,
                        answeredAfter == 0,
                        answeredAfter
                                + " requests were answered after a sync had failed, before the node was started anew"));
    }
}
