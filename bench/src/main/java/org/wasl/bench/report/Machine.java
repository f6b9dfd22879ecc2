package org.wasl.bench.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * What was measured on.
 *
 * @param syncMicroseconds how long it takes until 4 KiB appended to a file are on the disk, the median
 */
public record Machine(
        String processor,
        int cores,
        long memoryMebibytes,
        String kernel,
        String fileSystem,
        double syncMicroseconds,
        String java) {

    private static final int BLOCK_OCTETS = 4_096;
    private static final int SYNCS = 200;

    /** This one. @param directory on the disk that is measured */
    public static Machine here(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new Machine(
                field(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                installedMebibytes(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Files.getFileStore(directory).type(),
                syncMicroseconds(directory),
                System.getProperty("java.vm.name") + " " + Runtime.version());
    }

    private static long installedMebibytes() throws IOException {
        String total = field(Path.of("/proc/meminfo"), "MemTotal", "0").replaceAll("[^0-9]", "");
        return Long.parseLong(total) / 1024;
    }

    private static String field(Path file, String name, String otherwise) throws IOException {
        if (!Files.isReadable(file)) {
            return otherwise;
        }
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return otherwise;
    }

    private static double syncMicroseconds(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "sync", ".bin");
        long[] nanos = new long[SYNCS];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_OCTETS);
            for (int i = 0; i < SYNCS; i++) {
                block.clear();
                long began = System.nanoTime();
                while (block.hasRemaining()) {
                    channel.write(block);
                }
                channel.force(false);
                nanos[i] = System.nanoTime() - began;
            }
        } finally {
            Files.deleteIfExists(file);
        }
        Arrays.sort(nanos);
        return nanos[SYNCS / 2] / 1_000.0;
    }
}
