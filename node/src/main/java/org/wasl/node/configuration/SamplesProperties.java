package org.wasl.node.configuration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The sample agencies ({@code wasl.samples.*}).
 *
 * @param enabled whether the node runs the sample agencies' back-ends and connects to them
 * @param families how many synthetic families there are; must stay the same for a data directory
 * @param seed the seed of the population; must stay the same for a data directory
 */
@Validated
@ConfigurationProperties("wasl.samples")
public record SamplesProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1800") @Min(10) @Max(100_000) int families,
        @DefaultValue("20261121") long seed) {}
