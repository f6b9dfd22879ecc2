package org.wasl.messagelog.verify;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.checkpoint.Checkpoint;

/** What a signed checkpoint is worth. */
public sealed interface CheckpointJudgement {

    /**
     * The log signed it, as far as the log's keys are known.
     *
     * @param checkpoint what it says
     * @param cosigned by whom it was cosigned, one cosignature a party, those that count
     * @param stampedAt the time of its time-stamp; null when it has none, or nobody looked at it
     */
    record Genuine(
            Checkpoint checkpoint,
            List<Cosigned> cosigned,
            @Nullable Instant stampedAt) implements CheckpointJudgement {

        public Genuine {
            cosigned = List.copyOf(cosigned);
        }

        /** When it existed at the latest, by anybody's clock but the log's own; null when nobody dated it. */
        public @Nullable Instant existedBy() {
            return Stream.concat(cosigned.stream().map(Cosigned::at), Stream.ofNullable(stampedAt))
                    .min(Instant::compareTo)
                    .orElse(null);
        }
    }

    /** One party's cosignature. */
    record Cosigned(String party, Instant at) {}

    /** It is not what it claims to be, and why. */
    record Bad(String detail) implements CheckpointJudgement {}
}
