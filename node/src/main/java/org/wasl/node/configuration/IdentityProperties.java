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
import org.springframework.validation.annotation.Validated;

/**
 * Who may call the portal's edge ({@code wasl.identity.*}).
 *
 * @param issuer the OpenID Connect issuer whose tokens are taken; none: this node's own issuer for demo users
 * @param assertionIssuer the issuer's name in assertions, as the registry knows it; none: the issuer itself, or of
 *     this node's own issuer {@code urn:wasl:demo-issuer}
 * @param tokenEndpoint where the issuer exchanges access tokens for assertions; none: of this node's own issuer its own,
 *     of another nowhere, and people's requests go without assertion
 * @param clientId as whom this node exchanges tokens; the secret is the file {@code portal-client} in {@code secrets}
 * @param exchangeTimeout how long an exchange may take
 * @param exchangesInFlight how many exchanges are under way at most
 * @param audience what a token's audience must name
 * @param rolesClaim the claim that lists the bearer's roles: citizen, officer, auditor, operator
 * @param nationalNumberClaim the claim that holds a citizen's own national number
 * @param actorClaim the claim of a token that holds the person's opaque identifier on the bus; none: made from issuer
 *     and subject
 * @param mandatesClaim the claim of a token that lists whom its person may represent
 * @param kindClaim the claim of an assertion that says in which capacity its person asks
 * @param mandateClaim the claim of an assertion that says whom its person represents
 * @param personInput the input of composite services that names the person asked about
 * @param tokenLifetime how long tokens of the demo issuer are good
 */
@Validated
@ConfigurationProperties("wasl.identity")
public record IdentityProperties(
        @Nullable URI issuer,
        @Nullable URI assertionIssuer,
        @Nullable URI tokenEndpoint,
        @DefaultValue("wasl-portal") @NotBlank String clientId,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration exchangeTimeout,

        @DefaultValue("256") @Min(1) @Max(10_000) int exchangesInFlight,
        @DefaultValue("wasl-portal") @NotBlank String audience,
        @DefaultValue("roles") @NotBlank String rolesClaim,
        @DefaultValue("national_number") @NotBlank String nationalNumberClaim,
        @Nullable String actorClaim,
        @DefaultValue("mandates") @NotBlank String mandatesClaim,
        @DefaultValue("actor_kind") @NotBlank String kindClaim,
        @DefaultValue("mandate") @NotBlank String mandateClaim,
        @DefaultValue("nationalNumber") @NotBlank String personInput,

        @DefaultValue("1h") @NotNull @DurationMin(minutes = 1) @DurationMax(hours = 12)
        Duration tokenLifetime) {}
