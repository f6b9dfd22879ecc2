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
 * From where on an operator has to look ({@code wasl.operation.*}).
 *
 * @param expiryWarning how long before they end registry, certificates and lists are warned of
 * @param uncoveredWarning how long the log may go without a cosigned checkpoint
 * @param failedPercent how many of a hundred exchanges with an agency may fail, in a quarter of an hour
 * @param withinPercent how many of a hundred an agency has to answer within the service level that it declared
 * @param leastExchanges fewer than this say nothing of an agency
 * @param queueDepth how many messages may wait in one queue
 * @param deadLetters how many dead letters there may be in a day
 * @param diskFreePercent how much of the disk has to be free
 */
@Validated
@ConfigurationProperties("wasl.operation")
public record OperationProperties(
        @DefaultValue("14d") @NotNull @DurationMin(minutes = 1) @DurationMax(days = 365)
        Duration expiryWarning,

        @DefaultValue("1m") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration uncoveredWarning,

        @DefaultValue("5") @Min(0) @Max(100) int failedPercent,
        @DefaultValue("95") @Min(1) @Max(100) int withinPercent,
        @DefaultValue("10") @Min(1) @Max(1_000_000) int leastExchanges,
        @DefaultValue("1000") @Min(0) @Max(100_000_000) int queueDepth,
        @DefaultValue("0") @Min(0) @Max(1000) int deadLetters,
        @DefaultValue("10") @Min(0) @Max(100) int diskFreePercent) {}
