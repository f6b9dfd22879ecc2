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
    TIMESTAMP
}
