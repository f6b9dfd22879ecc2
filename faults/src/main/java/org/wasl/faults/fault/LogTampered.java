package org.wasl.faults.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.wasl.faults.check.Promise;
import org.wasl.faults.site.Launcher.Ended;
import org.wasl.faults.site.SingleSite;

/** Somebody flips single bits in pages of a copy of the log's database; the auditor looks at it, offline. */
final class LogTampered extends SingleFault {

    private static final int PAGE = 4_096;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> silent = new ArrayList<>();
    private int flips;
    private int harmless;

    LogTampered() {
        super(
                "log-tampered",
                "single bits are flipped in pages of copies of the stopped node's log, chosen by the seed; the offline verifier looks at each",
                Promise.P11,
                Promise.P5);
    }

    @Override
    void inject(Stage stage, SingleSite site) throws IOException, InterruptedException {
        site.stop();
        Path copy = site.directory().root().resolveSibling("tampered");
        flips = stage.count(8, 2);
        harmless = 0;
        silent.clear();
        for (int i = 0; i < flips; i++) {
            copy(site.directory().root(), copy);
            Path database = copy.resolve("log").resolve("wasl.db");
            Path original = site.directory().logDatabase();
            long at = flip(database, stage);
            Ended verified = site.launcher().run("log", "verify", "--json", "--data", copy.toString());
            stage.mark("flipped", "octet " + at + ": exit code " + verified.exitCode());
            if (verified.exitCode() == 0) {
                JsonNode verdict = JSON.readTree(verified.output());
                // A page that no row uses may hold anything; every row was read and found as it was.
                Ended untouched = site.launcher()
                        .run(
                                "log",
                                "verify",
                                "--json",
                                "--data",
                                site.directory().root().toString());
                if (JSON.readTree(untouched.output())
                        .path("root")
                        .asText()
                        .equals(verdict.path("root").asText("none"))) {
                    harmless++;
                } else {
                    silent.add("octet " + at + " of " + original);
                }
            }
        }
        delete(copy);
    }

    private static long flip(Path database, Stage stage) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
            long pages = file.length() / PAGE;
            // Not the first page: without it there is no database, and everybody sees that.
            long at = PAGE + stage.random().nextLong(Math.max(1, (pages - 1) * PAGE));
            file.seek(at);
            int octet = file.read();
            file.seek(at);
            file.write(octet ^ (1 << stage.random().nextInt(8)));
            return at;
        }
    }

    static void copy(Path from, Path to) throws IOException {
        delete(to);
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                String relative = from.relativize(file).toString();
                if (relative.startsWith("agencies") || relative.startsWith("broker")) {
                    continue;
                }
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (Files.isRegularFile(file)) {
                    Files.copy(file, target);
                }
            }
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    List<Observation> observe(Stage stage, SingleSite site) {
        return List.of(new Observation(
                Promise.P11,
                silent.isEmpty(),
                flips + " bits flipped, one at a time: " + (flips - harmless - silent.size()) + " named, " + harmless
                        + " in places that hold nothing of the log, " + silent.size() + " unseen"
                        + (silent.isEmpty() ? "" : ": " + silent)));
    }
}
