package org.wasl.messagelog.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wasl.messagelog.store.LogRow;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.security.certificate.RevocationEvidence;

/** Reads the evidence that leaves name, and looks whether it is what its name says. Many leaves name the same. */
final class EvidenceReader {

    private static final int REMEMBERED = 256;

    private final LogSource source;
    private final Map<String, Optional<RevocationEvidence>> read = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<RevocationEvidence>> eldest) {
            return size() > REMEMBERED;
        }
    };

    EvidenceReader(LogSource source) {
        this.source = source;
    }

    /** The evidence of this row that is there and right; what is not, is a damage. */
    List<RevocationEvidence> of(LogRow row, DamageList damages) {
        List<RevocationEvidence> evidence = new ArrayList<>();
        for (String digest : row.leaf().evidenceDigests()) {
            try {
                Optional<RevocationEvidence> piece = read(digest);
                if (piece.isEmpty()) {
                    damages.add(DamageKind.MISSING_EVIDENCE, row.index(), "the evidence " + digest + " is not there");
                } else if (!genuine(piece.get())) {
                    damages.add(
                            DamageKind.ALTERED_EVIDENCE,
                            row.index(),
                            "the evidence " + digest + " does not have the digest that names it");
                } else {
                    evidence.add(piece.get());
                }
            } catch (LogStoreException e) {
                damages.add(
                        DamageKind.MISSING_EVIDENCE, row.index(), "the evidence " + digest + " cannot be read: " + e);
            }
        }
        return evidence;
    }

    private Optional<RevocationEvidence> read(String digest) throws LogStoreException {
        Optional<RevocationEvidence> known = read.get(digest);
        if (known == null) {
            known = source.evidence(digest);
            read.put(digest, known);
        }
        return known;
    }

    private static boolean genuine(RevocationEvidence piece) {
        return RevocationEvidence.of(piece.kind(), piece.octets()).digest().equals(piece.digest());
    }
}
