package org.wasl.bench.curve;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.leaf.PreparedEntry;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.store.IndexedEntry;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.store.TreeHead;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.container.MessageKind;

/**
 * Makes logs of millions of leaves, to measure at: requests and their replies as a provider has them, each about another
 * person, with ids as the program makes them and small contents that are no real containers. The tree is right, and the
 * log verifies.
 */
public final class LargeLog {

    private static final SubsystemId WEB = SubsystemId.parse("JO/GOV/PORTAL/web");
    private static final ServiceId LIFE_STATUS = ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1");
    private static final int AT_ONCE = 8_192;
    private static final int CONTENT_OCTETS = 64;
    private static final long BEGIN_MILLIS = 1_750_000_000_000L;
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_LOW = 0x3FFF_FFFF_FFFF_FFFFL;

    private final IndexKey key;
    private final SplittableRandom random = new SplittableRandom(7);

    /**
     * @param key the index key of the logs
     */
    public LargeLog(IndexKey key) {
        this.key = key;
    }

    /**
     * Appends to the log in this file, which is made when it is not there, until it has this many leaves.
     *
     * @param progress is told how many there are
     * @throws LogStoreException when the log cannot be written
     */
    public void grow(Path file, long leaves, LongConsumer progress) throws LogStoreException {
        try (LogStore store = SqliteLogStore.open(file)) {
            grow(store, leaves, progress);
        }
    }

    /**
     * Appends to this log until it has so many leaves. While one batch is being written the next is made: that is all
     * that distinguishes it from a log that grew by messages.
     */
    void grow(LogStore store, long leaves, LongConsumer progress) throws LogStoreException {
        TreeHead head = store.head();
        CompactRange tree = CompactRange.restore(head.size(), head.frontier());
        CompletableFuture<Batch> next = CompletableFuture.supplyAsync(() -> batch(tree, leaves));
        Batch batch = next.join();
        while (!batch.entries().isEmpty()) {
            next = CompletableFuture.supplyAsync(() -> batch(tree, leaves));
            try {
                if (!store.append(batch.entries(), batch.head())) {
                    throw new LogStoreException("a synthetic message is there already");
                }
                progress.accept(batch.head().size());
            } finally {
                batch = next.join();
            }
        }
    }

    private record Batch(List<IndexedEntry> entries, TreeHead head) {}

    /** One at a time: each begins where the one before it ended. */
    private Batch batch(CompactRange tree, long leaves) {
        List<IndexedEntry> entries = new ArrayList<>(AT_ONCE);
        while (entries.size() < AT_ONCE && tree.size() < leaves) {
            long index = tree.size();
            PreparedEntry entry = PreparedEntry.prepare(entry(index), key);
            byte[] hash = entry.leaf().hash(index);
            tree.append(hash);
            entries.add(new IndexedEntry(index, entry, hash));
        }
        return new Batch(entries, TreeHead.of(tree));
    }

    /** The id of the message at this index: a request at an even one, its reply at the next. */
    public static UUID messageId(long index) {
        long mixed = (index + 1) * 0x9E37_79B9_7F4A_7C15L;
        return new UUID(millis(index) << 16 | VERSION_7 | mixed >>> 52, mixed & RANDOM_LOW | VARIANT);
    }

    /** The person whom the message at this index is about. */
    public static String subject(long index) {
        return Long.toString(1_000_000_000L + index / 2);
    }

    private static long millis(long index) {
        return BEGIN_MILLIS + index;
    }

    private LogEntry entry(long index) {
        boolean asks = index % 2 == 0;
        UUID request = messageId(index - index % 2);
        byte[] content = new byte[CONTENT_OCTETS];
        for (ByteBuffer octets = ByteBuffer.wrap(content); octets.hasRemaining(); ) {
            octets.putLong(random.nextLong());
        }
        Instant at = Instant.ofEpochMilli(millis(index));
        return new LogEntry(
                LIFE_STATUS.member(),
                asks ? Direction.RECEIVED : Direction.SENT,
                at,
                messageId(index),
                request.toString(),
                asks ? MessageKind.REQUEST : MessageKind.REPLY,
                asks ? WEB : LIFE_STATUS.subsystem(),
                WEB,
                LIFE_STATUS.subsystem(),
                LIFE_STATUS,
                "GENERAL_CLEARANCE",
                "citizen-bench",
                asks ? null : request,
                at.plusSeconds(60),
                subject(index),
                null,
                content);
    }
}
