package org.wasl.faults.fault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.wasl.faults.check.Promise;
import org.wasl.faults.ledger.LedgerEntry.Told;
import org.wasl.faults.load.Flow;
import org.wasl.faults.site.Launcher;
import org.wasl.faults.site.SingleSite;

/** The node's clock is set ten minutes on, then ten minutes back, while it runs. */
final class ClockJump extends SingleFault {

    private static final Duration EACH = Duration.ofSeconds(9);
    private static final long TEN_MINUTES = 600;
    private static final String PRELOAD = "LD_PRELOAD";
    private static final String OFFSET = "WASL_FAULTS_CLOCK";

    private long answeredAhead;
    private long answeredBehind;

    ClockJump() {
        super(
                "clock-jump",
                "the node's clock jumps ten minutes ahead, then ten minutes behind, under load; monotonic time runs on",
                Promise.P9);
    }

    @Override
    Optional<String> missing(SingleSite site) {
        return Launcher.has("gcc") ? Optional.empty() : Optional.of("gcc is missing, which makes the wrong clock");
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        Path home = site.directory().root().resolveSibling("clock");
        Files.createDirectories(home);
        Path clock = home.resolve("offset");
        set(clock, 0);
        site.stop();
        site.environment(PRELOAD, library(home).toString());
        site.environment(OFFSET, clock.toString());
        site.revive();
        set(clock, TEN_MINUTES);
        stage.mark("ahead", "ten minutes");
        stage.pause(EACH);
        answeredAhead = answered(stage);
        set(clock, -TEN_MINUTES);
        stage.mark("behind", "ten minutes");
        stage.pause(EACH);
        answeredBehind = answered(stage);
        set(clock, 0);
    }

    /** Made here, since libfaketime makes a JVM start ten times more slowly. */
    private static Path library(Path home) throws IOException, InterruptedException {
        Path source = home.resolve("clock.c");
        try (InputStream in = ClockJump.class.getResourceAsStream("/org/wasl/faults/clock.c")) {
            if (in == null) {
                throw new IOException("clock.c is missing");
            }
            Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
        }
        Path library = home.resolve("clock.so");
        Launcher.tool("gcc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString());
        return library;
    }

    /** In place, for the node has it mapped. */
    private static void set(Path clock, long seconds) throws IOException {
        try (FileChannel file = FileChannel.open(clock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer octets = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putLong(seconds)
                    .flip();
            if (file.write(octets, 0) != Long.BYTES) {
                throw new IOException("the clock's offset cannot be written");
            }
        }
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
        // Whatever becomes of this one, the next has the machine's own clock.
        site.environment(PRELOAD, "");
        site.environment(OFFSET, "");
        if (site.alive()) {
            site.stop();
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
