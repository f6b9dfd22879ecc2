package org.wasl.connectors.template;

import org.apache.camel.builder.RouteBuilder;
import org.wasl.connectors.policy.ConnectorErrorPolicy;

/** Asks a SOAP service. */
final class SoapConnectorTemplate extends RouteBuilder {

    @Override
    public void configure() {
        // spotless:off
        routeTemplate(ConnectorTemplate.SOAP)
                .description("Asks a SOAP service, maps its reply and validates the record")
                .templateParameter(ConnectorTemplate.NAME)
                .templateParameter(ConnectorTemplate.BREAKER)
                .templateParameter(ConnectorTemplate.ENDPOINT)
                .from("direct:connector.{{name}}")
                .routeConfigurationId(ConnectorErrorPolicy.ID)
                .routeDescription("Asks a SOAP service, maps its reply and validates the record")
                .bean("{{backEnd}}", "prepare").id("prepare-request")
                .circuitBreaker().id("breaker").inheritErrorHandler(false)
                    .resilience4jConfiguration()
                        .circuitBreaker("{{breaker}}")
                    .end()
                    .to("{{endpoint}}").id("send-request")
                    .bean("{{backEnd}}", "read").id("read-response")
                .onFallback()
                    .bean("{{backEnd}}", "readFault").id("read-fault")
                .end()
                .bean("{{fallback}}", "settle").id("settle-failure")
                .bean("{{mapping}}", "map").id("map-record")
                .bean("{{check}}", "validate").id("validate-record");
        // spotless:on
    }
}
