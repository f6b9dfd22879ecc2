package org.wasl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wasl.agencies.population.Personas;

/** Every sample connector against every named person. */
class SamplesTest {

    private static final List<String> OF_PERSON = List.of(
            "JO/GOV/CSPD/registry/person-record/v1",
            "JO/GOV/CSPD/registry/life-status/v1",
            "JO/GOV/DVLD/vehicles/vehicles-of-person/v1",
            "JO/GOV/DVLD/fines/fines-of-person/v1",
            "JO/GOV/PTAX/property/property-account/v1",
            "JO/GOV/MOJ/justice/conviction-status/v1",
            "JO/GOV/MOJ/justice/attachments/v1");
    private static final List<String> OF_VEHICLE =
            List.of("JO/GOV/DVLD/vehicles/vehicle-record/v1", "JO/GOV/DVLD/fines/fines-of-vehicle/v1");

    private static SampleConnectors connectors;

    @BeforeAll
    static void open() {
        connectors = SampleConnectors.running();
    }

    @AfterAll
    static void close() {
        connectors.close();
    }

    @ParameterizedTest
    @EnumSource(Personas.class)
    void fetch_ofEveryService_isFoundValid(Personas persona) {
        List<String> notFound = new ArrayList<>();
        for (String service : OF_PERSON) {
            ask(service, Map.of("nationalNumber", persona.nationalNumber()), notFound);
        }
        if (persona != Personas.NOTHING) {
            Map<String, String> plate = Map.of(
                    "plateCode",
                    persona.plate().code(),
                    "plateNumber",
                    persona.plate().number());
            OF_VEHICLE.forEach(service -> ask(service, plate, notFound));
        }
        List<String> expected =
                persona == Personas.NOTHING ? List.of("JO/GOV/PTAX/property/property-account/v1") : List.of();
        assertThat(notFound).isEqualTo(expected);
    }

    @Test
    void fetch_ofNobody_isNotFoundEverywhere() {
        for (String service : OF_PERSON) {
            assertThat(connectors.ask(service, Map.of("nationalNumber", Personas.UNREGISTERED)))
                    .as(service)
                    .isInstanceOf(ConnectorResult.NotFound.class);
        }
    }

    @Test
    void fetch_ofTheDeceased_saysDeceasedAndNothingElse() {
        String record = text("JO/GOV/CSPD/registry/life-status/v1", Personas.DECEASED);
        assertThat(record).contains("<civil:status>DECEASED</civil:status>").doesNotContain("name", "birth");
    }

    @Test
    void fetch_ofTheConvicted_saysNotClear() {
        assertThat(text("JO/GOV/MOJ/justice/conviction-status/v1", Personas.CONVICTED))
                .contains("<justice:result>NOT_CLEAR</justice:result>");
    }

    @Test
    void fetch_ofTheDeferred_announcesTheAnswerForLater() throws java.io.IOException {
        ConnectorResult later = connectors.ask(
                "JO/GOV/MOJ/justice/conviction-status/v1",
                Map.of("nationalNumber", Personas.DEFERRED.nationalNumber()));

        assertThat(later).isInstanceOfSatisfying(ConnectorResult.Deferred.class, deferred -> {
            assertThat(deferred.reason()).isEqualTo("MANUAL_REVIEW");
            assertThat(deferred.arabic()).matches(".*\\p{IsArabic}.*");
            assertThat(deferred.staysOpen()).isEqualTo(java.time.Duration.ofDays(3));
        });
    }

    @Test
    void fetch_ofTheFined_hasOpenFinesAndDues() {
        assertThat(text("JO/GOV/DVLD/fines/fines-of-person/v1", Personas.FINED))
                .contains("<traffic:status>OPEN</traffic:status>")
                .doesNotContain("<traffic:openCount>0<");
        assertThat(text("JO/GOV/PTAX/property/property-account/v1", Personas.FINED))
                .contains("<property:kind>DUES</property:kind>");
    }

    @Test
    void fetch_ofTheAttached_namesTheVehicle() {
        assertThat(text("JO/GOV/MOJ/justice/attachments/v1", Personas.ATTACHED))
                .contains("<justice:any>true</justice:any>", "<justice:target>VEHICLE</justice:target>");
    }

    @Test
    void routes_all_haveIdDescriptionAndConfiguration() {
        ModelCamelContext context = (ModelCamelContext) connectors.context();
        assertThat(context.getRouteDefinitions()).hasSize(9);
        for (RouteDefinition route : context.getRouteDefinitions()) {
            assertThat(route.getId()).startsWith("connector.");
            assertThat(route.getRouteConfigurationId()).isEqualTo("connector.errors");
            Route started = context.getRoute(route.getId());
            assertThat(started.getDescription()).isNotBlank();
        }
    }

    private static void ask(String service, Map<String, String> parameters, List<String> notFound) {
        ConnectorResult result = connectors.ask(service, parameters);
        assertThat(result).as(service).isNotInstanceOf(ConnectorResult.Failed.class);
        if (result instanceof ConnectorResult.NotFound) {
            notFound.add(service);
        }
    }

    private static String text(String service, Personas persona) {
        ConnectorResult result = connectors.ask(service, Map.of("nationalNumber", persona.nationalNumber()));
        assertThat(result).isInstanceOf(ConnectorResult.Found.class);
        return new String(((ConnectorResult.Found) result).record(), StandardCharsets.UTF_8);
    }
}
