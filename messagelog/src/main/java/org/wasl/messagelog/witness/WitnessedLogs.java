package org.wasl.messagelog.witness;

import java.util.List;
import org.wasl.messagelog.note.VerifierKey;

/** Which logs a witness watches; asked anew for every request, so that a change takes effect at once. */
@FunctionalInterface
public interface WitnessedLogs {

    /** The keys with which the log of this origin may sign now; none when it is not watched. */
    List<VerifierKey> keys(String origin);
}
