package org.wasl.node.configuration;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may call the portal's edge ({@code wasl.identity.*}).
 *
 * @param issuer the OpenID Connect issuer whose tokens are taken; none: this node's own issuer for demo users
 * @param audience what a token's audience must name
 * @param rolesClaim the claim that lists the bearer's roles: citizen, officer, auditor, operator
 * @param nationalNumberClaim the claim that holds a citizen's own national number
 * @param kindClaim the claim of an assertion that says in which capacity its person asks
 * @param mandateClaim the claim of an assertion that says whom its person represents
 * @param personInput the input of composite services that names the person asked about
 * @param tokenLifetime how long tokens of the demo issuer are good
 */
@Validated
@ConfigurationProperties("wasl.identity")
public record IdentityProperties(
        @Nullable URI issuer,
        @DefaultValue("wasl-portal") @NotBlank String audience,
        @DefaultValue("roles") @NotBlank String rolesClaim,
        @DefaultValue("national_number") @NotBlank String nationalNumberClaim,
        @DefaultValue("actor_kind") @NotBlank String kindClaim,
        @DefaultValue("mandate") @NotBlank String mandateClaim,
        @DefaultValue("nationalNumber") @NotBlank String personInput,

        @DefaultValue("1h") @NotNull @DurationMin(minutes = 1) @DurationMax(hours = 12)
        Duration tokenLifetime) {}
