package org.wasl.messagelog.verify;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a log is to be verified.
 *
 * @param check what else each container must pass
 * @param basis what the check goes by, in a word or two: a state of verifying is not taken up by another
 * @param progress hears how far it has come
 * @param threads how many threads look at rows at once; fewer when the source cannot be read by so many
 * @param trust whose checkpoints are believed
 * @param kept what is known of this log from elsewhere
 * @param from containers of the leaves before this index are not looked at: their leaves and the tree are
 */
public record VerificationPlan(
        ContainerCheck check,
        String basis,
        VerificationProgress progress,
        int threads,
        CheckpointTrust trust,
        List<KeptCheckpoint> kept,
        long from) {

    private static final int MAX_THREADS = 256;
    private static final int MAX_KEPT = 10_000;

    public VerificationPlan {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("from 1 to " + MAX_THREADS + " threads verify");
        }
        if (kept.size() > MAX_KEPT || from < 0) {
            throw new IllegalArgumentException("at most " + MAX_KEPT + " checkpoints, and an index from 0");
        }
        kept = List.copyOf(kept);
    }

    /** By this check, with a thread for each processor. */
    public static VerificationPlan of(ContainerCheck check) {
        int processors = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        return new VerificationPlan(
                check, "", VerificationProgress.NONE, processors, CheckpointTrust.NONE, List.of(), 0);
    }

    /** The same; its check goes by this. */
    public VerificationPlan onTheBasisOf(String other) {
        return new VerificationPlan(check, other, progress, threads, trust, kept, from);
    }

    /** The same, heard by this. */
    public VerificationPlan heardBy(VerificationProgress other) {
        return new VerificationPlan(check, basis, other, threads, trust, kept, from);
    }

    /** The same with so many threads. */
    public VerificationPlan withThreads(int count) {
        return new VerificationPlan(check, basis, progress, count, trust, kept, from);
    }

    /** The same, believing these. */
    public VerificationPlan trusting(CheckpointTrust other) {
        return new VerificationPlan(check, basis, progress, threads, other, kept, from);
    }

    /** The same, compared with what is known from elsewhere. */
    public VerificationPlan comparedWith(List<KeptCheckpoint> checkpoints) {
        return new VerificationPlan(check, basis, progress, threads, trust, checkpoints, from);
    }

    /** The same, without looking at the containers before this index. */
    public VerificationPlan lookingFrom(long index) {
        return new VerificationPlan(check, basis, progress, threads, trust, kept, index);
    }

    /** What decides what is found, in one line: a state of verifying is only taken up on the same terms. */
    public String terms() {
        String heads = kept.stream()
                .map(checkpoint -> checkpoint.size() + ":"
                        + HexFormat.of().formatHex(checkpoint.root()).substring(0, 16))
                .sorted()
                .collect(Collectors.joining(" "));
        return "basis [" + basis + "] from " + from + " quorum " + trust.quorum() + " known [" + heads + "]";
    }
}
