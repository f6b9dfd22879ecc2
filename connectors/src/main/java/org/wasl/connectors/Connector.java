package org.wasl.connectors;

/** One service's way to its back-end. Safe for many threads; blocks at most until the query's deadline. */
public interface Connector {

    /** Fetches, maps and validates one record. Expected failures are values, never exceptions. */
    ConnectorResult fetch(ConnectorQuery query);
}
