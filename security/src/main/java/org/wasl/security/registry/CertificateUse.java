package org.wasl.security.registry;

/** What a certificate is for; one is never used for another's purpose. */
public enum CertificateUse {
    /** Signs messages. */
    MESSAGE,
    /** Proves who speaks on a connection. */
    TLS,
    /** Signs checkpoints of a message log. */
    CHECKPOINT,
    /** Receives encrypted payloads. */
    ENCRYPTION,
    /** Signs time-stamps. */
    TIMESTAMP,
    /** Cosigns checkpoints of others' message logs; it never has a certificate, its key is a note key. */
    WITNESS;

    /** Whether its keys sign notes: Ed25519, known by the key itself and not by a certificate. */
    public boolean signsNotes() {
        return this == CHECKPOINT || this == WITNESS;
    }
}
