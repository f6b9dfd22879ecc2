package org.wasl.security.certificate;

import java.util.Set;

/** The algorithms by which certificates, lists and OCSP responses may be signed, by object identifier; no other. */
public final class AcceptedSignatures {

    private static final Set<String> OBJECT_IDENTIFIERS = Set.of(
            // ECDSA with SHA-256, SHA-384, SHA-512
            "1.2.840.10045.4.3.2",
            "1.2.840.10045.4.3.3",
            "1.2.840.10045.4.3.4",
            // RSA (PKCS #1 v1.5) with SHA-256, SHA-384, SHA-512
            "1.2.840.113549.1.1.11",
            "1.2.840.113549.1.1.12",
            "1.2.840.113549.1.1.13",
            // Ed25519
            "1.3.101.112");

    private AcceptedSignatures() {}

    /** Whether that algorithm is one of them. */
    public static boolean contains(String objectIdentifier) {
        return OBJECT_IDENTIFIERS.contains(objectIdentifier);
    }
}
