package org.wasl.messagelog.note;

/** Signs notes under a name. Safe for many threads. */
public interface NoteSigner {

    /** By what the signatures are verified. */
    VerifierKey verifierKey();

    /**
     * Signs octets with Ed25519.
     *
     * @return 64 octets
     * @throws org.wasl.security.keys.KeyUnavailableException when the key cannot be used now
     */
    byte[] sign(byte[] octets);
}
