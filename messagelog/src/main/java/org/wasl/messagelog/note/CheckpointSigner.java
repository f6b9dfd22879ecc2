package org.wasl.messagelog.note;

import org.wasl.security.keys.CheckpointKey;

/** Signs notes with a member's key, under the name that the registry gives it. */
public final class CheckpointSigner implements NoteSigner {

    private final VerifierKey verifier;
    private final CheckpointKey key;

    /**
     * @param name the name by which the registry lists the key
     * @param type what it signs
     */
    public CheckpointSigner(String name, SignatureType type, CheckpointKey key) {
        this.verifier = new VerifierKey(name, type, key.publicKey());
        this.key = key;
    }

    @Override
    public VerifierKey verifierKey() {
        return verifier;
    }

    @Override
    public byte[] sign(byte[] octets) {
        return key.sign(octets);
    }
}
