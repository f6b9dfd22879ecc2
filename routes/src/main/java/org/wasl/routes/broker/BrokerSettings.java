package org.wasl.routes.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The bounds of the embedded broker.
 *
 * @param directory where its journal and pages are
 * @param addressMemoryBytes how much of one queue is held in memory before it is paged to disk
 * @param addressDiskBytes how much of one queue may be paged before its senders are refused
 * @param globalMemoryBytes how much all queues together may hold in memory
 * @param deliveryAttempts how often a message is delivered before it is a dead letter
 * @param redeliveryDelay how long before the second delivery; it doubles from there
 * @param redeliveryDelayMax the longest delay between two deliveries
 * @param expiryScan how often waiting messages are looked over for expired ones
 * @param connections how many connections senders share
 * @param callTimeout how long one call to the broker may take
 * @param journalBufferNanos how long the journal waits for more to write before it syncs, in nanoseconds
 * @param diskFreeBytes how much of the disk must stay free; below it, senders wait
 * @param messageBytes the largest message that a member may send
 * @param connectionCheck how often the connections are looked over for certificates that hold no more
 * @param quotas what one member may use
 * @param tls the acceptor for other processes; empty for none
 */
public record BrokerSettings(
        Path directory,
        long addressMemoryBytes,
        long addressDiskBytes,
        long globalMemoryBytes,
        int deliveryAttempts,
        Duration redeliveryDelay,
        Duration redeliveryDelayMax,
        Duration expiryScan,
        int connections,
        Duration callTimeout,
        int journalBufferNanos,
        long diskFreeBytes,
        long messageBytes,
        Duration connectionCheck,
        Quotas quotas,
        Optional<TlsAcceptor> tls) {

    private static final long MIB = 1024L * 1024;

    public BrokerSettings {
        requirePositive("addressMemoryBytes", addressMemoryBytes);
        requirePositive("addressDiskBytes", addressDiskBytes);
        requirePositive("globalMemoryBytes", globalMemoryBytes);
        requirePositive("deliveryAttempts", deliveryAttempts);
        requirePositive("redeliveryDelay", redeliveryDelay.toMillis());
        requirePositive("redeliveryDelayMax", redeliveryDelayMax.toMillis());
        requirePositive("expiryScan", expiryScan.toMillis());
        requirePositive("connections", connections);
        requirePositive("callTimeout", callTimeout.toMillis());
        requirePositive("journalBufferNanos", journalBufferNanos);
        requirePositive("diskFreeBytes", diskFreeBytes);
        requirePositive("messageBytes", messageBytes);
        requirePositive("connectionCheck", connectionCheck.toMillis());
    }

    /** The defaults, with everything under this directory and no acceptor beyond this process. */
    public static BrokerSettings at(Path directory) {
        return new BrokerSettings(
                directory,
                16 * MIB,
                1024 * MIB,
                64 * MIB,
                5,
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                4,
                Duration.ofSeconds(10),
                200_000,
                256 * MIB,
                11 * MIB,
                Duration.ofMillis(500),
                new Quotas(256, 1_024, 10_000),
                Optional.empty());
    }

    /** The same with an acceptor for other processes. */
    public BrokerSettings withTls(TlsAcceptor acceptor) {
        return new BrokerSettings(
                directory,
                addressMemoryBytes,
                addressDiskBytes,
                globalMemoryBytes,
                deliveryAttempts,
                redeliveryDelay,
                redeliveryDelayMax,
                expiryScan,
                connections,
                callTimeout,
                journalBufferNanos,
                diskFreeBytes,
                messageBytes,
                connectionCheck,
                quotas,
                Optional.of(acceptor));
    }

    /** The same with other bounds on each queue. */
    public BrokerSettings withAddressBounds(long memoryBytes, long diskBytes) {
        return new BrokerSettings(
                directory,
                memoryBytes,
                diskBytes,
                globalMemoryBytes,
                deliveryAttempts,
                redeliveryDelay,
                redeliveryDelayMax,
                expiryScan,
                connections,
                callTimeout,
                journalBufferNanos,
                diskFreeBytes,
                messageBytes,
                connectionCheck,
                quotas,
                tls);
    }

    /** The same with other rules for delivering again. */
    public BrokerSettings withRedelivery(int attempts, Duration delay) {
        return new BrokerSettings(
                directory,
                addressMemoryBytes,
                addressDiskBytes,
                globalMemoryBytes,
                attempts,
                delay,
                redeliveryDelayMax,
                expiryScan,
                connections,
                callTimeout,
                journalBufferNanos,
                diskFreeBytes,
                messageBytes,
                connectionCheck,
                quotas,
                tls);
    }

    /** The same with other bounds on members. */
    public BrokerSettings withQuotas(Quotas other, long message) {
        return new BrokerSettings(
                directory,
                addressMemoryBytes,
                addressDiskBytes,
                globalMemoryBytes,
                deliveryAttempts,
                redeliveryDelay,
                redeliveryDelayMax,
                expiryScan,
                connections,
                callTimeout,
                journalBufferNanos,
                diskFreeBytes,
                message,
                connectionCheck,
                other,
                tls);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }

    /**
     * What members may use of the broker.
     *
     * @param connections how many connections all of them together may have
     * @param sessions how many sessions one of them may have
     * @param messagesPerSecond how many messages one of them may send in a second
     */
    public record Quotas(int connections, int sessions, int messagesPerSecond) {

        public Quotas {
            requirePositive("quotas.connections", connections);
            requirePositive("quotas.sessions", sessions);
            requirePositive("quotas.messagesPerSecond", messagesPerSecond);
        }
    }

    /**
     * An acceptor on loopback, TLS 1.3, client certificate required.
     *
     * @param port the port
     * @param keyStore PKCS#12 with the broker's key and certificate
     * @param keyStorePassword its password
     * @param trustStore PKCS#12 with the authorities whose client certificates are accepted
     * @param trustStorePassword its password
     */
    public record TlsAcceptor(
            int port, Path keyStore, String keyStorePassword, Path trustStore, String trustStorePassword) {

        public TlsAcceptor {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("port must be from 1 to 65535");
            }
        }

        /** Without the passwords. */
        @Override
        public String toString() {
            return "TLS 1.3 on port " + port;
        }
    }
}
