package org.wasl.node.configuration;

import java.security.KeyStore;
import java.security.KeyStoreException;
import org.wasl.security.keys.KeySeparation;

/**
 * What the agencies' edge needs for TLS.
 *
 * @param server the server's key and certificate chain, one entry
 * @param password the password of that entry
 * @param clientAuthorities the authorities whose client certificates are let in; the registry then decides
 */
record TlsMaterial(KeyStore server, String password, KeyStore clientAuthorities) {

    /**
     * The server's key, which no member may have as its own.
     *
     * @throws KeyStoreException when there is no certificate
     */
    KeySeparation.Claim claim() throws KeyStoreException {
        String alias = server.aliases().nextElement();
        return new KeySeparation.Claim(
                "this node's TLS", server.getCertificate(alias).getPublicKey());
    }

    @Override
    public String toString() {
        return "TlsMaterial";
    }
}
