package org.wasl.bench.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.SplittableRandom;
import org.wasl.bench.curve.LargeLog;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;

/**
 * What a log's size costs: opening it, appending real containers, looking messages and people up, each in process CPU.
 *
 * <pre>java -cp 'bench/target/classes:bench/target/lib/*' org.wasl.bench.micro.LogSizeBenchmark [sizes, with commas] [directory]</pre>
 */
public final class LogSizeBenchmark {

    private static final int APPENDED = 20_000;
    private static final int LOOKED_UP = 5_000;
    private static final int PEOPLE = 200;

    private LogSizeBenchmark() {}

    /** Measures at each of the sizes, smallest first. */
    public static void main(String[] args) throws IOException, GeneralSecurityException, LogStoreException {
        String[] sizes = (args.length > 0 ? args[0] : "0,100000,1000000").split(",", -1);
        Path directory = args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("wasl-size");
        Path file = directory.resolve("wasl.db");
        IndexKey key = IndexKey.of(new byte[32]);
        LargeLog large = new LargeLog(key);
        LogAppendBenchmark appends = LogAppendBenchmark.withSamples(64);
        // What the compiler has to learn is learned beside.
        measure(directory.resolve("warm-up.db"), key, appends, 0, 0);
        long from = 0;
        for (String size : sizes) {
            long began = System.nanoTime();
            large.grow(file, Long.parseLong(size), done -> {});
            System.out.printf("%s leaves made in %.1f s; ", size, (System.nanoTime() - began) / 1e9);
            measure(file, key, appends, from, Long.parseLong(size));
            // What is measured stays in the log, between the synthetic messages.
            from = Long.parseLong(size) + 2L * APPENDED;
        }
    }

    private static void measure(Path file, IndexKey key, LogAppendBenchmark appends, long from, long synthetic)
            throws IOException, LogStoreException {
        long opening = System.nanoTime();
        try (GroupCommitMessageLog log =
                GroupCommitMessageLog.open(SqliteLogStore.open(file), key, LogSettings.defaults(), cause -> {})) {
            double opened = (System.nanoTime() - opening) / 1e6;
            // The first ones find an empty cache.
            appends.append(log, APPENDED);
            long cpu = LogAppendBenchmark.cpuNanos();
            appends.append(log, APPENDED);
            double append = (LogAppendBenchmark.cpuNanos() - cpu) / 1e3 / APPENDED;
            SplittableRandom random = new SplittableRandom(3);
            cpu = LogAppendBenchmark.cpuNanos();
            for (int i = 0; i < LOOKED_UP && synthetic > 0; i++) {
                require(log.messages(LargeLog.messageId(random.nextLong(from, synthetic)))
                                .size()
                        == 1);
            }
            double found = (LogAppendBenchmark.cpuNanos() - cpu) / 1e3 / LOOKED_UP;
            cpu = LogAppendBenchmark.cpuNanos();
            for (int i = 0; i < PEOPLE && synthetic > 0; i++) {
                require(log.bySubject(LargeLog.subject(random.nextLong(from, synthetic)), 0, 10)
                                .size()
                        == 2);
            }
            double people = (LogAppendBenchmark.cpuNanos() - cpu) / 1e3 / PEOPLE;
            System.out.printf(
                    "opened in %.0f ms; append %.1f µs CPU a leaf; look-up by id %.0f µs, by person %.0f µs%n",
                    opened, append, found, people);
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("a message was not found");
        }
    }
}
