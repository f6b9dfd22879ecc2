package org.wasl.security.registry;

import java.util.Locale;

/** What a certificate is for; one is never used for another's purpose. */
public enum CertificateUse {
    /** Signs messages. */
    MESSAGE,
    /** Issues message certificates for hours to its own member, and signs nothing else. */
    MESSAGE_ISSUER,
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

    /** Its name in files and labels; none begins with another's, for names of later keys begin with their use's. */
    public String fileName() {
        return this == MESSAGE_ISSUER ? "issuer" : name().toLowerCase(Locale.ROOT);
    }

    /** Whether its keys sign notes: Ed25519, known by the key itself and not by a certificate. */
    public boolean signsNotes() {
        return this == CHECKPOINT || this == WITNESS;
    }
}
