package org.wasl.messagelog.verify;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.verify.CheckedRow.Content;

/** Looks at one row by itself: its leaf, its container, its evidence. Safe for many threads. */
final class RowCheck {

    private final ContainerCheck check;
    private final EvidenceReader evidence;

    RowCheck(ContainerCheck check, EvidenceReader evidence) {
        this.check = check;
        this.evidence = evidence;
    }

    CheckedRow check(LogRow row) {
        boolean fits =
                row.leaf().encodable() && MessageDigest.isEqual(row.leaf().hash(row.index()), row.leafHash());
        if (!fits) {
            return new CheckedRow(
                    row.index(), row.leaf().atMillis(), row.leafHash(), row.leaf(), Content.NONE, null, List.of());
        }
        Findings findings = new Findings(row);
        Content content = content(row, findings);
        return new CheckedRow(
                row.index(),
                row.leaf().atMillis(),
                row.leafHash(),
                null,
                content,
                findings.compromisedFrom,
                List.copyOf(findings.damages));
    }

    private Content content(LogRow row, Findings findings) {
        Payload payload = row.payload();
        if (payload == null) {
            if (row.erased()) {
                return Content.ERASED;
            }
            findings.add(
                    DamageKind.MISSING_CONTAINER, "the container is not there, and nothing says that it was erased");
            return Content.NONE;
        }
        byte[] commitment = row.leaf().commitment();
        if (commitment == null || !MessageDigest.isEqual(payload.commitment(), commitment)) {
            findings.add(
                    DamageKind.ALTERED_CONTAINER, "the container does not have the commitment that stands in its leaf");
            return Content.NONE;
        }
        ContainerFinding finding = check.examine(
                row.index(), row.leaf(), payload.container(), evidence.of(row.leaf(), row.index(), findings.damages));
        if (finding instanceof ContainerFinding.Genuine genuine) {
            findings.compromisedFrom = genuine.compromisedFrom();
            return Content.GENUINE;
        }
        if (finding instanceof ContainerFinding.Refusal) {
            return payload.container().length > 0 ? Content.REFUSAL : Content.EMPTY;
        }
        if (finding instanceof ContainerFinding.Bad bad) {
            findings.add(bad.kind(), bad.detail());
        }
        return payload.container().length > 0 ? Content.PRESENT : Content.EMPTY;
    }

    /** What is found in one row. */
    private static final class Findings {
        private final LogRow row;
        private final List<Damage> damages = new ArrayList<>(0);
        private @Nullable Instant compromisedFrom;

        Findings(LogRow row) {
            this.row = row;
        }

        void add(DamageKind kind, String detail) {
            damages.add(new Damage(kind, row.index(), detail));
        }
    }
}
