package org.wasl.messagelog.site;

import java.util.Optional;

/**
 * Whose a request is.
 *
 * @param <T> what another node may have recorded of its end
 */
public sealed interface ClaimResult<T> {

    /**
     * This node's: now, as it has been before, or taken over.
     *
     * @param from the node from which it was taken over, which had gone without ending it; empty when it was not
     */
    record Granted<T>(Optional<String> from) implements ClaimResult<T> {}

    /** Another node's, which has ended it: that stands in its log. */
    record Ended<T>(String node, T recorded) implements ClaimResult<T> {}

    /** Another node's, which is there and has not ended it. */
    record Held<T>(String node) implements ClaimResult<T> {}

    /** The message id was used for another request. */
    record Reused<T>() implements ClaimResult<T> {}
}
