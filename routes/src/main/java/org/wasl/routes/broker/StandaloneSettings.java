package org.wasl.routes.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where a broker of its own is, and how a node reaches it.
 *
 * @param servers where the broker is; of a pair both, in any order
 * @param keyStore PKCS#12 with the member's registered TLS key and certificate
 * @param keyStorePassword its password
 * @param trustStore PKCS#12 with the authorities that certify brokers
 * @param trustStorePassword its password
 * @param connections how many connections senders share
 * @param callTimeout how long one call may take
 * @param silence how long the broker may say nothing before its connection counts as broken
 */
public record StandaloneSettings(
        List<BrokerAddress> servers,
        Path keyStore,
        String keyStorePassword,
        Path trustStore,
        String trustStorePassword,
        int connections,
        Duration callTimeout,
        Duration silence) {

    /** How many servers one broker may have: one that is active and others that wait. */
    public static final int MAX_SERVERS = 8;

    public StandaloneSettings {
        servers = List.copyOf(servers);
        if (servers.isEmpty() || servers.size() > MAX_SERVERS) {
            throw new IllegalArgumentException("a broker has from 1 to " + MAX_SERVERS + " addresses");
        }
        if (connections < 1) {
            throw new IllegalArgumentException("connections must be positive");
        }
        if (callTimeout.toMillis() < 1 || silence.toMillis() < 1) {
            throw new IllegalArgumentException("callTimeout and silence must be positive");
        }
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "broker at " + servers;
    }
}
