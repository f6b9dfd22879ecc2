package org.wasl.node.configuration;

import java.security.KeyStore;

/**
 * What the agencies' edge needs for TLS.
 *
 * @param server the server's key and certificate chain, one entry
 * @param password the password of that entry
 * @param clientAuthorities the authorities whose client certificates are let in; the registry then decides
 */
record TlsMaterial(KeyStore server, String password, KeyStore clientAuthorities) {

    @Override
    public String toString() {
        return "TlsMaterial";
    }
}
