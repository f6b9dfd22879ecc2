package org.wasl.node.configuration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The message log ({@code wasl.log.*}).
 *
 * @param url the JDBC address of a PostgreSQL database; none: SQLite in the data directory
 * @param user its user
 * @param secret the name, among the node's secrets, of that user's password
 * @param operator the member that keeps the log, signs its checkpoints and answers for it; none: the only member that this
 *     node speaks for, else the portal's
 * @param exitOnFailure whether the process ends itself, with exit code 75, when the log has failed for good: for nodes that
 *     somebody watches over and starts again
 * @param queueEntries how many entries wait to be written at most
 * @param queueSize how many octets wait to be written at most
 * @param batchEntries how many entries are committed at once at most
 * @param batchSize how many octets are committed at once at most
 */
@Validated
@ConfigurationProperties("wasl.log")
public record LogProperties(
        @Nullable String url,
        @DefaultValue("wasl") @NotNull String user,
        @DefaultValue("log-database") @NotNull String secret,
        @Nullable String operator,
        @DefaultValue("false") boolean exitOnFailure,
        @DefaultValue("4096") @Min(1) @Max(1_000_000) int queueEntries,
        @DefaultValue("64MB") @NotNull DataSize queueSize,
        @DefaultValue("256") @Min(1) @Max(10_000) int batchEntries,
        @DefaultValue("16MB") @NotNull DataSize batchSize) {}
