package org.wasl.security.keys;

import java.security.PublicKey;
import org.wasl.schemas.identifier.MemberId;

/**
 * The port behind which a key is kept that signs checkpoints: those of a member's log, or others' as a witness, and nothing
 * else. Safe for many threads.
 */
public interface CheckpointKey {

    /** Whose key it is. */
    MemberId member();

    /** Its public half, Ed25519, as the registry lists it among the member's note keys. */
    PublicKey publicKey();

    /**
     * Signs the text of a note.
     *
     * @return an Ed25519 signature: 64 octets
     * @throws KeyUnavailableException when the key cannot be used now
     */
    byte[] sign(byte[] note);
}
