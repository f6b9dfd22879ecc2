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
import org.wasl.security.certificate.RevocationSettings;

/**
 * How the status of certificates is had, and when somebody is warned ({@code wasl.revocation.*}).
 *
 * @param statementCeiling how long an OCSP response is relied on at most: the delay within which a revocation takes
 *     effect
 * @param listCeiling how long a fetched revocation list is relied on at most without having been fetched again
 * @param timeout how long one fetch may take
 * @param nonceRequired whether a response without the request's nonce is refused
 * @param clockSkew how much a responder's clock may be ahead
 * @param maxStatements how many certificates' status is kept
 * @param warnBefore how long before registry, authorities, certificates and lists end they are warned of
 * @param demoPort the port on the loopback at which the demonstration's authorities answer; 0: the one of last time, or
 *     any free one
 * @param demoValidity for how long the demonstration's authorities say that their answers may be relied on
 */
@Validated
@ConfigurationProperties("wasl.revocation")
public record RevocationProperties(
        @DefaultValue("5m") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration statementCeiling,

        @DefaultValue("1h") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration listCeiling,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 30)
        Duration timeout,

        @DefaultValue("true") boolean nonceRequired,

        @DefaultValue("60s") @NotNull @DurationMin(seconds = 0) @DurationMax(seconds = 60)
        Duration clockSkew,

        @DefaultValue("20000") @Min(100) @Max(1_000_000) int maxStatements,

        @DefaultValue("14d") @NotNull @DurationMin(hours = 1) @DurationMax(days = 365)
        Duration warnBefore,

        @DefaultValue("0") @Min(0) @Max(65_535) int demoPort,

        @DefaultValue("10m") @NotNull @DurationMin(seconds = 5) @DurationMax(days = 7)
        Duration demoValidity) {

    RevocationSettings settings() {
        return new RevocationSettings(statementCeiling, listCeiling, timeout, nonceRequired, clockSkew, maxStatements);
    }
}
