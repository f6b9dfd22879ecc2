package org.wasl.messagelog.commit;

import org.wasl.messagelog.LogUnavailableException;

/** Hears what an operator must hear. Called on the log's or an appending thread: it must return quickly. */
public interface LogListener {

    /** The log has failed for good: nothing more can be appended until the node is restarted. Called once. */
    void failed(LogUnavailableException cause);

    /** An append was turned away because too much waits. */
    default void overloaded() {}
}
