package org.wasl.agencies.server;

import java.io.IOException;
import java.time.Duration;

/** One agency's back-end on loopback. Safe for many threads. */
public interface AgencyServer extends AutoCloseable {

    /**
     * Starts it.
     *
     * @param port 0 for any free one
     * @return the port it listens on
     * @throws IOException when the port is taken or its data cannot be read
     * @throws IllegalStateException when it already runs
     */
    int start(int port) throws IOException;

    /** Stops it, breaking open connections; {@link #start} may follow, on the same port or another. No-op when stopped. */
    void stop();

    /** The port it listens on, or the last one when stopped; 0 before the first start. */
    int port();

    boolean running();

    /** How often it has disclosed something. */
    Reads reads();

    /** From now on every disclosure waits this long first; zero for none. For tests of slowness. */
    void delay(Duration delay);

    /**
     * The agency's clerks finish what they review by hand, all with the same result.
     *
     * @return false for an agency that reviews nothing
     * @throws IOException when the result cannot be published
     */
    default boolean finishReviews(boolean clear) throws IOException {
        return false;
    }

    /** The same as {@link #stop}. */
    @Override
    default void close() {
        stop();
    }
}
