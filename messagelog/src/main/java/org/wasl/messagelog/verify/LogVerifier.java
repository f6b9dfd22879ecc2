package org.wasl.messagelog.verify;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.TreeHead;

/**
 * Verifies a log offline, without any key: recomputes every leaf from its fields, every commitment from its container,
 * and the RFC 6962 root at every commit. It may run beside the node, and then verifies what was there when it began.
 *
 * <p>Threads take ranges of rows, read and look at them; what they find is put together in the rows' order. Each has one
 * container at a time in memory and few ranges are under way at once, so memory grows neither with the log nor with the
 * size of ranges.
 *
 * <p>Whoever may write the whole store can also make all of it fit anew: that only checkpoints known from elsewhere show,
 * which is what they are for.
 */
public final class LogVerifier {

    private static final int ROWS_AT_ONCE = 256;

    /** How many leaves may have to be verified again after a stop. */
    private static final int KEPT_EVERY_LEAVES = 50_000;

    /** Readers that are needed beside those that scan: one for evidence, one for roots. */
    private static final int OTHER_READERS = 2;

    private final VerificationPlan plan;

    /** A verifier that goes by this plan. */
    public LogVerifier(VerificationPlan plan) {
        this.plan = plan;
    }

    /**
     * Verifies the whole log. What cannot be read is a damage too.
     *
     * @throws CancellationException when the calling thread is interrupted, which it then still is
     */
    public LogVerdict verify(LogSource source) {
        try {
            return verify(source, null);
        } catch (IOException e) {
            throw new IllegalStateException("nothing is written without a file", e);
        }
    }

    /**
     * Goes on from where the file says that verifying had come, and keeps there how far it comes.
     *
     * @param file one that {@link VerificationFile#refusal} does not refuse
     * @throws IOException when the file cannot be read or written
     * @throws CancellationException when the calling thread is interrupted, which it then still is
     */
    public LogVerdict verify(LogSource source, @Nullable VerificationFile file) throws IOException {
        DamageList damages = new DamageList();
        TreeHead head = TreeHead.of(CompactRange.empty());
        Tally tally = Tally.ZERO;
        try {
            head = source.head();
            Reduction reduction = new Reduction(source, head, plan, damages);
            Optional<VerificationFile.Kept> kept = file == null ? Optional.empty() : file.read();
            if (kept.isPresent()) {
                reduction.restore(kept.get().fields());
            }
            Memory memory = new Memory(file, file == null ? new UUID(0, 0) : source.logId(), reduction);
            tally = verify(source, head, reduction, damages, memory);
        } catch (LogStoreException e) {
            damages.add(DamageKind.UNREADABLE, 0, explained(e));
        }
        return damages.isEmpty()
                ? new LogVerdict.Intact(head.size(), head.root(), tally)
                : new LogVerdict.Damaged(head.size(), tally, damages.count(), damages.sorted());
    }

    private Tally verify(LogSource source, TreeHead head, Reduction reduction, DamageList damages, Memory memory)
            throws IOException {
        ChunkCheck check =
                new ChunkCheck(source, new RowCheck(plan.check(), new EvidenceReader(source), source), plan.trust());
        int threads = Math.max(1, Math.min(plan.threads(), source.readers() - OTHER_READERS));
        ExecutorService workers = Executors.newFixedThreadPool(threads, names());
        try {
            new Pass(check, workers, threads, head.size()).run(reduction, memory);
            memory.keep();
            reduction.finish();
        } catch (LogStoreException e) {
            damages.add(DamageKind.UNREADABLE, reduction.next(), explained(e));
        } finally {
            check.cancel();
            end(workers);
        }
        return reduction.tally();
    }

    /** Keeps from time to time how far it has come. */
    private final class Memory {
        private final @Nullable VerificationFile file;
        private final UUID log;
        private final Reduction reduction;
        private long keptAt;

        Memory(@Nullable VerificationFile file, UUID log, Reduction reduction) {
            this.file = file;
            this.log = log;
            this.reduction = reduction;
            this.keptAt = reduction.position();
        }

        void taken() throws IOException {
            if (reduction.position() - keptAt >= KEPT_EVERY_LEAVES) {
                keep();
            }
        }

        void keep() throws IOException {
            keptAt = reduction.position();
            if (file != null) {
                StateFields fields = new StateFields();
                reduction.save(fields);
                file.write(log, plan.terms(), fields);
            }
        }
    }

    /** Until nobody reads any more: the caller closes the source next. */
    private static void end(ExecutorService workers) {
        workers.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = workers.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static ThreadFactory names() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "log-verifier-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static String explained(Throwable e) {
        return e.getCause() == null ? e.getMessage() + "" : e.getMessage() + ": " + explained(e.getCause());
    }

    /** Hands out ranges a bounded way ahead, and takes what comes of them in their order. */
    private final class Pass {
        private final ChunkCheck check;
        private final ExecutorService workers;
        private final int most;
        private final long size;
        private final Deque<Future<CheckedChunk>> ahead = new ArrayDeque<>();
        private long handedOut;

        Pass(ChunkCheck check, ExecutorService workers, int threads, long size) {
            this.check = check;
            this.workers = workers;
            this.most = threads * 2;
            this.size = size;
        }

        void run(Reduction reduction, Memory memory) throws LogStoreException, IOException {
            handedOut = reduction.position();
            while (reduction.position() < size) {
                handOut();
                CheckedChunk chunk = await(ahead.removeFirst());
                LogStoreException failure = chunk.failure();
                if (failure != null) {
                    reduction.take(chunk);
                    throw failure;
                }
                if (chunk.beyondTheEnd()) {
                    return;
                }
                reduction.take(chunk);
                if (chunk.rows().isEmpty() && chunk.beyond() > chunk.to()) {
                    // A gap may be wider than anybody could walk through.
                    reduction.skipTo(Math.min(chunk.beyond(), size));
                    handedOut = reduction.position();
                    ahead.clear();
                }
                memory.taken();
                plan.progress().verified(reduction.position(), size);
            }
        }

        private void handOut() {
            while (ahead.size() < most && handedOut < size) {
                long from = handedOut;
                boolean containers = from >= plan.from();
                long end = containers ? size : Math.min(size, plan.from());
                int count = (int) Math.min(ROWS_AT_ONCE, end - from);
                ahead.add(workers.submit(() -> check.check(from, count, containers)));
                handedOut += count;
            }
        }

        private static CheckedChunk await(Future<CheckedChunk> chunk) {
            try {
                return chunk.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                CancellationException cancelled = new CancellationException("verifying was cancelled");
                cancelled.initCause(e);
                throw cancelled;
            } catch (ExecutionException e) {
                throw new IllegalStateException("looking at rows failed", e.getCause());
            }
        }
    }
}
