package org.wasl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.connectors.declaration.BackEndDeclaration.Soap;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;

class SoapConnectorTest extends ConnectorContractTest {

    private static final String OPEN = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>";
    private static final String CLOSE = "</s:Body></s:Envelope>";

    private final List<HostileServer> hostile = new ArrayList<>();

    @Override
    ConnectorDeclaration declaration() {
        return Variations.sample("ptax-property-account");
    }

    @Override
    AgencyServer server() {
        return RunningAgencies.agencies().ptax();
    }

    @Override
    Map<String, String> there() {
        return Map.of("nationalNumber", Personas.CLEAN.nationalNumber());
    }

    @Override
    Map<String, String> notThere() {
        return Map.of("nationalNumber", Personas.NOTHING.nationalNumber());
    }

    @Override
    String attacked() {
        return "nationalNumber";
    }

    @Override
    ConnectorDeclaration garbage() {
        return answering(200, "<not-soap");
    }

    @AfterEach
    void stopHostile() {
        hostile.forEach(HostileServer::close);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "302 |                                     | BACKEND_REFUSED",
                "403 |                                     | BACKEND_REFUSED",
                "503 |                                     | BACKEND_UNAVAILABLE",
                "200 | <other/>                            | BACKEND_MALFORMED",
                "200 | <!DOCTYPE x [<!ENTITY e 'a'>]><x/>  | BACKEND_MALFORMED"
            })
    void fetch_whenTheServerMisbehaves_saysHow(int status, String body, FaultCode code) {
        Fault fault = fault(ask(open(answering(status, body == null ? "" : body)), there(), Duration.ofSeconds(30)));
        assertThat(fault.code()).as(fault.detail()).isEqualTo(code);
    }

    @Test
    void fetch_whenTheFaultIsAnother_isRefusedNotNotFound() {
        String body =
                OPEN + "<s:Fault><faultcode>s:Server</faultcode><faultstring>broken</faultstring></s:Fault>" + CLOSE;
        Fault fault = fault(ask(open(answering(500, body)), there(), Duration.ofSeconds(30)));
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_REFUSED);
    }

    @Test
    void fetch_whenTheBodyHoldsSomethingElse_isMappingFailed() {
        String body = OPEN + "<t:getAccountsResponse xmlns:t=\"urn:ptax:accounts:2\"/>" + CLOSE;
        Fault fault = fault(ask(open(answering(200, body)), there(), Duration.ofSeconds(30)));
        assertThat(fault.code()).isEqualTo(FaultCode.MAPPING_FAILED);
    }

    @Test
    void fetch_whenATitleHasNoNumber_coverageIsIncomplete() {
        ConnectorResult result = ask(
                open(declaration()),
                Map.of("nationalNumber", Personas.INCOMPLETE.nationalNumber()),
                Duration.ofSeconds(30));
        assertThat(result)
                .isInstanceOfSatisfying(ConnectorResult.Found.class, found -> assertThat(found.coverageComplete())
                        .isFalse());
    }

    private ConnectorDeclaration answering(int status, String body) {
        HostileServer server = new HostileServer(status, "text/xml; charset=UTF-8", body);
        hostile.add(server);
        Soap was = (Soap) declaration().backEnd();
        return Variations.with(
                declaration(),
                new Soap(
                        server.address(),
                        was.wsdl(),
                        was.service(),
                        was.port(),
                        was.namespace(),
                        was.operation(),
                        was.action(),
                        was.inputs(),
                        was.user(),
                        was.secret()));
    }
}
