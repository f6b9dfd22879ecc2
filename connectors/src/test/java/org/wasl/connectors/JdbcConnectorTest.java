package org.wasl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.connectors.declaration.BackEndDeclaration.Jdbc;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;

class JdbcConnectorTest extends ConnectorContractTest {

    @Override
    ConnectorDeclaration declaration() {
        return Variations.sample("cspd-person-record");
    }

    @Override
    AgencyServer server() {
        return RunningAgencies.agencies().cspd();
    }

    @Override
    Map<String, String> there() {
        return Map.of("nationalNumber", Personas.CLEAN.nationalNumber());
    }

    @Override
    Map<String, String> notThere() {
        return Map.of("nationalNumber", Personas.UNREGISTERED);
    }

    @Override
    String attacked() {
        return "nationalNumber";
    }

    /** A name is not JSON. */
    @Override
    ConnectorDeclaration garbage() {
        return withQueries(jdbc().queries(), Set.of("ISM_SHAKHSI"), 200);
    }

    @Test
    void fetch_whenMoreRowsComeThanAllowed_isOversized() {
        ConnectorDeclaration declaration = withQueries(jdbc().queries(), Set.of("WATHIQA"), 1);
        Fault fault = fault(ask(open(declaration), there(), Duration.ofSeconds(30)));
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_OVERSIZED);
    }

    @Test
    void fetch_whenTheTableIsNotThere_isRefusedWithoutTheStatement() {
        Map<String, String> queries = Map.of("qayd", "SELECT * FROM AHWAL.FARD_SIRR WHERE X = :nationalNumber");
        Fault fault = fault(ask(open(withQueries(queries, Set.of(), 10)), there(), Duration.ofSeconds(30)));
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_REFUSED);
        assertThat(fault.detail()).contains("SQLState").doesNotContain("FARD_SIRR");
    }

    private Jdbc jdbc() {
        return (Jdbc) declaration().backEnd();
    }

    private ConnectorDeclaration withQueries(Map<String, String> queries, Set<String> json, int rows) {
        Jdbc was = jdbc();
        return Variations.with(declaration(), new Jdbc(was.url(), was.user(), was.secret(), queries, json, rows));
    }
}
