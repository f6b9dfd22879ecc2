package org.wasl.messagelog.publication;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wasl.schemas.fault.FaultCode;

/**
 * How it stands with a log's publication, for health and metrics.
 *
 * @param origin the log's identity; empty while it has none
 * @param published the size of the newest checkpoint; 0 while there is none
 * @param covered up to which size enough witnesses have cosigned
 * @param uncoveredFor for how long the oldest leaf has gone without that; zero when there is none
 * @param checkpoints how many checkpoints were made since the start
 * @param cosigners the parties that cosigned the newest covered checkpoint
 * @param witnesses what each witness said last, by its key's name
 * @param alarm whether somebody should look
 * @param closed why nothing is disclosed now; empty when it is
 * @param problem what fails in making checkpoints; empty when nothing does
 */
public record PublicationState(
        Optional<String> origin,
        long published,
        long covered,
        Duration uncoveredFor,
        long checkpoints,
        List<String> cosigners,
        Map<String, String> witnesses,
        boolean alarm,
        Optional<FaultCode> closed,
        Optional<String> problem) {

    public PublicationState {
        cosigners = List.copyOf(cosigners);
        witnesses = Map.copyOf(witnesses);
    }
}
