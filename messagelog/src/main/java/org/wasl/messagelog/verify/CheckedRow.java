package org.wasl.messagelog.verify;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.erasure.ErasureRecord.Range;
import org.wasl.messagelog.leaf.Leaf;

/**
 * What one row amounts to once it was looked at, without its container.
 *
 * @param index its leaf's index
 * @param atMillis its leaf's time
 * @param leafHash the hash that was recorded for the leaf
 * @param unfitting the leaf, when its fields do not have that hash; otherwise null
 * @param content what became of its container
 * @param compromisedFrom from when the key that signed its container is worth nothing; null as a rule
 * @param announces the leaves whose containers it says are erased; none as a rule
 * @param damages what else is wrong with it
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
record CheckedRow(
        long index,
        long atMillis,
        byte[] leafHash,
        @Nullable Leaf unfitting,
        Content content,
        @Nullable Instant compromisedFrom,
        List<Range> announces,
        List<Damage> damages) {

    /** What became of a container. */
    enum Content {
        /** It is not there, or not as it was; or nobody looked for it. */
        NONE,
        /** What was refused had none. */
        EMPTY,
        ERASED,
        PRESENT,
        GENUINE,
        REFUSAL
    }
}
