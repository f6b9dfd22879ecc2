package org.wasl.security.registry;

/** What a certificate is for; one is never used for another's purpose. */
public enum CertificateUse {
    MESSAGE,
    TLS,
    CHECKPOINT
}
