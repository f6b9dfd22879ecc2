package org.wasl.node.configuration;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the node trusts ({@code wasl.trust.*}).
 *
 * @param demoAuthority whether the node itself makes keys, certificates and registry, as a demonstration does
 * @param publication where the demonstration's certificates say that revocation lists are published
 * @param authority the pinned certificate of the registry's authority, PEM; none: the one in the data directory
 * @param registryInterval how often to look for a newer registry
 */
@Validated
@ConfigurationProperties("wasl.trust")
public record TrustProperties(
        @DefaultValue("true") boolean demoAuthority,
        @DefaultValue("http://pki.wasl.example/") @NotNull URI publication,
        @Nullable Path authority,

        @DefaultValue("300ms") @NotNull @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration registryInterval) {}
