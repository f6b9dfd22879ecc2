package org.wasl.connectors.template;

/** Names that the route templates and those who make routes of them share. */
final class ConnectorTemplate {

    static final String JDBC = "connector.jdbc";
    static final String REST = "connector.rest";
    static final String SOAP = "connector.soap";
    static final String FILES = "connector.files";

    /** The connector's name. */
    static final String NAME = "name";

    /** The bean that knows the back-end. */
    static final String BACK_END = "backEnd";

    /** The bean that maps. */
    static final String MAPPING = "mapping";

    /** The bean that validates. */
    static final String CHECK = "check";

    /** The bean that carries failures past the circuit breaker. */
    static final String FALLBACK = "fallback";

    /** The name of the circuit breaker in the registry. */
    static final String BREAKER = "breaker";

    /** The address of the back-end as Camel knows it. */
    static final String ENDPOINT = "endpoint";

    private ConnectorTemplate() {}
}
