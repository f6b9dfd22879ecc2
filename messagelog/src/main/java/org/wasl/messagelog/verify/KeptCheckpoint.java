package org.wasl.messagelog.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.merkle.TreeHash;

/**
 * A size and root of a log that are known from elsewhere: what an auditor carried away.
 *
 * @param name what to call it when something is said of it: its file, for example
 * @param size how many leaves the log had
 * @param root the RFC 6962 root over them, 32 octets
 * @param existedBy when it existed at the latest, by the clocks of those who cosigned it; null when nobody dated it
 */
@SuppressWarnings("ArrayRecordComponent") // the octets are shared, never compared
public record KeptCheckpoint(
        String name, long size, byte[] root, @Nullable Instant existedBy) {

    public KeptCheckpoint {
        if (size < 0 || root.length != TreeHash.LENGTH_BYTES) {
            throw new IllegalArgumentException("a checkpoint has a size from 0 and a root of 32 octets");
        }
    }

    /** What a checkpoint that was judged says. */
    public static KeptCheckpoint of(String name, CheckpointJudgement.Genuine genuine) {
        Checkpoint checkpoint = genuine.checkpoint();
        return new KeptCheckpoint(name, checkpoint.size(), checkpoint.root(), genuine.existedBy());
    }

    /** One without a date. */
    public static KeptCheckpoint of(long size, byte[] root) {
        return new KeptCheckpoint("the root known from elsewhere", size, root, null);
    }
}
