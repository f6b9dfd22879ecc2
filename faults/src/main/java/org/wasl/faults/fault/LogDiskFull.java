package org.wasl.faults.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.SingleSite;

/** The message log's disk has no room left. */
final class LogDiskFull extends SingleFault {

    private static final Duration FULL = Duration.ofSeconds(12);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String REFUSED = "wasl.log.unavailable";

    private long fullAt;
    private long mendedAt;

    LogDiskFull() {
        super(
                "log-disk-full",
                "the disk of the message log is filled under load, then emptied, and the node started again",
                Promise.P3,
                Promise.P1);
    }

    @Override
    Optional<String> missing(SingleSite site) {
        return site.logDisk().isPresent() ? Optional.empty() : Optional.of("the log has no disk of its own here");
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        site.logDisk().orElseThrow().fill(0);
        fullAt = stage.mark("full", "no octet is free on the log's disk");
        // What the database has written before may be written over for a while.
        stage.refused(REFUSED, PATIENCE);
        stage.pause(FULL);
    }

    @Override
    void heal(Stage stage, SingleSite site) throws IOException, InterruptedException {
        mendedAt = System.currentTimeMillis();
        site.logDisk().orElseThrow().empty();
        if (site.alive()) {
            site.stop();
        }
        site.revive();
    }

    @Override
    List<Observation> observe(Stage stage, SingleSite site) throws IOException {
        long refused = stage.told(fullAt, mendedAt).stream()
                .filter(told -> REFUSED.equals(told.fault()))
                .count();
        return List.of(new Observation(
                Promise.P3, refused > 0, refused + " requests were refused with " + REFUSED + " while it was full"));
    }
}
