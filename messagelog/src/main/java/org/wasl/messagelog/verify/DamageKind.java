package org.wasl.messagelog.verify;

/** What can be wrong with a log. */
public enum DamageKind {
    /** There is no leaf at this index, but there are later ones. */
    MISSING_LEAF,
    /** The leaf's fields do not have the hash that was recorded for them. */
    ALTERED_LEAF,
    /** The leaf is genuine, but belongs at another index. */
    REORDERED_LEAF,
    /** There is a leaf beyond the recorded size, or a second one at this index. */
    EXTRA_LEAF,
    /** The log ends here, before its recorded size or a size known from elsewhere. */
    TRUNCATED,
    /** The container is not there, and was not erased as containers are. */
    MISSING_CONTAINER,
    /** The container, or its salt, does not have the leaf's commitment. */
    ALTERED_CONTAINER,
    /** Evidence that the leaf names is not there. */
    MISSING_EVIDENCE,
    /** Evidence that the leaf names does not have the digest that stands there. */
    ALTERED_EVIDENCE,
    /** The container is as it was logged, but the check that was asked for refuses it. */
    REFUSED_CONTAINER,
    /** From this index to the end of one commit something was changed together with its own hashes: the root differs. */
    ROOT_MISMATCH,
    /** From this index on the log cannot be read. */
    UNREADABLE
}
