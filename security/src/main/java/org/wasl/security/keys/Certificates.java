package org.wasl.security.keys;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/** What a certificate must be to become a key's. */
final class Certificates {

    private Certificates() {}

    static void checkSameKey(HeldKey key, List<X509Certificate> chain) throws GeneralSecurityException {
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("a key needs its certificate");
        }
        byte[] held = key.certificate().getPublicKey().getEncoded();
        if (!Arrays.equals(held, chain.get(0).getPublicKey().getEncoded())) {
            throw new GeneralSecurityException("the certificate is for another key than " + key.name());
        }
    }
}
