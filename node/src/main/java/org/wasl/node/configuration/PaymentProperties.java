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
 * Joint payment orders ({@code wasl.payment.*}).
 *
 * @param open how many orders may be open at a time; more are refused
 * @param threads how many do orders' errands
 * @param retryFirst how long after an errand failed it is tried again; the wait doubles each time
 * @param retryMost how long is waited at most between two attempts
 * @param poll how often the gateway is asked of an order of which it tells nothing by itself
 */
@Validated
@ConfigurationProperties("wasl.payment")
public record PaymentProperties(
        @DefaultValue("100000") @Min(1) @Max(1_000_000) int open,
        @DefaultValue("4") @Min(1) @Max(64) int threads,

        @DefaultValue("2s") @NotNull @DurationMin(millis = 10) @DurationMax(hours = 1)
        Duration retryFirst,

        @DefaultValue("15m") @NotNull @DurationMin(millis = 10) @DurationMax(hours = 24)
        Duration retryMost,

        @DefaultValue("1h") @NotNull @DurationMin(millis = 100) @DurationMax(hours = 24)
        Duration poll) {}
