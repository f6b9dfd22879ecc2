package org.wasl.messagelog.publication;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wasl.messagelog.note.SignatureType;
import org.wasl.messagelog.note.VerifierKey;
import org.wasl.messagelog.witness.WitnessedLogs;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.registry.CurrentRegistry;
import org.wasl.security.registry.NoteKey;

/** The logs of all members of the registry in force, by the names of their keys for checkpoints. */
public final class RegistryLogs implements WitnessedLogs {

    private final CurrentRegistry registry;
    private final @Nullable MemberId witness;
    private final Clock clock;

    /** @param witness whose own logs are not watched; null for a witness that is no member */
    public RegistryLogs(CurrentRegistry registry, @Nullable MemberId witness, Clock clock) {
        this.registry = registry;
        this.witness = witness;
        this.clock = clock;
    }

    @Override
    public List<VerifierKey> keys(String origin) {
        Instant now = clock.instant();
        return registry.get().members().stream()
                .filter(member -> !member.id().equals(witness))
                .flatMap(member -> member.noteKeys().stream())
                .filter(key -> key.use() == NoteKey.Use.CHECKPOINT && key.name().equals(origin) && holds(key, now))
                .map(key -> new VerifierKey(key.name(), SignatureType.ED25519, key.key()))
                .toList();
    }

    /** Whether the registry accepts this key at this instant. */
    static boolean holds(NoteKey key, Instant now) {
        Instant compromised = key.compromisedFrom();
        return !now.isBefore(key.validFrom())
                && now.isBefore(key.validTo())
                && (compromised == null || now.isBefore(compromised));
    }
}
