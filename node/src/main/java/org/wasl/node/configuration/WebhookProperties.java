package org.wasl.node.configuration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
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
 * Where consumers take their late answers ({@code wasl.webhooks.*}).
 *
 * @param endpoints the addresses, one for each consumer that takes answers so
 * @param attempts how often a delivery is tried before it is given up
 * @param first how long after the first failure it is tried again; the wait doubles each time
 * @param most how long is waited at most between two attempts
 * @param timeout how long one attempt may take
 * @param threads how many deliveries are under way at a time
 * @param waiting how many wait for their turn at most; the others are found in the log at the next start
 */
@Validated
@ConfigurationProperties("wasl.webhooks")
public record WebhookProperties(
        @DefaultValue @NotNull @Size(max = 256) List<@Valid Endpoint> endpoints,
        @DefaultValue("12") @Min(1) @Max(1_000) int attempts,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1)
        Duration first,

        @DefaultValue("1h") @NotNull @DurationMin(millis = 10) @DurationMax(hours = 24)
        Duration most,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration timeout,

        @DefaultValue("4") @Min(1) @Max(64) int threads,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int waiting) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    /**
     * One consumer's address.
     *
     * @param name its name, for operators and in the log
     * @param consumer the subsystem whose late answers it takes
     * @param address an https address, or an http one on the loopback
     * @param events whether it takes the events that the subsystem receives, too
     */
    public record Endpoint(
            @NotBlank @Pattern(regexp = "[a-z][a-z0-9-]{0,62}")
            String name,

            @NotBlank String consumer,
            @NotNull URI address,
            @DefaultValue("false") boolean events) {

        public Endpoint {
            boolean plain = "http".equalsIgnoreCase(address.getScheme())
                    && LOOPBACK.contains(String.valueOf(address.getHost()));
            boolean secure = "https".equalsIgnoreCase(address.getScheme()) && address.getHost() != null;
            if ((!plain && !secure) || address.getFragment() != null || address.getUserInfo() != null) {
                throw new IllegalArgumentException("wasl.webhooks.endpoints: " + address
                        + " must be an https address, or an http one on the loopback");
            }
        }
    }

    public WebhookProperties {
        endpoints = List.copyOf(endpoints);
    }
}
