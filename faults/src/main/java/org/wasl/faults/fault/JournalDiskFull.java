package org.wasl.faults.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.SingleSite;

/** The broker's disk has no room left. */
final class JournalDiskFull extends SingleFault {

    private static final Duration FULL = Duration.ofSeconds(9);

    JournalDiskFull() {
        super(
                "journal-disk-full",
                "the disk of the broker's journal is filled under load, then emptied; the node runs on",
                Promise.P1,
                Promise.P7);
    }

    @Override
    Optional<String> missing(SingleSite site) {
        return site.journalDisk().isPresent()
                ? Optional.empty()
                : Optional.of("the journal has no disk of its own here");
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        site.journalDisk().orElseThrow().fill(0);
        stage.pause(FULL);
    }

    @Override
    void heal(Stage stage, SingleSite site) throws IOException, InterruptedException {
        site.journalDisk().orElseThrow().empty();
        site.revive();
    }

    @Override
    List<Observation> observe(Stage stage, SingleSite site) {
        return List.of(new Observation(Promise.P7, site.alive(), "the node runs after its journal had no room"));
    }
}
