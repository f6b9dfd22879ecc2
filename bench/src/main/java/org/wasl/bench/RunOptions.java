package org.wasl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that measures takes. */
final class RunOptions {

    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    private static final double SECONDS = 15;
    private static final double QUICK_SECONDS = 4;
    private static final double SUSTAINED_SECONDS = 300;
    private static final double QUICK_SUSTAINED_SECONDS = 8;
    private static final double WARM_UP_CPU_SECONDS = 100;
    private static final double QUICK_WARM_UP_CPU_SECONDS = 8;

    private static final int MOST_LEAVES = 100_000_000;

    @Option(names = "--quick", descriptionKey = "option.quick")
    boolean quick;

    @Option(names = "--seconds", paramLabel = "N", descriptionKey = "option.seconds")
    @Nullable
    Double seconds;

    @Option(names = "--sustained", paramLabel = "SECONDS", descriptionKey = "option.sustained")
    @Nullable
    Double sustained;

    @Option(names = "--warm-up", paramLabel = "CPU-SECONDS", descriptionKey = "option.warm-up")
    @Nullable
    Double warmUp;

    @Option(names = "--callers", paramLabel = "N", descriptionKey = "option.callers")
    int callers = 64;

    @Option(names = "--rate", paramLabel = "N", descriptionKey = "option.rate")
    double rate = 1_000;

    @Option(names = "--leaves", paramLabel = "N", descriptionKey = "option.leaves")
    int leaves = 1_000_000;

    @Option(names = "--heap", paramLabel = "SIZE", descriptionKey = "option.heap")
    String heap = "512m";

    @Option(names = "--java-option", paramLabel = "OPTION", descriptionKey = "option.java-option")
    List<String> javaOptions = new ArrayList<>();

    @Option(names = "--directory", paramLabel = "DIR", descriptionKey = "option.directory")
    Path directory = home().resolve("bench").resolve("target").resolve("run");

    @Option(names = "--json", paramLabel = "FILE", descriptionKey = "option.json")
    Path json = home().resolve("bench").resolve("target").resolve("figures.json");

    /** The project's root, as the launcher says. */
    static Path home() {
        return Path.of(System.getenv().getOrDefault("WASL_HOME", "."));
    }

    double windowSeconds() {
        return seconds != null ? seconds : quick ? QUICK_SECONDS : SECONDS;
    }

    double sustainedSeconds() {
        return sustained != null ? sustained : quick ? QUICK_SUSTAINED_SECONDS : SUSTAINED_SECONDS;
    }

    double warmUpCpuSeconds() {
        return warmUp != null ? warmUp : quick ? QUICK_WARM_UP_CPU_SECONDS : WARM_UP_CPU_SECONDS;
    }

    /** Why these options cannot be followed: the key of a text; or null when they can. */
    @Nullable
    String wrong() {
        if (windowSeconds() <= 0 || sustainedSeconds() <= 0 || warmUpCpuSeconds() < 0) {
            return "error.seconds";
        }
        if (leaves < 0 || leaves > MOST_LEAVES) {
            return "error.leaves";
        }
        return callers < 1 || callers > 10_000 || rate <= 0 ? "error.load" : null;
    }

    /** The flags of the Java machine, the same for everything that is measured. */
    List<String> flags() {
        List<String> flags = new ArrayList<>(List.of(
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-Xss512k",
                "-XX:MaxDirectMemorySize=128m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djdk.serialFilter=!*",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-Duser.timezone=UTC"));
        if (hugePages()) {
            flags.add("-XX:+UseTransparentHugePages");
        }
        if (Runtime.version().feature() >= 24) {
            // Native crypto and SQLite load libraries; the broker's network layer uses memory directly.
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        flags.addAll(javaOptions);
        return flags;
    }

    /** Whether the kernel gives huge pages to who asks, as the launcher does; where it does not, Java would warn. */
    private static boolean hugePages() {
        try {
            String modes = Files.readString(HUGE_PAGES);
            return modes.contains("[madvise]") || modes.contains("[always]");
        } catch (IOException e) { // another platform
            return false;
        }
    }

    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("windowSeconds", Double.toString(windowSeconds()));
        settings.put("sustainedSeconds", Double.toString(sustainedSeconds()));
        settings.put("warmUpCpuSeconds", Double.toString(warmUpCpuSeconds()));
        settings.put("callers", Integer.toString(callers));
        settings.put("largestLogLeaves", Integer.toString(leaves));
        settings.put("ratePerSecond", Double.toString(rate));
        settings.put("javaOptions", String.join(" ", flags()));
        return settings;
    }
}
