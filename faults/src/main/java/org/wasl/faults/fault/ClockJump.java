package org.wasl.faults.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.site.SingleSite;

/** The node's clock is set ten minutes on, then ten minutes back, while it runs. */
final class ClockJump extends SingleFault {

    private static final Duration EACH = Duration.ofSeconds(9);

    private volatile long answeredAhead;
    private volatile long answeredBehind;

    ClockJump() {
        super(
                "clock-jump",
                "the node's clock jumps ten minutes ahead, then ten minutes behind, under load (libfaketime); monotonic time runs on",
                Promise.P9);
    }

    @Override
    Optional<String> missing(SingleSite site) {
        return library().isPresent() ? Optional.empty() : Optional.of("libfaketime is missing (Debian: faketime)");
    }

    private static Optional<Path> library() {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(folder -> folder.resolve("faketime").resolve("libfaketime.so.1"))
                    .filter(Files::isRegularFile)
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        Path clock = site.directory().root().resolveSibling("clock");
        set(clock, "+0");
        site.stop();
        site.environment("LD_PRELOAD", library().orElseThrow().toString());
        site.environment("FAKETIME_TIMESTAMP_FILE", clock.toString());
        site.environment("FAKETIME_NO_CACHE", "1");
        site.environment("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        site.revive();
        set(clock, "+600");
        stage.mark("ahead", "ten minutes");
        stage.pause(EACH);
        answeredAhead = answered(stage);
        set(clock, "-600");
        stage.mark("behind", "ten minutes");
        stage.pause(EACH);
        answeredBehind = answered(stage);
        set(clock, "+0");
    }

    private static void set(Path clock, String offset) throws IOException {
        Path next = clock.resolveSibling("clock.next");
        Files.writeString(next, offset + "\n");
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static long answered(Stage stage) throws InterruptedException {
        long answered = 0;
        for (int i = 0; i < 5; i++) {
            answered += stage.load()
                            .askNow(stage.load().questions().next(Flow.PERSON))
                            .filter(Told::answered)
                            .isPresent()
                    ? 1
                    : 0;
        }
        return answered;
    }

    @Override
    void heal(Stage stage, SingleSite site) throws IOException, InterruptedException {
        if (site.alive()) {
            site.stop();
        }
        for (String name :
                List.of("LD_PRELOAD", "FAKETIME_TIMESTAMP_FILE", "FAKETIME_NO_CACHE", "FAKETIME_DONT_FAKE_MONOTONIC")) {
            site.environment(name, "");
        }
        site.revive();
    }

    @Override
    List<Observation> observe(Stage stage, SingleSite site) {
        return List.of(new Observation(
                Promise.P9,
                true,
                "of five requests each, " + answeredAhead + " were answered ten minutes ahead and " + answeredBehind
                        + " behind; the log's order is checked with the log"));
    }
}
