package org.wasl.node.edge.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.RecordedCheckpoint;
import org.wasl.security.registry.Registry;
import org.wasl.security.timestamp.TimeStampVerdict;
import org.wasl.security.timestamp.TimeStampVerifier;

/** Tells what covers leaves: the first checkpoint, and the first time-stamped one. For one history; it remembers. */
final class CoverageReader {

    /** How many checkpoints are looked at for a time-stamped one: those of an hour under load. */
    private static final int MAX_CHECKPOINTS = 2_000;

    private final AuditedLog log;
    private final TimeStampVerifier stamps;
    private final Registry registry;
    private final Map<Long, Optional<RecordedCheckpoint>> stamped = new HashMap<>();
    private final Map<Long, TimeStampVerdict> verdicts = new HashMap<>();

    /** @param registry says whom to trust for time-stamps */
    CoverageReader(AuditedLog log, TimeStampVerifier stamps, Registry registry) {
        this.log = log;
        this.stamps = stamps;
        this.registry = registry;
    }

    HistoryView.EvidenceView of(LogRow row) {
        String leafHash = HexFormat.of().formatHex(row.leafHash());
        List<RecordedCheckpoint> covering = log.checkpoints(row.index() + 1, 1);
        if (covering.isEmpty()) {
            return new HistoryView.EvidenceView(leafHash, null, null, null, null, null);
        }
        RecordedCheckpoint first = covering.get(0);
        Optional<RecordedCheckpoint> proven = stamped.computeIfAbsent(first.size(), size -> firstStamped(first));
        Optional<TimeStampVerdict> verdict = proven.map(this::verdict);
        return new HistoryView.EvidenceView(
                leafHash,
                first.size(),
                first.origin(),
                proven.map(RecordedCheckpoint::size).orElse(null),
                verdict.flatMap(CoverageReader::at).map(Instant::toString).orElse(null),
                verdict.flatMap(CoverageReader::refusal).orElse(null));
    }

    private Optional<RecordedCheckpoint> firstStamped(RecordedCheckpoint first) {
        if (first.timeStamp() != null) {
            return Optional.of(first);
        }
        return log.checkpoints(first.size(), MAX_CHECKPOINTS).stream()
                .filter(checkpoint -> checkpoint.timeStamp() != null)
                .findFirst();
    }

    private TimeStampVerdict verdict(RecordedCheckpoint checkpoint) {
        return verdicts.computeIfAbsent(checkpoint.size(), size -> judged(checkpoint));
    }

    private TimeStampVerdict judged(RecordedCheckpoint checkpoint) {
        byte[] token = checkpoint.timeStamp();
        Optional<SignedNote> note = SignedNote.parse(checkpoint.note());
        if (token == null || note.isEmpty()) {
            return new TimeStampVerdict.Refused(TimeStampVerdict.Reason.MALFORMED, "the checkpoint cannot be read");
        }
        return stamps.verify(token, note.get().text().getBytes(StandardCharsets.UTF_8), registry);
    }

    private static Optional<Instant> at(TimeStampVerdict verdict) {
        return verdict instanceof TimeStampVerdict.Proven proven ? Optional.of(proven.at()) : Optional.empty();
    }

    private static Optional<String> refusal(TimeStampVerdict verdict) {
        return verdict instanceof TimeStampVerdict.Refused refused
                ? Optional.of(refused.reason() + ": " + refused.detail())
                : Optional.empty();
    }
}
