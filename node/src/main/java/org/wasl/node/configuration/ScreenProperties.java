package org.wasl.node.configuration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The pages for people ({@code wasl.screens.*}).
 *
 * @param address where browsers find them, without a slash at the end; none: the portal's own port on loopback
 * @param clientId as which client they sign people in at the issuer; the secret is the file {@code screens-client} in
 *     {@code secrets}
 * @param idTokenAlgorithm what the issuer signs ID tokens with
 * @param callTimeout how long one call of the API may take
 * @param maxAnswer how large an answer of the API may be
 * @param pages how many pages are made at a time
 * @param sessions how many people, signed in or about to, have a session at a time
 * @param streams how many pages are followed live at a time
 * @param streamLongest how long a page is followed by one connection
 */
@Validated
@ConfigurationProperties("wasl.screens")
public record ScreenProperties(
        @Nullable URI address,
        @DefaultValue("wasl-screens") @NotBlank String clientId,
        @DefaultValue("ES256") @NotBlank String idTokenAlgorithm,

        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 2)
        Duration callTimeout,

        @DefaultValue("16MB") @NotNull DataSize maxAnswer,
        @DefaultValue("24") @Min(1) @Max(10_000) int pages,
        @DefaultValue("3000") @Min(1) @Max(1_000_000) int sessions,
        @DefaultValue("64") @Min(1) @Max(10_000) int streams,

        @DefaultValue("10m") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration streamLongest) {}
