package org.wasl.node.configuration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import org.wasl.routes.broker.BrokerAddress;
import org.wasl.routes.broker.StandaloneSettings;

/**
 * The broker ({@code wasl.broker.*}): the embedded one's bounds, or where the one is that stands alone.
 *
 * @param kind whether the node runs a broker within itself, or uses one that stands alone
 * @param servers where the one that stands alone is, {@code host:port}; of a pair both
 * @param shared how many connections to it senders share
 * @param callTimeout how long one call to it may take
 * @param silence how long it may say nothing before its connection counts as broken
 * @param queueMemory how much of one queue is held in memory before it is paged to disk
 * @param queueDisk how much of one queue may be paged before its senders are refused
 * @param deliveryAttempts how often a message is delivered before it is a dead letter
 * @param connections how many connections members may have in all
 * @param sessions how many sessions one member may have
 * @param messagesPerSecond how many messages one member may send in a second
 * @param tlsPort the port of the acceptor for other processes, TLS with client certificates; 0 for none
 */
@Validated
@ConfigurationProperties("wasl.broker")
public record BrokerProperties(
        @DefaultValue("EMBEDDED") @NotNull Kind kind,

        @DefaultValue @NotNull @Size(max = StandaloneSettings.MAX_SERVERS)
        List<String> servers,

        @DefaultValue("4") @Min(1) @Max(64) int shared,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration callTimeout,

        @DefaultValue("15s") @NotNull @DurationMin(seconds = 1) @DurationMax(minutes = 5)
        Duration silence,

        @DefaultValue("16MB") @NotNull DataSize queueMemory,
        @DefaultValue("1GB") @NotNull DataSize queueDisk,
        @DefaultValue("5") @Min(1) @Max(100) int deliveryAttempts,
        @DefaultValue("256") @Min(1) @Max(10_000) int connections,
        @DefaultValue("1024") @Min(1) @Max(10_000) int sessions,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int messagesPerSecond,
        @DefaultValue("0") @Min(0) @Max(65_535) int tlsPort) {

    public BrokerProperties {
        servers = List.copyOf(servers);
        servers.forEach(BrokerProperties::check);
    }

    private static void check(String server) {
        try {
            BrokerAddress.parse(server);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("wasl.broker.servers: " + wrong.getMessage(), wrong);
        }
    }

    /** Where the broker runs. */
    public enum Kind {
        /** In the node itself. */
        EMBEDDED,
        /** By itself: Artemis' own distribution, a pair of them usually. */
        STANDALONE
    }
}
