package org.wasl.messagelog.store;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.store.SubjectBlocks.Block;
import org.wasl.messagelog.store.SubjectTiers.Shape;
import org.wasl.messagelog.store.SubjectTiers.Tier;

/**
 * Writes the index of subjects. Keyed hashes come in no order: in one tree of all of them each leaf would change a page of
 * its own, the more the larger the log. So the last leaves become a run of their own, and runs are merged into larger
 * ones, a bounded part with each append, so that what an append costs does not depend on the log's size and few runs
 * have to be searched. All under the writing connection's monitor.
 */
final class SubjectIndex {

    private static final Logger LOG = LoggerFactory.getLogger(SubjectIndex.class);

    /** How many entries are merged in each tier for each leaf appended: more than one, so that no merge is missed. */
    private static final int PACE = 2;

    private static final int MAX_TIERS = 16;

    /** Entries that may be merged into each tier; runs that may be deleted from each. Forgotten at a restart, which costs nothing. */
    private final long[] mergeable = new long[MAX_TIERS];

    private final long[] clearable = new long[MAX_TIERS];
    private SubjectTiers tiers;

    private SubjectIndex(SubjectTiers tiers) {
        this.tiers = tiers;
    }

    /** The index of the log that this connection writes; one that is not there yet, or not far enough, is made. */
    static SubjectIndex open(Connection writer, Shape shape, long size) throws SQLException, LogStoreException {
        SubjectIndex index = new SubjectIndex(SubjectTiers.read(writer, shape));
        if (size - index.tiers.indexed() > shape.leaves(1) || index.overdue()) {
            LOG.info("The log's index of subjects is being made");
        }
        while (size - index.tiers.indexed() >= shape.run() || index.overdue()) {
            writer.setAutoCommit(false);
            long indexed = index.tiers.indexed();
            long goal = Math.min(size, indexed + shape.leaves(1));
            SubjectTiers grown = index.grown(writer, goal, shape.leaves(1));
            writer.commit();
            writer.setAutoCommit(true);
            index.use(grown);
        }
        return index;
    }

    private boolean overdue() {
        boolean overdue = false;
        for (int tier = 1; tier <= tiers.tiers().size(); tier++) {
            overdue |= tiers.overdue(tier);
        }
        return overdue;
    }

    Shape shape() {
        return tiers.shape();
    }

    /** What was written is durable. */
    void use(SubjectTiers written) {
        tiers = written;
    }

    /**
     * Writes what is due once the log has this many leaves, {@code appended} of which are new.
     *
     * @return how far the index has come then; to be {@link #use used} once it is committed
     */
    SubjectTiers grown(Connection writer, long size, long appended) throws SQLException, LogStoreException {
        SubjectTiers grown = tiers;
        while (size - grown.indexed() >= shape().run()) {
            grown = newRun(writer, grown);
        }
        for (int tier = 1; tier <= grown.tiers().size() && tier < MAX_TIERS; tier++) {
            mergeable[tier] = grown.due(tier) ? mergeable[tier] + PACE * appended : 0;
            while (mergeable[tier] >= shape().slice() && grown.due(tier)) {
                mergeable[tier] -= shape().slice();
                grown = merge(writer, grown, tier);
            }
            clearable[tier] = grown.superseded(tier - 1) ? clearable[tier] + PACE * appended : 0;
            while (clearable[tier] >= shape().slice() && grown.superseded(tier - 1)) {
                clearable[tier] -= shape().slice();
                grown = clear(writer, grown, tier - 1);
            }
        }
        return grown;
    }

    /** The next leaves as a run of tier 0. */
    private SubjectTiers newRun(Connection writer, SubjectTiers before) throws SQLException, LogStoreException {
        Tier tier = before.tier(0);
        long from = tier.runs() * shape().run();
        List<byte[]> keys = JdbcLogSource.select(
                writer,
                SubjectSql.SUBJECTS,
                statement -> {
                    statement.setLong(1, from);
                    statement.setLong(2, from + shape().run());
                },
                row -> SubjectKeys.of(row.getBytes(2), row.getLong(1)));
        keys.sort(Arrays::compareUnsigned);
        write(writer, 0, tier.runs(), keys);
        return before.with(writer, 0, new Tier(tier.runs() + 1, null, tier.cleared()));
    }

    private void write(Connection writer, int tier, long run, List<byte[]> keys) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = writer.prepareStatement(SubjectSql.INSERT_BLOCK)) {
            for (int from = 0; from < keys.size(); from += shape().block()) {
                ByteArrayOutputStream entries = new ByteArrayOutputStream(shape().block() * SubjectKeys.BYTES);
                keys.subList(from, Math.min(keys.size(), from + shape().block()))
                        .forEach(entries::writeBytes);
                bind(insert, tier, run, keys.get(from));
                insert.setBytes(4, entries.toByteArray());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement statement, int tier, long run, byte[] low) throws SQLException {
        statement.setInt(1, tier);
        statement.setLong(2, run);
        statement.setBytes(3, low);
    }

    /** Merges the next entries, in the order of their keys, into the run of this tier that is being made. */
    private SubjectTiers merge(Connection writer, SubjectTiers before, int tier)
            throws SQLException, LogStoreException {
        Tier target = before.tier(tier);
        List<byte[]> keys = new ArrayList<>(shape().slice());
        boolean whole;
        try (SubjectBlocks blocks = new SubjectBlocks(writer)) {
            PriorityQueue<Source> sources = new PriorityQueue<>();
            for (int i = 0; i < shape().fanOut(); i++) {
                Source source = new Source(blocks, tier - 1, target.runs() * shape().fanOut() + i, target.mergedTo());
                if (source.advance()) {
                    sources.add(source);
                }
            }
            while (keys.size() < shape().slice() && !sources.isEmpty()) {
                Source least = sources.remove();
                keys.add(least.key());
                if (least.advance()) {
                    sources.add(least);
                }
            }
            whole = sources.isEmpty();
        }
        write(writer, tier, target.runs(), keys);
        return before.with(
                writer,
                tier,
                whole
                        ? new Tier(target.runs() + 1, null, target.cleared())
                        : new Tier(target.runs(), keys.get(keys.size() - 1), target.cleared()));
    }

    /** Deletes some rows of the first run that also stands in the next tier. */
    private SubjectTiers clear(Connection writer, SubjectTiers before, int tier)
            throws SQLException, LogStoreException {
        Tier state = before.tier(tier);
        int deleted = 0;
        int most = Math.max(1, shape().slice() / shape().block());
        try (SubjectBlocks blocks = new SubjectBlocks(writer);
                PreparedStatement delete = writer.prepareStatement(SubjectSql.DELETE_BLOCK)) {
            Block block = blocks.next(tier, state.cleared(), new byte[0]);
            while (block != null && deleted < most) {
                bind(delete, tier, state.cleared(), block.low());
                delete.executeUpdate();
                deleted++;
                block = blocks.next(tier, state.cleared(), block.low());
            }
            boolean empty = block == null;
            return empty
                    ? before.with(writer, tier, new Tier(state.runs(), state.mergedTo(), state.cleared() + 1))
                    : before;
        }
    }

    /**
     * Removes the entry of this leaf wherever it stands, before its subject's hash is erased.
     *
     * @return how far the index has come then; to be {@link #use used} once it is committed
     */
    SubjectTiers without(Connection writer, SubjectTiers before, long index) throws SQLException, LogStoreException {
        List<byte[]> hashes = JdbcLogSource.select(
                writer, SubjectSql.SUBJECT, statement -> statement.setLong(1, index), row -> row.getBytes(1));
        if (hashes.isEmpty()) {
            return before;
        }
        byte[] key = SubjectKeys.of(hashes.get(0), index);
        SubjectTiers after = before;
        try (SubjectBlocks blocks = new SubjectBlocks(writer)) {
            for (int tier = 0; tier < before.tiers().size(); tier++) {
                long run = index / shape().leaves(tier);
                remove(writer, blocks, tier, run, key);
                Tier state = after.tier(tier);
                if (state.runs() == run && state.mergedTo() != null && Arrays.equals(state.mergedTo(), key)) {
                    byte[] last = lastOf(blocks, tier, run);
                    after = after.with(writer, tier, new Tier(run, last, state.cleared()));
                }
            }
        }
        return after;
    }

    SubjectTiers tiers() {
        return tiers;
    }

    private static void remove(Connection writer, SubjectBlocks blocks, int tier, long run, byte[] key)
            throws SQLException {
        Block block = blocks.holding(tier, run, key);
        if (block == null) {
            return;
        }
        byte[] entries = block.entries();
        int at = SubjectKeys.lowerBound(entries, key);
        if (at == entries.length || SubjectKeys.compare(entries, at, key, 0) != 0) {
            return;
        }
        ByteArrayOutputStream left = new ByteArrayOutputStream(entries.length);
        left.write(entries, 0, at);
        left.write(entries, at + SubjectKeys.BYTES, entries.length - at - SubjectKeys.BYTES);
        try (PreparedStatement delete = writer.prepareStatement(SubjectSql.DELETE_BLOCK)) {
            bind(delete, tier, run, block.low());
            delete.executeUpdate();
        }
        if (left.size() > 0) {
            try (PreparedStatement insert = writer.prepareStatement(SubjectSql.INSERT_BLOCK)) {
                bind(insert, tier, run, Arrays.copyOf(left.toByteArray(), SubjectKeys.BYTES));
                insert.setBytes(4, left.toByteArray());
                insert.executeUpdate();
            }
        }
    }

    private static byte @Nullable [] lastOf(SubjectBlocks blocks, int tier, long run) throws SQLException {
        byte[] beyond = new byte[SubjectKeys.BYTES + 1];
        Arrays.fill(beyond, (byte) 0xFF);
        Block last = blocks.holding(tier, run, beyond);
        return last == null
                ? null
                : Arrays.copyOfRange(last.entries(), last.entries().length - SubjectKeys.BYTES, last.entries().length);
    }

    /** The entries of one run after a key, in order. */
    private static final class Source implements Comparable<Source> {
        private final SubjectBlocks blocks;
        private final int tier;
        private final long run;
        private @Nullable Block block;
        private int at;

        Source(SubjectBlocks blocks, int tier, long run, byte @Nullable [] after) throws SQLException {
            this.blocks = blocks;
            this.tier = tier;
            this.run = run;
            block = after == null ? null : blocks.holding(tier, run, after);
            if (after == null || block == null) {
                block = blocks.next(tier, run, new byte[0]);
                at = -SubjectKeys.BYTES;
            } else {
                int bound = SubjectKeys.lowerBound(block.entries(), after);
                boolean there =
                        bound < block.entries().length && SubjectKeys.compare(block.entries(), bound, after, 0) == 0;
                at = there ? bound : bound - SubjectKeys.BYTES;
            }
        }

        /** Goes to the next entry; false when there is none. */
        boolean advance() throws SQLException {
            at += SubjectKeys.BYTES;
            if (block != null && at >= block.entries().length) {
                block = blocks.next(tier, run, block.low());
                at = 0;
            }
            return block != null;
        }

        byte[] key() {
            if (block == null) {
                throw new IllegalStateException("a run that has ended has no entry");
            }
            return Arrays.copyOfRange(block.entries(), at, at + SubjectKeys.BYTES);
        }

        @Override
        public int compareTo(Source other) {
            if (block == null || other.block == null) {
                throw new IllegalStateException("a run that has ended has no entry");
            }
            return SubjectKeys.compare(block.entries(), at, other.block.entries(), other.at);
        }
    }
}
