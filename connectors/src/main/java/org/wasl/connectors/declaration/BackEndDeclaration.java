package org.wasl.connectors.declaration;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How to reach a back-end; credentials are names of secrets, never the secrets. */
public sealed interface BackEndDeclaration {

    /** The protocol's name, for people. */
    String protocol();

    /**
     * A relational database.
     *
     * @param url the JDBC URL
     * @param user the read-only role
     * @param secret the name of the role's password
     * @param queries statements with named parameters, by the name of the row set that each yields, in order; the
     *     first one decides whether there is a record
     * @param json the columns that hold JSON text, which reaches the stylesheet as the XML of {@code json-to-xml}
     * @param rows the most rows that one query may yield
     * @param statements what changes something, by name, in order: all of them and the queries after them are one
     *     transaction; empty for a database that is only read
     */
    record Jdbc(
            String url,
            String user,
            String secret,
            Map<String, String> queries,
            Set<String> json,
            int rows,
            Map<String, String> statements)
            implements BackEndDeclaration {

        public Jdbc {
            json = Set.copyOf(json);
        }

        /** A database that is only read. */
        public Jdbc(String url, String user, String secret, Map<String, String> queries, Set<String> json, int rows) {
            this(url, user, secret, queries, json, rows, Map.of());
        }

        @Override
        public String protocol() {
            return "JDBC";
        }
    }

    /**
     * A REST service that answers JSON.
     *
     * @param base the service's base address
     * @param path segments below it: literal text, or one parameter in braces
     * @param query query parameters by name; a value may be one parameter in braces
     * @param header the header that carries the secret, for example {@code Authorization}
     * @param scheme what comes before the secret in that header, for example {@code Bearer}; may be empty
     * @param secret the name of the secret
     * @param method GET, or where something changes POST, PUT, PATCH or DELETE
     * @param headers more headers by name; a value may be one parameter in braces
     * @param body the request's body as JSON, in which a text may be one parameter in braces; empty for none
     */
    record Rest(
            URI base,
            List<String> path,
            Map<String, String> query,
            String header,
            String scheme,
            String secret,
            String method,
            Map<String, String> headers,
            String body)
            implements BackEndDeclaration {

        public Rest {
            path = List.copyOf(path);
        }

        /** A service that is only read. */
        public Rest(
                URI base, List<String> path, Map<String, String> query, String header, String scheme, String secret) {
            this(base, path, query, header, scheme, secret, "GET", Map.of(), "");
        }

        @Override
        public String protocol() {
            return "REST";
        }
    }

    /**
     * A SOAP service.
     *
     * @param address the endpoint's address
     * @param wsdl its WSDL's text; from a file beside the declaration, since fetching it would tie the node's start to the
     *     agency's
     * @param service the service's local name in the WSDL
     * @param port the port's local name in the WSDL
     * @param namespace the namespace of the request's elements and of the service
     * @param operation the request's element
     * @param action the SOAPAction; may be empty
     * @param inputs the request's child elements, in order, each holding a parameter in braces or literal text
     * @param user the user of HTTP basic authentication; empty for none
     * @param secret the name of that user's password; empty for none
     */
    record Soap(
            URI address,
            String wsdl,
            String service,
            String port,
            String namespace,
            String operation,
            String action,
            Map<String, String> inputs,
            String user,
            String secret)
            implements BackEndDeclaration {

        @Override
        public String protocol() {
            return "SOAP";
        }
    }

    /**
     * Files behind an SFTP server, delivered as dated snapshots with a manifest of digests.
     *
     * @param host the server
     * @param port its port
     * @param user the user
     * @param secret the name of the user's password
     * @param hostKey the pinned host key, {@code ecdsa-sha2-nistp256 AAAA…}
     * @param folder the folder of the snapshots
     * @param current the file in that folder that names the current snapshot's folder
     * @param manifest the file in a snapshot that lists the digests of its files
     * @param file the file's name in a snapshot; may hold {@code {partition}}, or where the files are documents,
     *     parameters in braces
     * @param partition how many of the parameter's last characters name the partition; 0 where the files are documents
     * @param key the column that the parameter selects rows by; empty where the files are documents
     * @param parameter the parameter; empty where the files are documents
     * @param fresh how long the name and manifest of the current snapshot may be used without asking again
     */
    record Files(
            String host,
            int port,
            String user,
            String secret,
            String hostKey,
            String folder,
            String current,
            String manifest,
            String file,
            int partition,
            String key,
            String parameter,
            Duration fresh)
            implements BackEndDeclaration {

        @Override
        public String protocol() {
            return "SFTP";
        }
    }
}
