package org.wasl.node.configuration;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Keeping and erasing ({@code wasl.retention.*}). How long is the registry's word, service by service.
 *
 * @param interval how often the node looks for what need not be kept any more
 */
@Validated
@ConfigurationProperties("wasl.retention")
public record RetentionProperties(
        @DefaultValue("1h") @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration interval) {}
