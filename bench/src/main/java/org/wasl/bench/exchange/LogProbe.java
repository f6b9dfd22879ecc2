package org.wasl.bench.exchange;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.wasl.bench.curve.LargeLog;
import org.wasl.bench.report.Parts;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.StoredMessage;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.merkle.InclusionProof;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.tile.TileFiles;
import org.wasl.security.container.MessageKind;

/** What starting with a log of some size costs, and looking up and proving in it: in the processor time of one thread. */
final class LogProbe {

    private static final int STARTS = 5;
    private static final int LOOKED_UP = 2_000;
    private static final int LARGEST_PUBLISHED = 1_000_000;
    private static final double NANOS_IN_MICROSECOND = 1e3;
    private static final double NANOS_IN_MILLISECOND = 1e6;
    private static final IndexKey KEY = IndexKey.of(new byte[32]);

    private final Path directory;
    private final Path file;
    private final long leaves;
    private final SplittableRandom random = new SplittableRandom(3);

    /** Fills a log with so many leaves. */
    LogProbe(Path directory, long leaves) throws LogStoreException {
        this.directory = directory;
        this.file = directory.resolve("wasl.db");
        this.leaves = leaves;
        new LargeLog(KEY).grow(file, leaves, count -> {});
    }

    GroupCommitMessageLog open() throws LogStoreException {
        return GroupCommitMessageLog.open(SqliteLogStore.open(file), KEY, LogSettings.defaults(), cause -> {});
    }

    /** Measures; nobody else may have the log open. */
    Map<String, Double> figures() throws LogStoreException, IOException {
        Map<String, Double> figures = new TreeMap<>();
        figures.put(Parts.START_MILLISECONDS, start());
        if (leaves > 0) {
            try (GroupCommitMessageLog log = open()) {
                figures.put(Parts.BY_ID_MICROSECONDS, each(() -> require(log.messages(LargeLog.messageId(any())), 1)));
                figures.put(
                        Parts.BY_PERSON_MICROSECONDS,
                        each(() -> require(log.bySubject(LargeLog.subject(any()), 0, 10), 2)));
            }
            // More tiles than that would be written for longer than everything else takes; a proof reads as many as the
            // tree is high.
            if (leaves <= LARGEST_PUBLISHED) {
                figures.put(Parts.PROOF_MICROSECONDS, proof());
            }
        }
        return figures;
    }

    private long any() {
        return random.nextLong(leaves);
    }

    private static void require(List<StoredMessage> found, int count) {
        if (found.size() != count) {
            throw new IllegalStateException(found.size() + " messages were found, not " + count);
        }
    }

    /** Opening the log and asking what the last run left unanswered; the quickest, on the clock. */
    private double start() throws LogStoreException {
        double quickest = Double.MAX_VALUE;
        for (int i = 0; i < STARTS; i++) {
            long began = System.nanoTime();
            try (GroupCommitMessageLog log = open()) {
                for (Direction direction : List.of(Direction.SENT, Direction.RECEIVED)) {
                    log.unanswered(MessageKind.REQUEST, direction, 0, 1);
                }
                quickest = Math.min(quickest, (System.nanoTime() - began) / NANOS_IN_MILLISECOND);
            }
        }
        return quickest;
    }

    private double proof() throws IOException, LogStoreException {
        TileFiles tiles = new TileFiles(Files.createDirectories(directory.resolve("public")));
        try (LogStore store = SqliteLogStore.open(file)) {
            tiles.publish(0, leaves, (from, count) -> leaves(store, from, count));
        }
        return each(() -> InclusionProof.build(tiles.hashes(leaves), any(), leaves));
    }

    private static List<byte[]> leaves(LogStore store, long from, int count) throws IOException {
        List<byte[]> encoded = new ArrayList<>(count);
        try {
            store.leaves(from, count, found -> encoded.add(found.leaf().encode(found.index())));
        } catch (LogStoreException e) {
            throw new IOException("leaves cannot be read", e);
        }
        return encoded;
    }

    /** Something that is measured. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** Once to warm up, once measured. */
    private static double each(Step step) throws IOException {
        double micros = 0;
        for (int round = 0; round < 2; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < LOOKED_UP; i++) {
                step.run();
            }
            micros = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before)
                    / NANOS_IN_MICROSECOND
                    / LOOKED_UP;
        }
        return micros;
    }
}
