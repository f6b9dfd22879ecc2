package org.wasl.agencies.moj;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wasl.agencies.population.Justice;
import org.wasl.agencies.population.Population;

/** Publishes snapshots: a whole directory first, then its name in CURRENT, each by one rename. */
final class Snapshots {

    private static final String CURRENT = "CURRENT";
    private static final int KEPT = 2;
    private static final int MAX_PER_DAY = 99;
    private static final Pattern NAME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-\\d{1,2})?");

    private final Path root;
    private final Path outbox;
    private final Population population;
    private final Clock clock;

    Snapshots(Path root, Population population, Clock clock) {
        this.root = root;
        this.outbox = root.resolve("outbox");
        this.population = population;
        this.clock = clock;
    }

    Path root() {
        return root;
    }

    /** Publishes unless the current snapshot is of today. */
    synchronized void publishIfDue() throws IOException {
        Files.createDirectories(outbox);
        String today = LocalDate.now(clock).toString();
        if (!Files.exists(outbox.resolve(CURRENT)) || !current().startsWith(today)) {
            publish();
        }
    }

    /** The clerks have looked into every matter that they had to; the next file says what they found. */
    synchronized void reviewed(Justice.Status found) throws IOException {
        Files.writeString(reviews(), found.name() + "\n", StandardCharsets.UTF_8);
        publish();
    }

    private Path reviews() {
        // Beside what the bus may read, and not in it.
        return root.resolveSibling("REVIEWED");
    }

    private Justice.@Nullable Status found() throws IOException {
        return Files.exists(reviews())
                ? Justice.Status.valueOf(
                        Files.readString(reviews(), StandardCharsets.UTF_8).strip())
                : null;
    }

    synchronized String publish() throws IOException {
        Files.createDirectories(outbox);
        LocalDate day = LocalDate.now(clock);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String name = freeName(day);
        // Beside the chroot and not in it: nobody can list or open what is not finished.
        Path building = Files.createTempDirectory(root.toAbsolutePath().getParent(), "snapshot-");
        try {
            new SnapshotWriter(population, building, name, now, found()).write();
            Files.move(building, outbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(building);
            throw e;
        }
        Path next = Files.createTempFile(root.toAbsolutePath().getParent(), "current-", "");
        Files.writeString(next, name + "\n", StandardCharsets.UTF_8);
        Files.move(next, outbox.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        prune();
        return name;
    }

    private String current() throws IOException {
        return Files.readString(outbox.resolve(CURRENT), StandardCharsets.UTF_8).strip();
    }

    private String freeName(LocalDate day) throws IOException {
        for (int number = 1; number <= MAX_PER_DAY; number++) {
            String name = number == 1 ? day.toString() : day + "-" + number;
            if (!Files.exists(outbox.resolve(name))) {
                return name;
            }
        }
        throw new IOException("more than " + MAX_PER_DAY + " snapshots on " + day);
    }

    private void prune() throws IOException {
        List<Path> snapshots;
        try (Stream<Path> entries = Files.list(outbox)) {
            snapshots = entries.filter(
                            path -> NAME.matcher(path.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(Snapshots::sortKey).reversed())
                    .toList();
        }
        for (Path old : snapshots.subList(Math.min(KEPT, snapshots.size()), snapshots.size())) {
            delete(old);
        }
    }

    private static String sortKey(Path path) {
        String name = path.getFileName().toString();
        String number = name.length() > 10 ? name.substring(11) : "1";
        return name.substring(0, 10) + (number.length() == 1 ? "0" : "") + number;
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(directory);
    }
}
