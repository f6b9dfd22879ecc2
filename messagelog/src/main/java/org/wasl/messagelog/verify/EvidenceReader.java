package org.wasl.messagelog.verify;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wasl.messagelog.leaf.Leaf;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.security.certificate.RevocationEvidence;

/**
 * Reads the evidence that leaves name, and looks whether it is what its name says. Many leaves name the same: what was
 * found is remembered, and the same list given out again. Safe for many threads, one of which reads at a time.
 */
final class EvidenceReader {

    private static final int REMEMBERED = 256;

    private final LogSource source;
    private final Map<ByteBuffer, Found> read = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Found> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** What a leaf's evidence amounts to: what is there and right, and what is wrong with the rest. */
    private record Found(List<RevocationEvidence> evidence, List<Wrong> wrong) {}

    private record Wrong(DamageKind kind, String detail) {}

    EvidenceReader(LogSource source) {
        this.source = source;
    }

    /** The evidence of this leaf that is there and right; what is not, is a damage. */
    List<RevocationEvidence> of(Leaf leaf, long index, List<Damage> damages) {
        byte[] named = leaf.evidence();
        if (named == null) {
            return List.of();
        }
        Found found = found(leaf, ByteBuffer.wrap(named));
        found.wrong().forEach(wrong -> damages.add(new Damage(wrong.kind(), index, wrong.detail())));
        return found.evidence();
    }

    private synchronized Found found(Leaf leaf, ByteBuffer name) {
        return read.computeIfAbsent(name, unknown -> read(leaf.evidenceDigests()));
    }

    private Found read(List<String> digests) {
        List<RevocationEvidence> evidence = new ArrayList<>();
        List<Wrong> wrong = new ArrayList<>();
        for (String digest : digests) {
            try {
                Optional<RevocationEvidence> piece = source.evidence(digest);
                if (piece.isEmpty()) {
                    wrong.add(new Wrong(DamageKind.MISSING_EVIDENCE, "the evidence " + digest + " is not there"));
                } else if (!genuine(piece.get())) {
                    wrong.add(new Wrong(
                            DamageKind.ALTERED_EVIDENCE,
                            "the evidence " + digest + " does not have the digest that names it"));
                } else {
                    evidence.add(piece.get());
                }
            } catch (LogStoreException e) {
                wrong.add(new Wrong(
                        DamageKind.MISSING_EVIDENCE, "the evidence " + digest + " cannot be read: " + e.getMessage()));
            }
        }
        return new Found(List.copyOf(evidence), List.copyOf(wrong));
    }

    private static boolean genuine(RevocationEvidence piece) {
        return RevocationEvidence.of(piece.kind(), piece.octets()).digest().equals(piece.digest());
    }
}
