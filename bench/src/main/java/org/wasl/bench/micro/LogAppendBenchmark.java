package org.wasl.bench.micro;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.schemas.identifier.TimeOrderedId;

/**
 * What appending costs: signed containers into a log on disk, a fixed number waiting at any time, durable as always. CPU
 * is the process', so preparing, compressing, hashing, committing and completing are all in it.
 *
 * <pre>java -cp 'bench/target/classes:bench/target/lib/*' org.wasl.bench.micro.LogAppendBenchmark [leaves] [waiting] [rounds] [directory]</pre>
 */
public final class LogAppendBenchmark {

    private static final int SAMPLES = 1_000;

    /** Whether messages have ids as this program makes them; otherwise as others might, at random. */
    private static final boolean ORDERED = !Boolean.getBoolean("wasl.random-ids");

    private final List<LogEntry> samples;
    private final int waiting;
    private long number;
    private UUID request = UUID.randomUUID();

    private LogAppendBenchmark(List<LogEntry> samples, int waiting) {
        this.samples = samples;
        this.waiting = waiting;
    }

    /** Measures a few rounds in one log. */
    public static void main(String[] args) throws IOException, GeneralSecurityException, LogStoreException {
        int leaves = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
        int waiting = args.length > 1 ? Integer.parseInt(args[1]) : 64;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        Path directory = args.length > 3 ? Path.of(args[3]) : Files.createTempDirectory("wasl-append");
        Path file = directory.resolve("wasl.db");
        LogAppendBenchmark benchmark = withSamples(waiting);
        try (GroupCommitMessageLog log = GroupCommitMessageLog.open(
                SqliteLogStore.open(file), IndexKey.of(new byte[32]), LogSettings.defaults(), cause -> {})) {
            for (int round = 0; round < rounds; round++) {
                benchmark.round(log, leaves, file);
            }
        }
        System.out.println("closed: " + Files.size(file) + " octets");
    }

    /** With containers signed for it. */
    static LogAppendBenchmark withSamples(int waiting) throws IOException, GeneralSecurityException {
        return new LogAppendBenchmark(
                new SampleContainers(Files.createTempDirectory("wasl-keys")).exchanges(SAMPLES), waiting);
    }

    private void round(GroupCommitMessageLog log, int leaves, Path file) throws IOException {
        long before = log.size();
        long octets = Files.size(file);
        long cpu = cpuNanos();
        long wall = System.nanoTime();
        long payload = append(log, leaves);
        double micros = (cpuNanos() - cpu) / 1_000.0 / leaves;
        double seconds = (System.nanoTime() - wall) / 1e9;
        System.out.printf(
                "from %,d: %.1f µs CPU a leaf, %,.0f leaves a second, about %d octets a leaf beside its payload%n",
                before, micros, leaves / seconds, (Files.size(file) - octets - payload) / leaves);
    }

    long append(GroupCommitMessageLog log, int leaves) {
        long payload = 0;
        Deque<CompletableFuture<AppendResult>> pending = new ArrayDeque<>();
        for (int i = 0; i < leaves; i++) {
            if (pending.size() == waiting) {
                require(pending.remove().join());
            }
            LogEntry entry = next();
            payload += SampleContainers.payloadOctets(entry);
            pending.add(log.append(entry));
        }
        pending.forEach(append -> require(append.join()));
        return payload;
    }

    private LogEntry next() {
        LogEntry sample = samples.get((int) (number % samples.size()));
        boolean asks = number++ % 2 == 0;
        UUID id = ORDERED ? TimeOrderedId.next() : UUID.randomUUID();
        if (asks) {
            request = id;
        }
        return SampleContainers.renamed(sample, id, request);
    }

    private static void require(AppendResult result) {
        if (!(result instanceof AppendResult.Appended)) {
            throw new IllegalStateException(result.toString());
        }
    }

    static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
