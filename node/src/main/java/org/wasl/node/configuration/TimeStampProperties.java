package org.wasl.node.configuration;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How time-stamps are had ({@code wasl.time-stamp.*}). Where, how often and for how long the log may go without one is the
 * registry's to say.
 *
 * @param timeout how long one time-stamp may take in all
 */
@Validated
@ConfigurationProperties("wasl.time-stamp")
public record TimeStampProperties(
        @DefaultValue("5s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 60)
        Duration timeout) {}
