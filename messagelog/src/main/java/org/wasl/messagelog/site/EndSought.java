package org.wasl.messagelog.site;

import java.util.Optional;
import org.wasl.messagelog.store.LogReader;
import org.wasl.messagelog.store.LogStoreException;

/** Looks into a log whether a request has ended there. */
@FunctionalInterface
public interface EndSought<T> {

    /**
     * How it ended; empty when it has not.
     *
     * @throws LogStoreException when the log cannot be read
     */
    Optional<T> in(LogReader log) throws LogStoreException;
}
