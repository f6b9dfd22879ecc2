package org.wasl.bench.peer.raw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.wasl.bench.load.Workload;

/** Writing records of 4 KB and synchronising them to disk: what durability costs at least. */
public final class RawSync implements Workload {

    private static final int RECORD_BYTES = 4 * 1024;
    private static final long FILE_BYTES = 64L << 20;

    private final int records;
    private final byte[] octets;
    private @Nullable FileChannel file;
    private long position;

    /**
     * @param records how many records one operation writes before it synchronises
     */
    public RawSync(int records) {
        this.records = records;
        this.octets = new byte[records * RECORD_BYTES];
        Arrays.fill(octets, (byte) 'w');
    }

    @Override
    public String name() {
        return "raw-fsync-" + records;
    }

    @Override
    public void start(Path directory) throws IOException {
        FileChannel opened =
                FileChannel.open(directory.resolve("records"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
        for (long at = 0; at < FILE_BYTES; at += zeros.capacity()) {
            opened.write(zeros.clear(), at);
        }
        opened.force(true);
        file = opened;
    }

    /** One disk, one writer: callers take turns. */
    @Override
    public synchronized CompletionStage<?> call(long number) {
        FileChannel opened = Objects.requireNonNull(file);
        try {
            if (position + octets.length > FILE_BYTES) {
                position = 0;
            }
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            while (buffer.hasRemaining()) {
                position += opened.write(buffer, position);
            }
            opened.force(false);
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "an operation", records + " records of " + RECORD_BYTES + " octets, then fdatasync",
                "file", (FILE_BYTES >> 20) + " MiB, allocated before, written round and round");
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
