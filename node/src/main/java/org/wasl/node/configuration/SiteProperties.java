package org.wasl.node.configuration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the nodes of one agency share ({@code wasl.site.*}).
 *
 * @param url the JDBC address of the site's schema, in the PostgreSQL database that holds the nodes' logs; none: the
 *     agency has one node
 * @param user its user
 * @param secret the name, among the node's secrets, of that user's password
 * @param connections how many connections to it
 */
@Validated
@ConfigurationProperties("wasl.site")
public record SiteProperties(
        @Nullable String url,
        @DefaultValue("wasl") @NotNull String user,
        @DefaultValue("log-database") @NotNull String secret,
        @DefaultValue("8") @Min(2) @Max(100) int connections) {}
