package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.agencies.SampleAgencies;
import org.wasl.agencies.population.Personas;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.pack.Packs;
import org.wasl.security.authority.DemoRegistry;

/** A node with an agency more, which is a folder of its operator's, and with one agreement of every service withdrawn. */
class AddedPackIT {

    private static final Path PACKS = Path.of(System.getProperty("wasl.root"), "node/src/test/packs");

    @TempDir
    static Path root;

    private static NodeProcess process;
    private static RunningNode node;
    private static SampleAgencies agencies;
    private static Applicants applicants;

    @BeforeAll
    static void start() throws Exception {
        DataDirectory directory = new DataDirectory(root);
        directory.create();
        Files.writeString(root.resolve("wasl.yaml"), "wasl:\n  samples:\n    families: 300\n");
        Files.createDirectories(directory.authority());
        Files.writeString(directory.authority().resolve("draft.xml"), withdrawn());
        NodeSettings settings = RunningNode.settings(directory);
        process = NodeProcess.start(new NodeSettings(
                directory,
                settings.portalPort(),
                settings.agencyPort(),
                settings.managementPort(),
                Optional.empty(),
                Optional.of(PACKS)));
        node = new RunningNode(directory, process.state());
        agencies = process.part(SampleAgencies.class);
        applicants = new Applicants(node, agencies.population());
    }

    @AfterAll
    static void stop() throws Exception {
        if (process != null) {
            process.close();
        }
    }

    /** The operator's draft goes before the packs': what is withdrawn there stays so. */
    private static String withdrawn() throws Exception {
        String draft = new String(DemoRegistry.draft(Packs.shipped()), StandardCharsets.UTF_8);
        for (String id : new String[] {
            "composer-restrictions",
            "passport-renewal-may-travel",
            "service-booklet-deferral-conviction",
            "traffic-objection-appointment-fine",
            "site-plan-share",
            "occupancy-permit-building",
            "lease-registration-share",
            "inheritance-statement-attachments",
            "property-sale-title"
        }) {
            String attribute = "id=\"" + id + "\"";
            assertThat(draft).contains(attribute);
            draft = draft.replace(attribute, attribute + " withdrawn=\"2026-02-01T00:00:00.000Z\"");
        }
        return draft;
    }

    @ParameterizedTest
    @CsvSource({
        "general-clearance, restrictions, ''",
        "passport-renewal, service, JAF",
        "service-booklet-deferral, conviction, MOJ",
        "traffic-objection-appointment, fine, ''",
        "site-plan, share, DLS",
        "occupancy-permit, building, GAM",
        "lease-registration, share, DLS",
        "inheritance-statement, attachments, MOJ",
        "property-sale, title, DLS"
    })
    void service_whenAnAgreementIsWithdrawn_isRefusedThereAndNeverClear(String service, String step, String unread)
            throws Exception {
        Map<String, String> inputs = applicants.cleanInputs(service);
        long before = reads(unread);
        JsonNode answer = node.composite("officer", service, inputs);
        assertThat(answer.path("decision").asText()).as(answer.toString()).isEqualTo("UNDETERMINED");
        for (JsonNode source : answer.path("source")) {
            if (source.path("step").asText().equals(step)) {
                assertThat(source.path("status").asText()).isEqualTo("REFUSED");
                assertThat(source.path("fault").path("code").asText()).isEqualTo("wasl.agreement.withdrawn");
                assertThat(source.has("record")).isFalse();
            }
        }
        assertThat(reads(unread)).isEqualTo(before);
    }

    private static long reads(String agency) {
        return agency.isEmpty()
                ? 0
                : Objects.requireNonNull(agencies.servers().get(agency)).reads().total();
    }

    @Test
    void agency_whenItIsAFolder_isAMemberWithABackEndAndAService() throws Exception {
        JsonNode answer = node.composite(
                "officer", "partner-statement", Map.of("nationalNumber", Personas.CLEAN.nationalNumber()));
        assertThat(answer.path("decision").asText()).as(answer.toString()).isEqualTo("CLEAR");
        JsonNode source = answer.path("source").path(0);
        assertThat(source.path("member").asText()).isEqualTo("JO/GOV/COMMERCE");
        assertThat(source.path("record").path("partner").path("since").asInt()).isGreaterThan(1900);
        // What its agreement does not release does not come.
        assertThat(source.path("record").path("partner").has("company")).isFalse();
        JsonNode nobody =
                node.composite("officer", "partner-statement", Map.of("nationalNumber", Personas.UNREGISTERED));
        assertThat(nobody.path("source").path(0).path("status").asText()).isEqualTo("NOT_FOUND");
    }

    @Test
    void catalogue_whenRead_needsNoSignInAndTellsOfIt() throws Exception {
        JsonNode catalogue = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(node.portal("citizen", "GET", "/catalogue", "").body());
        assertThat(catalogue.path("services").findValuesAsText("service"))
                .contains("partner-statement", "passport-renewal", "general-clearance");
        String vocabulary = new String(
                node.portal("citizen", "GET", "/catalogue/cpsv-ap", "").body(), StandardCharsets.UTF_8);
        assertThat(vocabulary).startsWith("<AP:Dataset").contains("JO/GOV/PORTAL/composer/partner-statement/v1");
    }
}
