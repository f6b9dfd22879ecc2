package org.wasl.messagelog.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the index of subjects has come. It consists of runs, each of the entries of consecutive leaves in the order of
 * their keys: in tier 0 of so many leaves, in every other tier of so many runs of the tier before it.
 *
 * @param shape how large its parts are
 * @param tiers the tiers, from the first on
 */
record SubjectTiers(Shape shape, List<Tier> tiers) {

    SubjectTiers {
        tiers = List.copyOf(tiers);
    }

    /**
     * How large the parts of an index are.
     *
     * @param run how many leaves a run of tier 0 is of
     * @param fanOut how many runs are merged into one of the next tier
     * @param block how many entries stand in one row
     * @param slice how many entries are merged at once
     */
    record Shape(int run, int fanOut, int block, int slice) {

        /** Of every log that is not made for a test. */
        static final Shape STANDARD = new Shape(1_024, 16, 1_024, 4_096);

        /** How many leaves a run of this tier is of. */
        long leaves(int tier) {
            long leaves = run;
            for (int i = 0; i < tier; i++) {
                leaves *= fanOut;
            }
            return leaves;
        }
    }

    /**
     * One tier.
     *
     * @param runs how many of its runs are whole
     * @param mergedTo the last entry of its next run that was merged; null while none was
     * @param cleared how many of its runs were deleted, since they stand in the next tier
     */
    @SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
    record Tier(long runs, byte @Nullable [] mergedTo, long cleared) {
        static final Tier EMPTY = new Tier(0, null, 0);
    }

    /**
     * Part of the log as it is to be searched.
     *
     * @param tier the tier of its run; {@link #TAIL} for leaves that are in no run yet
     * @param run its run's number
     * @param from its first leaf
     * @param before the leaf after its last one
     */
    record Span(int tier, long run, long from, long before) {
        static final int TAIL = -1;
    }

    static SubjectTiers read(Connection connection, Shape shape) throws SQLException, LogStoreException {
        List<Tier> tiers = JdbcLogSource.select(
                connection,
                SubjectSql.TIERS,
                statement -> {},
                row -> new Tier(row.getLong(1), row.getBytes(2), row.getLong(3)));
        return new SubjectTiers(shape, tiers);
    }

    Tier tier(int number) {
        return number < tiers.size() ? tiers.get(number) : Tier.EMPTY;
    }

    /** How many leaves are in runs. */
    long indexed() {
        return tier(0).runs() * shape.run();
    }

    /** Whether there are enough runs to merge into one of this tier. */
    boolean due(int tier) {
        return tier(tier - 1).runs() >= (tier(tier).runs() + 1) * shape.fanOut();
    }

    /** Whether there are so many that a merge was missed. */
    boolean overdue(int tier) {
        return tier(tier - 1).runs() >= (tier(tier).runs() + 2) * shape.fanOut();
    }

    /** Whether runs of this tier are to be deleted. */
    boolean superseded(int tier) {
        return tier(tier).cleared() < tier(tier + 1).runs() * shape.fanOut();
    }

    /** The same with this tier, which is written too. */
    SubjectTiers with(Connection writer, int number, Tier tier) throws SQLException {
        try (PreparedStatement save = writer.prepareStatement(SubjectSql.SAVE_TIER)) {
            save.setInt(1, number);
            save.setLong(2, tier.runs());
            save.setBytes(3, tier.mergedTo());
            save.setLong(4, tier.cleared());
            save.executeUpdate();
        }
        List<Tier> changed = new ArrayList<>(tiers);
        if (number == changed.size()) {
            changed.add(tier);
        } else {
            changed.set(number, tier);
        }
        return new SubjectTiers(shape, changed);
    }

    /** What to search for the leaves from one index to before another, oldest first: the fewest runs that hold them all. */
    List<Span> spans(long from, long before) {
        List<Span> spans = new ArrayList<>();
        long covered = 0;
        for (int tier = tiers.size() - 1; tier >= 0; tier--) {
            long leaves = shape.leaves(tier);
            for (long run = Math.max(covered, from) / leaves; run < tier(tier).runs() && run * leaves < before; run++) {
                spans.add(new Span(tier, run, Math.max(from, run * leaves), Math.min(before, (run + 1) * leaves)));
            }
            covered = Math.max(covered, tier(tier).runs() * leaves);
        }
        if (Math.max(covered, from) < before) {
            spans.add(new Span(Span.TAIL, 0, Math.max(covered, from), before));
        }
        return spans;
    }
}
