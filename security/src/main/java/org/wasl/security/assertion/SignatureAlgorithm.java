package org.wasl.security.assertion;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.wasl.security.crypto.SignatureMethod;

/** The algorithms (RFC 7518, RFC 8037) that an assertion may be signed with: this list, before anything is computed. */
enum SignatureAlgorithm {
    ES256("ES256", SignatureMethod.ECDSA_P256_SHA256),
    EDDSA("EdDSA", SignatureMethod.ED25519),
    RS256("RS256", SignatureMethod.RSA_SHA256);

    private final String wireName;
    private final SignatureMethod method;

    SignatureAlgorithm(String wireName, SignatureMethod method) {
        this.wireName = wireName;
        this.method = method;
    }

    SignatureMethod method() {
        return method;
    }

    /** Whether the key is of this algorithm's type and strength; an RSA key must have 3072 bits. */
    boolean takes(PublicKey key) {
        return method.takes(key);
    }

    /** The algorithm of exactly that name; empty when it is not allowed. */
    static Optional<SignatureAlgorithm> named(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.wireName.equals(name))
                .findFirst();
    }
}
