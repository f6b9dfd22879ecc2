package org.wasl.node.audit;

import java.util.List;
import java.util.UUID;
import org.wasl.messagelog.store.LogRow;

/**
 * What a log holds of one request: everything of its correlation id, so of a composite request its steps too.
 *
 * @param requestId the request that was asked for
 * @param correlationId what ties its messages together
 * @param rows the rows, in the order logged, never empty
 * @param more whether there are more rows than may be handed out at once
 */
record LoggedCase(UUID requestId, String correlationId, List<LogRow> rows, boolean more) {

    LoggedCase {
        rows = List.copyOf(rows);
    }

    /** How many leaves a checkpoint must have to cover all of it. */
    long coveringSize() {
        return rows.stream().mapToLong(LogRow::index).max().orElse(-1) + 1;
    }
}
