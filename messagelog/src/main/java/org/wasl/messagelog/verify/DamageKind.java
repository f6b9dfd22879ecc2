package org.wasl.messagelog.verify;

/**
 * What can be wrong with a log. The names are stable: reports and scripts carry them.
 *
 * <p>What can be told apart, and what cannot: whoever may write every file of a log can make all of it fit anew, so a kind
 * says what the files show, never what somebody's hands did. {@link #TRUNCATED} is said while the store itself still
 * records more leaves than it has. Once head, commits and checkpoints are made to fit, a tail that was cut off and last
 * night's backup are the same octets: both are {@link #ROLLED_BACK}, and only a checkpoint that is kept elsewhere shows
 * it. A backup that was written on differs from a fork only in its times: see {@link #FORKED}.
 */
public enum DamageKind {
    /** There is no leaf at this index, but there are later ones: a row was deleted. */
    MISSING_LEAF,
    /** The leaf's fields do not have the hash that was recorded for them. */
    ALTERED_LEAF,
    /** The leaf is genuine, but belongs at another index. */
    REORDERED_LEAF,
    /** There is a leaf beyond the recorded size, or a second one at this index. */
    EXTRA_LEAF,
    /** The log ends here, before a size that the store itself records: in its head, a commit or a checkpoint. */
    TRUNCATED,
    /** The container is not there, and was not erased as containers are. */
    MISSING_CONTAINER,
    /** The container is marked as erased, but no record in the log announces it: somebody took it away. */
    UNANNOUNCED_ERASURE,
    /** The container, or its salt, does not have the leaf's commitment. */
    ALTERED_CONTAINER,
    /** What the leaf is searched by, the keyed hash of its subject, is not there though the container is. */
    MISSING_SUBJECT,
    /** What the leaf is searched by does not have the commitment that stands in the leaf. */
    ALTERED_SUBJECT,
    /** Evidence that the leaf names is not there. */
    MISSING_EVIDENCE,
    /** Evidence that the leaf names does not have the digest that stands there. */
    ALTERED_EVIDENCE,
    /** The container is as it was logged, but is no container, or its signature is not genuine. */
    SIGNATURE,
    /** The container's signature is right, but its certificate could not be relied on at the leaf's time. */
    CERTIFICATE,
    /** The container is genuine, but is not the message of which the leaf tells. */
    UNTRUE_LEAF,
    /**
     * The leaf's time cannot be: it is more than 60 s later than what shows that a checkpoint with this leaf existed, or
     * more than 60 s earlier than what shows that one without it did; or checkpoints' times go backwards; or the key of
     * its container is compromised and no time-stamp shows that the leaf existed before.
     */
    TIME,
    /**
     * From this index to the end of one commit something was changed together with its own hashes: the store's own
     * records (the roots of commits, the head, recorded checkpoints) contradict its leaves.
     */
    ROOT_MISMATCH,
    /** A checkpoint that the store records is none, or its signature, a cosignature or its time-stamp is not genuine. */
    ALTERED_CHECKPOINT,
    /**
     * The store fits itself, but a checkpoint known from elsewhere, of no more leaves than it has, has another root: two
     * histories part at this index or after it, and somebody was shown the other one. A rewrite of everything is a fork
     * too: the other history is then the true one, in the hands of whoever kept its checkpoints.
     */
    FORKED,
    /**
     * A checkpoint known from elsewhere has more leaves than all that the store records; or the store has other leaves
     * below its size, from this index on younger than it, and none of the minute before it: the log was set back to an
     * earlier state, and perhaps written on. Whoever writes on and lies about the times of leaves, or sets back by less
     * than a minute, makes it look {@link #FORKED} instead, and whoever takes out all leaves of some time and moves the
     * rest up makes a fork look like this: it is detected all the same.
     */
    ROLLED_BACK,
    /** From this index on the log cannot be read. */
    UNREADABLE
}
