package org.wasl.security.registry;

import java.net.URI;
import java.security.PublicKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A member's key for signed notes (C2SP signed-note).
 *
 * @param use what it signs
 * @param name its name, as notes carry it
 * @param key an Ed25519 key
 * @param validFrom from when the registry accepts it
 * @param validTo until when (exclusive) the registry accepts it
 * @param compromisedFrom from when its signatures are worth nothing; null when it is not compromised
 * @param address where the member as a witness takes others' checkpoints (the submission prefix of C2SP tlog-witness);
 *     null when it takes none
 */
public record NoteKey(
        Use use,
        String name,
        PublicKey key,
        Instant validFrom,
        Instant validTo,
        @Nullable Instant compromisedFrom,
        @Nullable URI address) {

    /** What a note key signs. */
    public enum Use {
        /** Checkpoints of the member's own log. */
        CHECKPOINT,
        /** Cosignatures of others' checkpoints. */
        WITNESS
    }
}
