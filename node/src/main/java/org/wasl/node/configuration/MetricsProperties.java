package org.wasl.node.configuration;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where metrics are sent, beside being there for who asks ({@code wasl.metrics.*}).
 *
 * @param otlpUrl where an OpenTelemetry collector takes metrics over HTTP; null when they are sent nowhere
 * @param otlpInterval how often they are sent
 */
@Validated
@ConfigurationProperties("wasl.metrics")
public record MetricsProperties(
        @Nullable URI otlpUrl,

        @DefaultValue("1m") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration otlpInterval) {}
