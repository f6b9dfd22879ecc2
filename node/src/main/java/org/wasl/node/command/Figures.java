package org.wasl.node.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a run took. */
final class Figures {

    private static final double NANOS = 1_000_000_000.0;

    private Figures() {}

    /** The seconds since then, one decimal. */
    static String seconds(long beganNanos) {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - beganNanos) / NANOS);
    }

    /** The most memory that this process had resident, in MiB; of the heap alone where the system does not say. */
    static long peakMebibytes() {
        Path status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            try {
                for (String line : Files.readAllLines(status, StandardCharsets.UTF_8)) {
                    if (line.startsWith("VmHWM:")) {
                        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
                    }
                }
            } catch (IOException unreadable) {
                return heap();
            }
        }
        return heap();
    }

    private static long heap() {
        return Runtime.getRuntime().totalMemory() / (1024 * 1024);
    }
}
