package org.wasl.messagelog.publication;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a log is published.
 *
 * @param directory where tiles and checkpoint are written for whoever serves them
 * @param earlier where what was published of earlier epochs is kept
 * @param interval how often a checkpoint is made while the log grows
 * @param witnessTimeout how long one witness may take to answer
 */
public record PublicationSettings(Path directory, Path earlier, Duration interval, Duration witnessTimeout) {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    public PublicationSettings {
        if (interval.toMillis() < 1 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the interval must be from 1 ms to 5 minutes");
        }
        if (witnessTimeout.toMillis() < 1 || witnessTimeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the witnesses' time must be from 1 ms to 5 minutes");
        }
    }
}
