package org.wasl.node.configuration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The HTTP edges ({@code wasl.edge.*}).
 *
 * @param address the address at which the agencies' edge and the management port listen, unless told otherwise
 * @param portalAddress the address at which the portal's plain edge listens
 * @param portal what the node offers people
 * @param agencyPort the port of the agencies' edge
 * @param agencyAddress the address on which it listens
 * @param maxBody the largest body that is read
 * @param headTimeout how long a TLS handshake, or a request's line and headers, may take to arrive
 * @param bodyTimeout how long a body may take to arrive
 * @param concurrentRequests how many requests are under way at most, over both edges
 * @param agencyConnections how many connections the agencies' edge keeps at most
 * @param usualTimeout how long a caller that says nothing waits
 * @param longestTimeout how long a caller may wait at most
 * @param eventStreams how many streams of events people keep open at most
 * @param eventHeartbeat after how long without an event a stream says that it is there
 * @param eventStreamLongest how long a stream is open at most; its caller then goes on with another
 * @param verificationsPerMinute how many verification codes are looked up a minute, whoever asks
 * @param systemRequestsPerMinute how often one system of an agency may ask
 * @param personRequestsPerMinute how often one person may ask composite services
 * @param urgentConsumers the systems whose requests may be urgent
 * @param portalConsumer the subsystem in whose name people ask composite services
 */
@Validated
@ConfigurationProperties("wasl.edge")
public record EdgeProperties(
        @DefaultValue("127.0.0.1") @NotBlank String address,
        @DefaultValue("127.0.0.1") @NotBlank String portalAddress,
        @DefaultValue @NotNull @Valid Portal portal,
        @DefaultValue("8443") @Min(1) @Max(65_535) int agencyPort,
        @DefaultValue("127.0.0.1") @NotNull String agencyAddress,
        @DefaultValue("256KB") @NotNull DataSize maxBody,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration headTimeout,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration bodyTimeout,

        @DefaultValue("256") @Min(1) @Max(100_000) int concurrentRequests,
        @DefaultValue("512") @Min(1) @Max(100_000) int agencyConnections,

        @DefaultValue("20s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration usualTimeout,

        @DefaultValue("60s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration longestTimeout,

        @DefaultValue("64") @Min(1) @Max(10_000) int eventStreams,

        @DefaultValue("15s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration eventHeartbeat,

        @DefaultValue("15m") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 24)
        Duration eventStreamLongest,

        @DefaultValue("600") @Min(1) @Max(1_000_000) int verificationsPerMinute,

        @DefaultValue("60000") @Min(1) @Max(10_000_000) int systemRequestsPerMinute,
        @DefaultValue("3000") @Min(1) @Max(1_000_000) int personRequestsPerMinute,
        @DefaultValue({}) @NotNull List<String> urgentConsumers,

        @DefaultValue("JO/GOV/PORTAL/web") @NotBlank String portalConsumer) {

    /**
     * What a node offers people ({@code wasl.edge.portal.*}).
     *
     * @param enabled whether it is the portal's node: with pages, and with an issuer of its own unless another is configured
     */
    public record Portal(@DefaultValue("true") boolean enabled) {}
}
