package org.wasl.node.configuration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import org.wasl.node.statistics.Release;

/**
 * How often services are asked, and what of it is published ({@code wasl.statistics.*}).
 *
 * @param interval how often the log's new leaves are counted, and so how often published counts change
 * @param threshold how many requests a published number stands for at least, and of which all are multiples
 * @param licence the address of the licence of what is published
 */
@Validated
@ConfigurationProperties("wasl.statistics")
public record StatisticsProperties(
        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(days = 31)
        Duration interval,

        @DefaultValue("10") @Min(Release.SMALLEST_THRESHOLD) @Max(1_000_000)
        int threshold,

        @DefaultValue("https://creativecommons.org/licenses/by/4.0/") @NotNull
        URI licence) {}
