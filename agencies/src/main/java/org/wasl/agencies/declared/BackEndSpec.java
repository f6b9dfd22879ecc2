package org.wasl.agencies.declared;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One back-end, read and checked.
 *
 * @param agency the member code by which operators know it
 * @param script makes its own tables from the population's; may be empty
 * @param remembers whether its tables outlive the process: then the script meets what it made before
 * @param server what it answers over
 * @param notices what it tells by itself; null when nothing
 */
record BackEndSpec(
        String agency,
        String script,
        boolean remembers,
        Server server,
        @Nullable Notices notices) {

    /**
     * What it tells a node by itself, again until the node has taken it.
     *
     * @param path where at the node
     * @param secret the name of the key by which each notice is authenticated
     * @param pending yields the next notice, one JSON object, or nothing
     * @param told marks it as taken; the notice's members are its values
     */
    record Notices(String path, String secret, NamedQuery pending, NamedQuery told) {}

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
         * @param tables what the user may change, too
         */
        record Database(
                String property,
                String userProperty,
                String user,
                String secret,
                List<String> views,
                List<String> tables)
                implements Server {}
    }

    /**
     * An answer at a path.
     *
     * @param method GET unless it changes something
     * @param segments plain text, or a parameter's name in braces
     * @param work what is done; the members of a JSON body are its values too, and {@code Idempotency-Key} as {@code
     *     idempotencyKey}
     */
    record PathAnswer(String method, List<String> segments, Work work) {}

    /**
     * An answer to an operation, whose children are the work's values.
     *
     * @param operation the request's element
     * @param work what is done; its error codes are elements of the fault's detail
     */
    record OperationAnswer(String operation, Work work) {}
}
