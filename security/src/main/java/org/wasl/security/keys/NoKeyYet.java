package org.wasl.security.keys;

import java.security.cert.X509Certificate;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.security.crypto.SignatureMethod;

/** Stands for the key of a member whose first short-term certificate could not be had yet. */
record NoKeyYet(MemberId member) implements SigningKey {

    @Override
    public X509Certificate certificate() {
        throw unavailable();
    }

    @Override
    public String algorithm() {
        return SignatureMethod.ECDSA_P256_SHA256.uri();
    }

    @Override
    public byte[] sign(byte[] octets) {
        throw unavailable();
    }

    private KeyUnavailableException unavailable() {
        return new KeyUnavailableException("there is no short-term certificate of " + member + " yet");
    }
}
