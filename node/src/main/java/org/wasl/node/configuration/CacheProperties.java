package org.wasl.node.configuration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Earlier answers held for when a source is down ({@code wasl.cache.*}).
 *
 * @param enabled whether any are held
 * @param cluster what the site calls its cluster; a secret of the site is added
 * @param address the address at which this node's part listens: loopback, or one of a private network
 * @param port its port; 0 for any free one when the node is alone
 * @param members the site's nodes, as {@code host:port}; none when the node is alone
 * @param memory how much of the heap one member's answers may take in each node
 * @param largest the largest container that is held
 * @param longest for how long an answer is held at the most, whatever age a step accepts
 * @param timeout how long anybody waits for the cache
 * @param pause for how long it is left alone after it failed
 * @param inFlight how many operations on it may be under way
 */
@Validated
@ConfigurationProperties("wasl.cache")
public record CacheProperties(
        @DefaultValue("true") boolean enabled,

        @DefaultValue("wasl") @NotNull @Pattern(regexp = "[a-z][a-z0-9-]{0,62}")
        String cluster,

        @DefaultValue("127.0.0.1") @NotNull @Pattern(regexp = "[0-9a-fA-F.:]{2,45}")
        String address,

        @DefaultValue("0") @Min(0) @Max(65_535) int port,
        @DefaultValue List<@Pattern(regexp = "[A-Za-z0-9.:\\[\\]-]{1,255}") String> members,
        @DefaultValue("16MB") @NotNull DataSize memory,
        @DefaultValue("256KB") @NotNull DataSize largest,

        @DefaultValue("7d") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 365)
        Duration longest,

        @DefaultValue("100ms") @NotNull @DurationMin(millis = 10) @DurationMax(seconds = 2)
        Duration timeout,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 10) @DurationMax(minutes = 5)
        Duration pause,

        @DefaultValue("1024") @Min(1) @Max(100_000) int inFlight) {

    public CacheProperties {
        members = List.copyOf(members);
        if (!isPrivate(address)) {
            throw new IllegalArgumentException(
                    "wasl.cache.address: " + address + " is neither loopback nor of a private network");
        }
        if (memory.toMegabytes() < 1) {
            throw new IllegalArgumentException("wasl.cache.memory must be 1MB at least");
        }
        if (port == 0 && !members.isEmpty()) {
            throw new IllegalArgumentException("wasl.cache.port: nodes that look for each other need one that stays");
        }
    }

    private static boolean isPrivate(String literal) {
        try {
            InetAddress address = InetAddress.getByName(literal);
            return address.isLoopbackAddress() || address.isSiteLocalAddress() || uniqueLocal(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("wasl.cache.address: " + literal + " is no address", e);
        }
    }

    /** fc00::/7, which Java's own word does not know. */
    private static boolean uniqueLocal(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length > 4 && (octets[0] & 0xFE) == 0xFC;
    }
}
