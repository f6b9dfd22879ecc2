package org.wasl.routes.broker;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One broker that stands alone: where it is, its key, and the other of its pair.
 *
 * @param name what it is called in its log
 * @param address where members reach it; its certificate names that host
 * @param bind the address at which it listens
 * @param keyStore PKCS#12 with its TLS key and certificate, good for a server and a client
 * @param keyStorePassword its password
 * @param pair the other broker of its pair; empty when it stands alone
 */
public record BrokerSite(
        String name, BrokerAddress address, String bind, Path keyStore, String keyStorePassword, Optional<Pair> pair) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9])?");

    public BrokerSite {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a broker's name is made of letters, digits, hyphens and underscores");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return name + " at " + address;
    }

    /**
     * The other broker of a pair that replicates. Both are configured alike: whichever gets the lock serves, the other one
     * follows it and takes its place.
     *
     * @param peer where it is
     * @param certificate its TLS certificate
     * @param locks the directory of the locks, which both see
     * @param secret what both show each other
     */
    public record Pair(BrokerAddress peer, X509Certificate certificate, Path locks, String secret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "pair with " + peer;
        }
    }
}
