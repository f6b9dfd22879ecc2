package org.wasl.connectors.backend;

/** One back-end, with its bounded connections. Safe for many threads. */
public interface BackEnd extends AutoCloseable {

    /**
     * Reaches the back-end without asking for anything.
     *
     * @throws BackEndFailure saying at which step it failed
     */
    void connect();

    @Override
    void close();
}
