package org.wasl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
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
import org.wasl.connectors.declaration.BackEndDeclaration.Rest;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;

class RestConnectorTest extends ConnectorContractTest {

    private final List<HostileServer> hostile = new ArrayList<>();

    @Override
    ConnectorDeclaration declaration() {
        return Variations.sample("dvld-vehicle-record");
    }

    @Override
    AgencyServer server() {
        return RunningAgencies.agencies().dvld();
    }

    @Override
    Map<String, String> there() {
        return Map.of(
                "plateCode", Personas.CLEAN.plate().code(),
                "plateNumber", Personas.CLEAN.plate().number());
    }

    @Override
    Map<String, String> notThere() {
        return Map.of("plateCode", "99", "plateNumber", "1");
    }

    @Override
    String attacked() {
        return "plateNumber";
    }

    @Override
    ConnectorDeclaration garbage() {
        return answering(200, "application/json", "{\"plate\": ");
    }

    @AfterEach
    void stopHostile() {
        hostile.forEach(HostileServer::close);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "302 | application/json | {}                      | BACKEND_REFUSED",
                "404 | text/html        | not here                | BACKEND_REFUSED",
                "404 | application/json | {\"error\":\"OTHER\"}   | BACKEND_REFUSED",
                "429 | application/json | {}                      | BACKEND_BUSY",
                "500 | application/json | {}                      | BACKEND_UNAVAILABLE",
                "503 | text/plain       | later                   | BACKEND_UNAVAILABLE",
                "200 | text/html        | <html></html>           | BACKEND_MALFORMED",
                "200 | application/json | {\"a\":1,\"a\":2}        | BACKEND_MALFORMED",
                "200 | application/json | {} {}                   | BACKEND_MALFORMED",
                "200 | application/json | {\"a\":\"\\u0007\"}     | BACKEND_MALFORMED",
                "200 | application/json | {}                      | RECORD_INVALID",
                "200 | application/json | {\"serverTime\":\"x\"}  | MAPPING_FAILED"
            })
    void fetch_whenTheServerMisbehaves_saysHow(int status, String type, String body, FaultCode code) {
        Fault fault = fault(ask(open(answering(status, type, body)), there(), Duration.ofSeconds(30)));
        assertThat(fault.code()).as(fault.detail()).isEqualTo(code);
    }

    @Test
    void fetch_whenJsonNestsTooDeep_isMalformed() {
        String deep = "[".repeat(50_000);
        Fault fault = fault(ask(open(answering(200, "application/json", deep)), there(), Duration.ofSeconds(30)));
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_MALFORMED);
    }

    private ConnectorDeclaration answering(int status, String type, String body) {
        HostileServer server = new HostileServer(status, type, body);
        hostile.add(server);
        Rest was = (Rest) declaration().backEnd();
        URI base = server.address();
        return Variations.with(
                declaration(), new Rest(base, was.path(), was.query(), was.header(), was.scheme(), was.secret()));
    }
}
