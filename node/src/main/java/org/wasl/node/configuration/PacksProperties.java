package org.wasl.node.configuration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What agencies and composite services declare in one folder each ({@code wasl.packs.*}).
 *
 * @param directory the operator's packs, beside those that come with the program; null for none
 */
@ConfigurationProperties("wasl.packs")
public record PacksProperties(@Nullable Path directory) {}
