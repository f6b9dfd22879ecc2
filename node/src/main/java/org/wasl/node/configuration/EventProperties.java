package org.wasl.node.configuration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Events ({@code wasl.events.*}).
 *
 * @param life how long an event may wait for its subscriber in a queue
 * @param replay how many events one replay sends at most
 * @param reconcile how often each publisher is asked what was missed
 * @param retryFirst how long after a listener's first failure it is called again; the wait doubles each time
 * @param retryMost how long is waited at most between two calls
 */
@Validated
@ConfigurationProperties("wasl.events")
public record EventProperties(
        @DefaultValue("90d") @NotNull @DurationMin(minutes = 1) @DurationMax(days = 3650)
        Duration life,

        @DefaultValue("500") @Min(1) @Max(500) int replay,

        @DefaultValue("15m") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 24)
        Duration reconcile,

        @DefaultValue("1s") @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1)
        Duration retryFirst,

        @DefaultValue("5m") @NotNull @DurationMin(millis = 10) @DurationMax(hours = 24)
        Duration retryMost) {}
