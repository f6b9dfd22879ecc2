package org.wasl.routes.composite;

/** How a source of a composite answer stands. Not found never reads as "nothing owed". */
public enum SourceStatus {
    /** The source answered with a record that is fresh enough and covers enough. */
    AVAILABLE,
    /** The source is sure that it holds no such record. */
    NOT_FOUND,
    /** The source was not asked, since an earlier answer made the question void. */
    NOT_APPLICABLE,
    /** The source, or an agreement, refused. */
    REFUSED,
    /** No answer came in time. */
    TIMED_OUT,
    /** The source cannot be reached, or a source that it depends on gave nothing. */
    UNAVAILABLE,
    /** The source answered with a record that is older than accepted, or is down and an earlier answer is used. */
    STALE,
    /** The source will answer later. */
    DEFERRED,
    /** The source answered, but cannot vouch that there is nothing more. */
    INCOMPLETE_COVERAGE,
    /** The source answered with something that is not a valid record. */
    INVALID;

    /** Whether the decision can rest on it. */
    boolean settles() {
        return this == AVAILABLE || this == NOT_APPLICABLE;
    }

    /** Whether the source answered at all. */
    boolean answered() {
        return switch (this) {
            case AVAILABLE, NOT_FOUND, NOT_APPLICABLE, STALE, DEFERRED, INCOMPLETE_COVERAGE -> true;
            case REFUSED, TIMED_OUT, UNAVAILABLE, INVALID -> false;
        };
    }
}
