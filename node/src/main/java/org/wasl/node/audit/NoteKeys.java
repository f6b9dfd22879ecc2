package org.wasl.node.audit;

import java.util.List;
import org.wasl.messagelog.note.SignatureType;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.security.registry.EvidencePolicy;
import org.wasl.security.registry.Member;
import org.wasl.security.registry.NoteKey;
import org.wasl.security.registry.RegisteredWitness;
import org.wasl.security.registry.Registry;

/** Whose signatures of checkpoints count, by one version of the registry. */
final class NoteKeys {

    private final Registry registry;

    NoteKeys(Registry registry) {
        this.registry = registry;
    }

    /** The keys of the log of this origin. */
    List<VerifierKey> logs(String origin) {
        return registry.members().stream()
                .flatMap(member -> member.noteKeys().stream())
                .filter(key -> key.use() == NoteKey.Use.CHECKPOINT && key.name().equals(origin))
                .map(key -> new VerifierKey(key.name(), SignatureType.ED25519, key.key()))
                .toList();
    }

    /** Those who may witness the log of this origin: its own operator does not count. */
    List<RegisteredWitness> witnesses(String origin) {
        return registry.witnesses().stream()
                .filter(witness -> registry.members().stream()
                        .filter(member -> operates(member, origin))
                        .noneMatch(member -> member.id().equals(witness.member())))
                .toList();
    }

    /** A witness' key as notes name it. */
    static VerifierKey key(RegisteredWitness witness) {
        return new VerifierKey(witness.name(), SignatureType.COSIGNATURE_V1, witness.key());
    }

    private static boolean operates(Member member, String origin) {
        return member.noteKeys().stream()
                .anyMatch(
                        key -> key.use() == NoteKey.Use.CHECKPOINT && key.name().equals(origin));
    }

    /** How many witnesses must have cosigned; 0 when the registry does not ask for any. */
    int quorum() {
        return registry.evidence()
                .flatMap(EvidencePolicy::witnessing)
                .map(EvidencePolicy.Witnessing::quorum)
                .orElse(0);
    }
}
