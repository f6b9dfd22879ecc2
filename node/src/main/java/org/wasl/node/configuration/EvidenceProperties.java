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
 * How the log is published and others' are witnessed ({@code wasl.evidence.*}). What evidence a log needs is the
 * registry's to say.
 *
 * @param interval how often a checkpoint is made while the log grows
 * @param witnessTimeout how long a witness may take to cosign
 * @param witnessAddress the address at which this node's members take others' checkpoints
 * @param witnessPort the port there; 0: none, or the demonstration's own
 */
@Validated
@ConfigurationProperties("wasl.evidence")
public record EvidenceProperties(
        @DefaultValue("1s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 60)
        Duration interval,

        @DefaultValue("3s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 60)
        Duration witnessTimeout,

        @DefaultValue("127.0.0.1") @NotNull String witnessAddress,
        @DefaultValue("0") @Min(0) @Max(65_535) int witnessPort) {}
