package org.wasl.messagelog.verify;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.merkle.CompactRange;
import org.wasl.messagelog.store.CommitMark;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.TreeHead;

/**
 * Verifies a log offline, without any key: recomputes every leaf from its fields, every commitment from its container,
 * and the RFC 6962 root at every commit. It reads row by row, so its memory does not grow with the log; it may run beside
 * the node, and then verifies what was there when it began.
 *
 * <p>Whoever may write the whole store can also make all of it fit anew: that only heads known from elsewhere show,
 * which is what checkpoints are for.
 */
public final class LogVerifier {

    private static final int ROWS_AT_ONCE = 256;

    private final ContainerCheck check;
    private final VerificationProgress progress;
    private final List<CommitMark> known;

    /**
     * A verifier.
     *
     * @param check what else each container must pass
     * @param progress hears how far it has come
     * @param known sizes and roots of this log that are known from elsewhere
     */
    public LogVerifier(ContainerCheck check, VerificationProgress progress, List<CommitMark> known) {
        this.check = check;
        this.progress = progress;
        this.known = known.stream()
                .sorted(Comparator.comparingLong(CommitMark::size))
                .toList();
    }

    /** Verifies the whole log. What cannot be read is a damage too. */
    public LogVerdict verify(LogSource source) {
        Pass pass = new Pass(source);
        try {
            pass.head = source.head();
            pass.run();
        } catch (LogStoreException e) {
            pass.damages.add(DamageKind.UNREADABLE, pass.next, explained(e));
        }
        return pass.verdict();
    }

    private static String explained(Throwable e) {
        return e.getCause() == null ? e.getMessage() + "" : e.getMessage() + ": " + explained(e.getCause());
    }

    /** One pass over one log. */
    private final class Pass {
        private final LogSource source;
        private final DamageList damages = new DamageList();
        private final RootCheck roots;
        private final EvidenceReader evidence;
        private TreeHead head = TreeHead.of(CompactRange.empty());
        private long next;
        private long containers;
        private long erased;
        private long leavesRead;

        Pass(LogSource source) {
            this.source = source;
            this.roots = new RootCheck(source, damages, known);
            this.evidence = new EvidenceReader(source);
        }

        void run() throws LogStoreException {
            while (next < head.size()) {
                int rows = (int) Math.min(ROWS_AT_ONCE, head.size() - next);
                long before = leavesRead;
                roots.prepare(rows);
                source.scan(next, rows, this::visit);
                progress.verified(next, head.size());
                if (leavesRead == before) {
                    break;
                }
            }
            if (next < head.size()) {
                roots.broken();
                damages.add(DamageKind.TRUNCATED, next, "the log ends here, its recorded size is " + head.size());
            }
            finish();
        }

        private void finish() throws LogStoreException {
            roots.compare(head.root(), "the root of the log's recorded head");
            for (CommitMark mark : known) {
                if (mark.size() > head.size()) {
                    damages.add(
                            DamageKind.TRUNCATED,
                            head.size(),
                            "the log ends here, but is known to have had " + mark.size() + " leaves");
                }
            }
            // Rows first, then the head: what a running node adds meanwhile is recorded with its head.
            List<Long> beyond = new ArrayList<>();
            source.scan(head.size(), ROWS_AT_ONCE, row -> beyond.add(row.index()));
            List<CommitMark> later = source.commits(head.size(), ROWS_AT_ONCE);
            long recorded = source.head().size();
            if (!later.isEmpty() && later.get(0).size() > recorded) {
                damages.add(
                        DamageKind.TRUNCATED,
                        recorded,
                        "the log ends here, but a commit of " + later.get(0).size() + " leaves is recorded");
            }
            for (long index : beyond) {
                if (index >= recorded) {
                    damages.add(DamageKind.EXTRA_LEAF, index, "the leaf lies beyond the recorded size " + recorded);
                }
            }
        }

        private void visit(LogRow row) {
            leavesRead++;
            if (row.index() >= head.size()) {
                return;
            }
            if (row.index() < next) {
                damages.add(DamageKind.EXTRA_LEAF, row.index(), "there is more than one leaf at this index");
                return;
            }
            if (row.index() > next) {
                roots.broken();
                damages.add(
                        DamageKind.MISSING_LEAF,
                        next,
                        "the leaves from " + next + " to " + (row.index() - 1) + " are missing");
            }
            next = row.index() + 1;
            boolean fits =
                    row.leaf().encodable() && MessageDigest.isEqual(row.leaf().hash(row.index()), row.leafHash());
            if (fits) {
                container(row);
            } else {
                damages.addUnfitting(row);
            }
            // Also of a leaf that does not fit: its recorded hash shows whether the rest of the tree is as it was.
            roots.append(row.leafHash());
        }

        private void container(LogRow row) {
            Payload payload = row.payload();
            if (payload == null) {
                if (row.erased()) {
                    erased++;
                } else {
                    damages.add(
                            DamageKind.MISSING_CONTAINER,
                            row.index(),
                            "the container is not there, and nothing says that it was erased");
                }
                return;
            }
            byte[] commitment = row.leaf().commitment();
            if (commitment == null || !MessageDigest.isEqual(payload.commitment(), commitment)) {
                damages.add(
                        DamageKind.ALTERED_CONTAINER,
                        row.index(),
                        "the container does not have the commitment that stands in its leaf");
                return;
            }
            // What was refused before there was a message has an empty one.
            if (payload.container().length > 0) {
                containers++;
            }
            Optional<String> refusal =
                    check.refuse(row.index(), row.leaf(), payload.container(), evidence.of(row, damages));
            refusal.ifPresent(reason -> damages.add(DamageKind.REFUSED_CONTAINER, row.index(), reason));
        }

        LogVerdict verdict() {
            return damages.isEmpty()
                    ? new LogVerdict.Intact(head.size(), head.root(), containers, erased)
                    : new LogVerdict.Damaged(head.size(), leavesRead, damages.count(), damages.sorted());
        }
    }
}
