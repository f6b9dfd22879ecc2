package org.wasl.node.traffic;

import org.wasl.schemas.fault.FaultCategory;
import org.wasl.schemas.fault.FaultCode;

/** What an ended exchange says of the agency that was asked. */
enum Verdict {
    /** The agency said what it knows, be it that it knows nothing, or that it answers later. */
    ANSWERED,
    /** Nobody had to answer: the asker may not ask this, or not so. It says nothing of the agency. */
    REFUSED,
    /** No answer, or none that is of use, for which the asker is not to blame. */
    FAILED;

    static Verdict of(FaultCode fault) {
        return switch (fault) {
            case RECORD_NOT_FOUND, RECORD_CONFLICT, RECORD_EXPIRED -> ANSWERED;
            // Its time ran out on the way, whoever's message it was that expired.
            case EXCHANGE_EXPIRED -> FAILED;
            case QUOTA -> REFUSED;
            default -> fault.category() == FaultCategory.SENDER ? REFUSED : FAILED;
        };
    }
}
