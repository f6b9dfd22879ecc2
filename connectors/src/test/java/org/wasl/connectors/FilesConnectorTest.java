package org.wasl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.connectors.declaration.BackEndDeclaration.Files;
import org.wasl.connectors.declaration.ConnectorDeclaration;
import org.wasl.schemas.fault.Fault;
import org.wasl.schemas.fault.FaultCode;

class FilesConnectorTest extends ConnectorContractTest {

    private static final String OTHER_KEY = "ssh-ed25519 " + "A".repeat(68);

    @Override
    ConnectorDeclaration declaration() {
        return Variations.answeringAtOnce(Variations.sample("moj-conviction-status"));
    }

    @Override
    AgencyServer server() {
        return RunningAgencies.agencies().moj();
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

    /** A partition is no manifest. */
    @Override
    ConnectorDeclaration garbage() {
        return with("status-42.csv", "national_number", files().hostKey());
    }

    @Test
    void fetch_whenTheHostKeyIsNotThePinnedOne_sendsNothing() {
        ConnectorDeclaration elsewhere = with(files().manifest(), files().key(), OTHER_KEY);
        Fault fault = fault(ask(open(elsewhere), there(), Duration.ofSeconds(30)));
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_REFUSED);
        assertThat(fault.detail()).contains("host key");
    }

    @Test
    void fetch_whenTheKeyColumnIsMissing_isMalformed() {
        ConnectorDeclaration other = with(files().manifest(), "number", files().hostKey());
        Fault fault = fault(ask(open(other), there(), Duration.ofSeconds(30)));
        assertThat(fault.code()).isEqualTo(FaultCode.BACKEND_MALFORMED);
        assertThat(fault.detail()).contains("number");
    }

    @Test
    void fetch_whenASnapshotWasPublishedMeanwhile_goesOn() throws Exception {
        SampleConnectors connectors = open(declaration());
        ask(connectors, there(), Duration.ofSeconds(30));
        RunningAgencies.agencies().moj().publish();
        RunningAgencies.agencies().moj().publish();
        assertThat(ask(connectors, there(), Duration.ofSeconds(30))).isInstanceOf(ConnectorResult.Found.class);
    }

    @Test
    void fetch_whenTheBackEndIsDownAndItsAnswersMayComeLater_isDeferred() throws Exception {
        SampleConnectors connectors = open(Variations.sample("moj-conviction-status"));
        server().stop();
        ConnectorResult result = ask(connectors, there(), Duration.ofSeconds(30));
        assertThat(result).isInstanceOf(ConnectorResult.Deferred.class);
        assertThat(((ConnectorResult.Deferred) result).reason()).isEqualTo("BACKEND_UNAVAILABLE");
    }

    private Files files() {
        return (Files) declaration().backEnd();
    }

    private ConnectorDeclaration with(String manifest, String key, String hostKey) {
        Files was = files();
        return Variations.with(
                declaration(),
                new Files(
                        was.host(),
                        was.port(),
                        was.user(),
                        was.secret(),
                        hostKey,
                        was.folder(),
                        was.current(),
                        manifest,
                        was.file(),
                        was.partition(),
                        key,
                        was.parameter(),
                        was.fresh()));
    }
}
