package org.wasl.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wasl.agencies.cspd.CivilRegisterLoader;
import org.wasl.agencies.cspd.LoadProgress;
import org.wasl.agencies.cspd.LoadReport;
import org.wasl.schemas.fault.Fault;

/** The published test file of a foreign register, which nobody here wrote, loaded and fetched record by record. */
class CivilRegisterCorpusTest {

    private static final Path FILE =
            Path.of(System.getProperty("wasl.root"), "..", "shared", "corpora", "civil-register-nl", "persons.ndjson");
    private static final String SERVICE = "JO/GOV/CSPD/registry/person-record/v1";

    private static SampleConnectors connectors;
    private static LoadReport report;

    @BeforeAll
    static void load() throws Exception {
        Assumptions.assumeTrue(Files.isRegularFile(FILE), "skipped: corpus civil-register-nl is absent");
        connectors = SampleConnectors.running();
        report = new CivilRegisterLoader(
                        RunningAgencies.agencies().endpoints().cspdJdbcUrl(),
                        RunningAgencies.credentials().cspd().registrar(),
                        Clock.systemUTC())
                .load(FILE, LoadProgress.NONE);
    }

    @AfterAll
    static void close() {
        if (connectors != null) {
            connectors.close();
        }
    }

    @Test
    void fetch_ofEveryLoadedRecord_isFoundValidOrRefusedWithItsReason() throws Exception {
        int found = 0;
        Map<String, Integer> refused = new TreeMap<>();
        List<String> lines = Files.readAllLines(FILE, StandardCharsets.UTF_8);
        for (String line : lines) {
            ConnectorResult result = connectors.ask(SERVICE, Map.of("nationalNumber", number(line)));
            if (result instanceof ConnectorResult.Failed failed) {
                Fault fault = failed.fault();
                refused.merge(fault.code().wireCode() + " " + fault.detail(), 1, Integer::sum);
            } else if (result instanceof ConnectorResult.Found) {
                found++;
            }
        }
        System.out.println("civil-register-nl: " + lines.size() + " records; loaded " + report.added()
                + ", refused by the loader " + report.refused() + "; valid civil records " + found
                + "; refused by the connector " + refused);
        assertThat(lines).hasSize(1176);
        assertThat(report.refused()).isZero();
        assertThat(refused).isEmpty();
        assertThat(found).isEqualTo(1176);
    }

    @Test
    void fetch_ofANobleman_keepsTitleNamePartsAndDoubt() {
        String record = text("5348068307");
        assertThat(record)
                .contains(">graaf<", "scheme=\"NL-BSN\">000009830<", "scheme=\"NL-ANR\">5348068307<")
                .contains("van der</", "Ven-Van Roedelrode tot Broekzucht</")
                .contains("underInvestigation", ">1994-09-30<");
    }

    private static String text(String number) {
        ConnectorResult result = connectors.ask(SERVICE, Map.of("nationalNumber", number));
        assertThat(result).isInstanceOf(ConnectorResult.Found.class);
        return new String(((ConnectorResult.Found) result).record(), StandardCharsets.UTF_8);
    }

    /** What the loader files a person under: the administration number, or the nine digits after a 0. */
    private static String number(String line) throws Exception {
        JsonNode person = new ObjectMapper().readTree(line);
        String own = person.path("aNummer").asText("");
        return own.isEmpty() ? "0" + person.path("burgerservicenummer").asText() : own;
    }
}
