package org.wasl.node.configuration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The embedded broker ({@code wasl.broker.*}).
 *
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
        @DefaultValue("16MB") @NotNull DataSize queueMemory,
        @DefaultValue("1GB") @NotNull DataSize queueDisk,
        @DefaultValue("5") @Min(1) @Max(100) int deliveryAttempts,
        @DefaultValue("256") @Min(1) @Max(10_000) int connections,
        @DefaultValue("256") @Min(1) @Max(10_000) int sessions,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int messagesPerSecond,
        @DefaultValue("0") @Min(0) @Max(65_535) int tlsPort) {}
