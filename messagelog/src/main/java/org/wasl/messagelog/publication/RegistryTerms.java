package org.wasl.messagelog.publication;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.wasl.messagelog.note.CheckpointSigner;
import org.wasl.messagelog.note.NoteSigner;
import org.wasl.messagelog.note.SignatureType;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.keys.CheckpointKey;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.EvidencePolicy;
import org.wasl.security.registry.NoteKey;
import org.wasl.security.registry.RegisteredWitness;
import org.wasl.security.registry.Registry;

/**
 * What the registry in force says of the log that this member operates. Its origin is the name of the newest key for
 * checkpoints that the registry lists and this node has: so a new epoch begins when the authority lists one of a new
 * name, and not because the operator wants it.
 */
public final class RegistryTerms implements Supplier<PublicationTerms> {

    private final CurrentRegistry registry;
    private final MemberId operator;
    private final Supplier<List<CheckpointKey>> keys;
    private final Clock clock;

    /**
     * @param operator the member that operates the log
     * @param keys its keys for checkpoints that this node has
     */
    public RegistryTerms(CurrentRegistry registry, MemberId operator, Supplier<List<CheckpointKey>> keys, Clock clock) {
        this.registry = registry;
        this.operator = operator;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public PublicationTerms get() {
        Registry current = registry.get();
        Instant now = clock.instant();
        return new PublicationTerms(
                signer(current, now),
                witnesses(current, now),
                current.evidence()
                        .flatMap(EvidencePolicy::witnessing)
                        .map(asked -> new PublicationTerms.Witnessing(
                                asked.quorum(), asked.alarmAfter(), asked.refuseAfter())));
    }

    private Optional<NoteSigner> signer(Registry current, Instant now) {
        List<CheckpointKey> held = keys.get();
        return current.member(operator).stream()
                .flatMap(member -> member.noteKeys().stream())
                .filter(listed -> listed.use() == NoteKey.Use.CHECKPOINT && RegistryLogs.holds(listed, now))
                .sorted(Comparator.comparing(NoteKey::validFrom).reversed())
                .flatMap(listed -> held.stream()
                        .filter(key -> key.publicKey().equals(listed.key()))
                        .map(key -> (NoteSigner) new CheckpointSigner(listed.name(), SignatureType.ED25519, key)))
                .findFirst();
    }

    private List<PublicationTerms.AskedWitness> witnesses(Registry current, Instant now) {
        List<PublicationTerms.AskedWitness> asked = new ArrayList<>();
        for (RegisteredWitness witness : current.witnesses()) {
            URI address = witness.address();
            // Whoever keeps a log is no witness of it.
            if (address != null && witness.validAt(now) && !operator.equals(witness.member())) {
                asked.add(new PublicationTerms.AskedWitness(
                        witness.party(),
                        new VerifierKey(witness.name(), SignatureType.COSIGNATURE_V1, witness.key()),
                        prefix(address)));
            }
        }
        return asked;
    }

    private static URI prefix(URI address) {
        String text = address.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : address;
    }
}
