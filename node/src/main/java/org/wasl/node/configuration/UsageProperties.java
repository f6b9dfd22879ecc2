package org.wasl.node.configuration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * People's own lists of who used their data ({@code wasl.usage.*}).
 *
 * @param nodes the addresses of the other nodes' portal edges, which are asked too; each {@code https}, or on the loopback
 * @param nodeTimeout how long one of them may take
 * @param nodesAtOnce how many questions to other nodes are under way at most
 * @param pageMax how many uses a page may have
 * @param entriesMax how many leaves about one person are looked at
 */
@Validated
@ConfigurationProperties("wasl.usage")
public record UsageProperties(
        @DefaultValue @NotNull @Size(max = 64) List<URI> nodes,

        @DefaultValue("3s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 30)
        Duration nodeTimeout,

        @DefaultValue("32") @Min(1) @Max(512) int nodesAtOnce,
        @DefaultValue("1000") @Min(1) @Max(10_000) int pageMax,
        @DefaultValue("20000") @Min(1_000) @Max(1_000_000) int entriesMax) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    public UsageProperties {
        nodes = List.copyOf(nodes);
        nodes.forEach(UsageProperties::check);
    }

    /** People's tokens go there. */
    private static void check(URI node) {
        boolean plain = "http".equalsIgnoreCase(node.getScheme()) && LOOPBACK.contains(String.valueOf(node.getHost()));
        boolean secure = "https".equalsIgnoreCase(node.getScheme()) && node.getHost() != null;
        if ((!plain && !secure)
                || node.getQuery() != null
                || node.getFragment() != null
                || node.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "wasl.usage.nodes: " + node + " must be an https address, or an http one on the loopback");
        }
    }
}
