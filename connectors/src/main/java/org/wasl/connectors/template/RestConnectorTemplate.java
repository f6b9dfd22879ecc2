package org.wasl.connectors.template;

import org.apache.camel.builder.RouteBuilder;
import org.wasl.connectors.policy.ConnectorErrorPolicy;

/** Asks a REST service. */
final class RestConnectorTemplate extends RouteBuilder {

    @Override
    public void configure() {
        // spotless:off
        routeTemplate(ConnectorTemplate.REST)
                .description("Asks a REST service, maps its JSON and validates the record")
                .templateParameter(ConnectorTemplate.NAME)
                .templateParameter(ConnectorTemplate.BREAKER)
                .templateParameter(ConnectorTemplate.ENDPOINT)
                .from("direct:connector.{{name}}")
                // A cache would read the whole answer before the bound on it is looked at, whatever the context's own setting.
                .streamCache("false")
                .routeConfigurationId(ConnectorErrorPolicy.ID)
                .routeDescription("Asks a REST service, maps its JSON and validates the record")
                .bean("{{backEnd}}", "prepare").id("prepare-request")
                .circuitBreaker().id("breaker").inheritErrorHandler(false)
                    .resilience4jConfiguration()
                        .circuitBreaker("{{breaker}}")
                    .end()
                    .to("{{endpoint}}").id("send-request")
                    .bean("{{backEnd}}", "read").id("read-response")
                .onFallback()
                    .bean("{{fallback}}", "carry").id("carry-failure")
                .end()
                .bean("{{fallback}}", "settle").id("settle-failure")
                .bean("{{mapping}}", "map").id("map-record")
                .bean("{{check}}", "validate").id("validate-record");
        // spotless:on
    }
}
