package org.wasl.node.configuration;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Where the node keeps its things ({@code wasl.data.*}).
 *
 * @param directory the data directory
 */
@Validated
@ConfigurationProperties("wasl.data")
public record DataProperties(@NotNull Path directory) {}
