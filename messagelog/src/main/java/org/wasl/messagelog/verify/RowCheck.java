package org.wasl.messagelog.verify;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.erasure.ErasureRecord.Range;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.leaf.Payload;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.verify.CheckedRow.Content;
import org.wasl.security.container.ContainerContent;
import org.wasl.security.container.DocumentVerifier;

/** Looks at one row by itself: its leaf, its container, its evidence. Safe for many threads. */
final class RowCheck {

    private static final Logger LOG = LoggerFactory.getLogger(RowCheck.class);

    private final ContainerCheck check;
    private final EvidenceReader evidence;
    private final LogSource source;

    /**
     * @param source where the whole of a container is whose row holds a card
     */
    RowCheck(ContainerCheck check, EvidenceReader evidence, LogSource source) {
        this.check = check;
        this.source = source;
        this.evidence = evidence;
    }

    /** Looks at a leaf whose container is not asked for. */
    static CheckedRow leafOnly(FoundLeaf found) {
        return leafOnly(found.index(), found.leaf(), found.leafHash());
    }

    private static CheckedRow leafOnly(long index, Leaf leaf, byte[] leafHash) {
        boolean fits = leaf.encodable() && MessageDigest.isEqual(leaf.hash(index), leafHash);
        return new CheckedRow(
                index, leaf.atMillis(), leafHash, fits ? null : leaf, Content.NONE, null, List.of(), List.of());
    }

    CheckedRow check(LogRow row) {
        CheckedRow leaf = leafOnly(row.index(), row.leaf(), row.leafHash());
        if (leaf.unfitting() != null) {
            return leaf;
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
                findings.announces,
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
            Optional<ContainerContent> whole = committed(row, payload, commitment);
            if (whole.isPresent()) {
                subject(row, payload, findings);
                return document(row, whole.get(), findings);
            }
            findings.add(
                    DamageKind.ALTERED_CONTAINER, "the container does not have the commitment that stands in its leaf");
            return Content.NONE;
        }
        subject(row, payload, findings);
        findings.announces = ErasureRule.announcedBy(row, payload);
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

    /** The container, when the row holds its card, and it has the leaf's commitment, and the card is its own. */
    private Optional<ContainerContent> committed(LogRow row, Payload payload, byte @Nullable [] commitment) {
        if (commitment == null) {
            return Optional.empty();
        }
        try {
            Optional<ContainerContent> whole = source.whole(row.index());
            boolean right = whole.isPresent()
                    && MessageDigest.isEqual(payload.commitment(whole.get()), commitment)
                    && DocumentVerifier.isCard(payload.container(), whole.get());
            return right ? whole : Optional.empty();
        } catch (IOException | LogStoreException e) {
            // What cannot be read does not have the commitment.
            LOG.warn("The document of leaf {} cannot be read", row.index(), e);
            return Optional.empty();
        }
    }

    private Content document(LogRow row, ContainerContent whole, Findings findings) {
        try {
            ContainerFinding finding = check.examine(
                    row.index(), row.leaf(), whole, evidence.of(row.leaf(), row.index(), findings.damages));
            if (finding instanceof ContainerFinding.Genuine genuine) {
                findings.compromisedFrom = genuine.compromisedFrom();
                return Content.GENUINE;
            }
            if (finding instanceof ContainerFinding.Bad bad) {
                findings.add(bad.kind(), bad.detail());
            }
            return finding instanceof ContainerFinding.Refusal ? Content.REFUSAL : Content.PRESENT;
        } catch (IOException e) {
            findings.add(DamageKind.ALTERED_CONTAINER, "the container cannot be read: " + e.getMessage());
            return Content.NONE;
        }
    }

    private static void subject(LogRow row, Payload payload, Findings findings) {
        byte[] inLeaf = row.leaf().subject();
        byte[] hash = row.subjectHash();
        if (inLeaf == null && hash == null) {
            return;
        }
        if (hash == null) {
            findings.add(
                    DamageKind.MISSING_SUBJECT,
                    "the keyed hash of the leaf's subject, by which it is found, is not there");
            return;
        }
        byte[] expected = row.leaf().commitsToSubject() ? payload.subjectCommitment(hash) : hash;
        if (inLeaf == null || !MessageDigest.isEqual(expected, inLeaf)) {
            findings.add(
                    DamageKind.ALTERED_SUBJECT,
                    "the keyed hash of the leaf's subject, by which it is found, is not the one that the leaf names");
        }
    }

    /** What is found in one row. */
    private static final class Findings {
        private final LogRow row;
        private final List<Damage> damages = new ArrayList<>(0);
        private @Nullable Instant compromisedFrom;
        private List<Range> announces = List.of();

        Findings(LogRow row) {
            this.row = row;
        }

        void add(DamageKind kind, String detail) {
            damages.add(new Damage(kind, row.index(), detail));
        }
    }
}
