package org.wasl.messagelog.store;

/** The statements of the index of subjects. */
final class SubjectSql {

    static final String TIERS = "SELECT runs, merged_to, cleared FROM log_subject_tier ORDER BY tier";

    static final String SAVE_TIER = "INSERT INTO log_subject_tier (tier, runs, merged_to, cleared) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (tier) DO UPDATE SET runs = excluded.runs, merged_to = excluded.merged_to,"
            + " cleared = excluded.cleared";

    /** The subjects of these leaves. */
    static final String SUBJECTS = "SELECT idx, hash FROM log_subject WHERE idx >= ? AND idx < ?";

    /** The leaves about one subject that are in no run yet. */
    static final String TAIL = "SELECT idx FROM log_subject WHERE idx >= ? AND idx < ? AND hash = ? ORDER BY idx";

    static final String SUBJECT = "SELECT hash FROM log_subject WHERE idx = ?";

    static final String INSERT_BLOCK = "INSERT INTO log_subject_block (tier, run, low, entries) VALUES (?, ?, ?, ?)";

    static final String DELETE_BLOCK = "DELETE FROM log_subject_block WHERE tier = ? AND run = ? AND low = ?";

    private static final String BLOCK =
            "SELECT low, entries FROM log_subject_block WHERE tier = ? AND run = ? AND low ";

    /** The block in which this key stands, if it stands anywhere. */
    static final String HOLDING = BLOCK + "<= ? ORDER BY low DESC LIMIT 1";

    static final String NEXT = BLOCK + "> ? ORDER BY low LIMIT 1";

    static final String PREVIOUS = BLOCK + "< ? ORDER BY low DESC LIMIT 1";

    private SubjectSql() {}
}
