package org.wasl.connectors.template;

import org.apache.camel.builder.RouteBuilder;
import org.wasl.connectors.policy.ConnectorErrorPolicy;

/** Asks a relational database. */
final class JdbcConnectorTemplate extends RouteBuilder {

    @Override
    public void configure() {
        // spotless:off
        routeTemplate(ConnectorTemplate.JDBC)
                .description("Asks a relational database, maps its rows and validates the record")
                .templateParameter(ConnectorTemplate.NAME)
                .templateParameter(ConnectorTemplate.BREAKER)
                .from("direct:connector.{{name}}")
                .routeConfigurationId(ConnectorErrorPolicy.ID)
                .routeDescription("Asks a relational database, maps its rows and validates the record")
                .circuitBreaker().id("breaker").inheritErrorHandler(false)
                    .resilience4jConfiguration()
                        .circuitBreaker("{{breaker}}")
                    .end()
                    .bean("{{backEnd}}", "fetch").id("query-database")
                .onFallback()
                    .bean("{{fallback}}", "carry").id("carry-failure")
                .end()
                .bean("{{fallback}}", "settle").id("settle-failure")
                .bean("{{mapping}}", "map").id("map-record")
                .bean("{{check}}", "validate").id("validate-record");
        // spotless:on
    }
}
