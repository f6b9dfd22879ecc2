package org.wasl.messagelog.verify;

import java.util.List;

/**
 * How a log is to be verified.
 *
 * @param check what else each container must pass
 * @param progress hears how far it has come
 * @param threads how many threads look at rows at once; fewer when the source cannot be read by so many
 * @param kept what is known of this log from elsewhere
 */
public record VerificationPlan(
        ContainerCheck check, VerificationProgress progress, int threads, List<KeptCheckpoint> kept) {

    private static final int MAX_THREADS = 256;

    public VerificationPlan {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("from 1 to " + MAX_THREADS + " threads verify");
        }
        kept = List.copyOf(kept);
    }

    /** By this check, with a thread for each processor. */
    public static VerificationPlan of(ContainerCheck check) {
        int processors = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        return new VerificationPlan(check, VerificationProgress.NONE, processors, List.of());
    }

    /** The same, heard by this. */
    public VerificationPlan heardBy(VerificationProgress other) {
        return new VerificationPlan(check, other, threads, kept);
    }

    /** The same with so many threads. */
    public VerificationPlan withThreads(int count) {
        return new VerificationPlan(check, progress, count, kept);
    }

    /** The same, compared with what is known from elsewhere. */
    public VerificationPlan comparedWith(List<KeptCheckpoint> checkpoints) {
        return new VerificationPlan(check, progress, threads, checkpoints);
    }
}
