package org.wasl.messagelog.publication;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.wasl.schemas.fault.FaultCode;

/**
 * How it stands with a log's time-stamps, for health and metrics.
 *
 * @param last the time of the last time-stamp, by the authority's clock; empty while this process has none
 * @param covered up to which size the log is time-stamped
 * @param uncoveredFor for how long the oldest leaf has gone without; zero when there is none
 * @param ahead by how much this node's clock was ahead of the authority's at the last time-stamp; negative: behind
 * @param alarm whether somebody should look
 * @param closed why nothing is disclosed now; empty when it is
 * @param problem what fails; empty when nothing does
 */
public record TimeStampState(
        Optional<Instant> last,
        long covered,
        Duration uncoveredFor,
        Duration ahead,
        boolean alarm,
        Optional<FaultCode> closed,
        Optional<String> problem) {}
