package org.wasl.agencies.declared;

import java.util.List;

/**
 * One back-end, read and checked.
 *
 * @param agency the member code by which operators know it
 * @param script makes its own tables from the population's; may be empty
 * @param server what it answers over
 */
record BackEndSpec(String agency, String script, Server server) {

    /** How it is reached. */
    sealed interface Server {

        /**
         * JSON over HTTP.
         *
         * @param property the connectors' property that tells its base address
         * @param header the header that carries its key
         * @param secret the name of that key
         * @param answers what it answers, by path
         */
        record Rest(String property, String header, String secret, List<PathAnswer> answers) implements Server {}

        /**
         * SOAP 1.1 with basic authentication.
         *
         * @param property the connectors' property that tells its address
         * @param userProperty the connectors' property that tells the user's name
         * @param path its path
         * @param namespace of its elements
         * @param user the user's name
         * @param secret the name of the user's password
         * @param answers what it answers, by operation
         */
        record Soap(
                String property,
                String userProperty,
                String path,
                String namespace,
                String user,
                String secret,
                List<OperationAnswer> answers)
                implements Server {}

        /**
         * A relational database.
         *
         * @param property the connectors' property that tells its JDBC URL
         * @param userProperty the connectors' property that tells the reader's name
         * @param user the reader's name
         * @param secret the name of the reader's password
         * @param views what the reader may read
         */
        record Database(String property, String userProperty, String user, String secret, List<String> views)
                implements Server {}
    }

    /**
     * An answer at a path.
     *
     * @param segments plain text, or a parameter's name in braces
     * @param query yields one JSON object, or nothing
     * @param missing the error's code when it yields nothing
     */
    record PathAnswer(List<String> segments, NamedQuery query, String missing) {}

    /**
     * An answer to an operation, whose children are the query's parameters.
     *
     * @param operation the request's element
     * @param query yields one JSON object, or nothing
     * @param missing the element in the fault's detail when it yields nothing
     */
    record OperationAnswer(String operation, NamedQuery query, String missing) {}
}
