package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wasl.agencies.SampleAgencies;
import org.wasl.agencies.population.Family;
import org.wasl.agencies.population.Fine;
import org.wasl.agencies.population.Person;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.population.Population;
import org.wasl.agencies.population.Sex;
import org.wasl.agencies.population.Title;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.identifier.MemberId;

/** Every declared service over the real node, asked about people whom a search of the population finds. */
class ServicesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SILENT = Set.of("UNAVAILABLE", "TIMED_OUT");
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    @TempDir
    static Path root;

    private static NodeProcess process;
    private static RunningNode node;
    private static SampleAgencies agencies;
    private static Population population;
    private static Applicants applicants;

    @BeforeAll
    static void start() throws Exception {
        DataDirectory directory = new DataDirectory(root);
        directory.create();
        Files.writeString(root.resolve("wasl.yaml"), "wasl:\n  samples:\n    families: 300\n");
        process = NodeProcess.start(RunningNode.settings(directory));
        node = new RunningNode(directory, process.state());
        agencies = process.part(SampleAgencies.class);
        population = agencies.population();
        applicants = new Applicants(node, population);
    }

    @AfterAll
    static void stop() throws Exception {
        if (process != null) {
            process.close();
        }
    }

    private static JsonNode ask(String service, Map<String, String> inputs) throws Exception {
        JsonNode answer = node.composite("officer", service, inputs);
        assertThat(answer.has("overall")).as("%s: %s", service, answer).isTrue();
        return answer;
    }

    private static Map<String, String> statuses(JsonNode answer) {
        Map<String, String> statuses = new LinkedHashMap<>();
        answer.path("source")
                .forEach(source -> statuses.put(
                        source.path("step").asText(),
                        source.path("status").asText()
                                + (source.has("fault")
                                        ? " "
                                                + source.path("fault")
                                                        .path("code")
                                                        .asText()
                                        : "")));
        return statuses;
    }

    // ---- clean

    @ParameterizedTest
    @CsvSource({
        "passport-renewal",
        "service-booklet-deferral",
        "traffic-objection-appointment",
        "site-plan",
        "occupancy-permit",
        "lease-registration",
        "inheritance-statement",
        "property-sale"
    })
    void service_whenNothingStandsAgainstIt_isClear(String service) throws Exception {
        JsonNode answer = ask(service, applicants.cleanInputs(service));
        assertThat(answer.path("decision").asText())
                .as("%s: %s %s", service, statuses(answer), answer.path("reason"))
                .isEqualTo("CLEAR");
        assertThat(answer.path("decisionReady").asBoolean()).isTrue();
    }

    // ---- blocked

    @Test
    void passport_whenTheArmedForcesHaveCalled_isBlocked() throws Exception {
        JsonNode answer = ask("passport-renewal", applicants.of(applicants.conscript("CALLED")));
        assertThat(answer.path("decision").asText()).isEqualTo("BLOCKED");
    }

    @Test
    void passport_whenAWomanAsks_leavesTheArmedForcesOut() throws Exception {
        Person woman = applicants
                .person((family, person) -> person.sex() == Sex.FEMALE
                        && !person.deceased()
                        && applicants.adult(person)
                        && !applicants.attached(family, person))
                .orElseThrow();
        long before =
                Objects.requireNonNull(agencies.servers().get("JAF")).reads().total();
        JsonNode answer = ask("passport-renewal", applicants.of(woman));
        assertThat(statuses(answer)).containsEntry("service", "NOT_APPLICABLE");
        assertThat(answer.path("decision").asText()).isEqualTo("CLEAR");
        assertThat(Objects.requireNonNull(agencies.servers().get("JAF")).reads().total())
                .isEqualTo(before);
    }

    @Test
    void deferral_whenAWomanOrOneWhoServedAsks_isBlocked() throws Exception {
        Person served = applicants.clean();
        assertThat(ask("service-booklet-deferral", applicants.of(served))
                        .path("decision")
                        .asText())
                .isEqualTo("BLOCKED");
        Person woman = applicants
                .person((family, person) -> person.sex() == Sex.FEMALE && !person.deceased())
                .orElseThrow();
        JsonNode stopped = ask("service-booklet-deferral", applicants.of(woman));
        assertThat(stopped.path("decision").asText()).isEqualTo("BLOCKED");
        assertThat(statuses(stopped)).containsEntry("service", "NOT_APPLICABLE");
    }

    @Test
    void deferral_whenJusticeMustReview_isPending() throws Exception {
        Person reviewed = population.person(Personas.DEFERRED.nationalNumber()).orElseThrow();
        JsonNode answer = ask("service-booklet-deferral", applicants.of(reviewed));
        assertThat(statuses(answer)).containsEntry("conviction", "DEFERRED");
        assertThat(answer.path("overall").asText()).isEqualTo("PENDING");
    }

    @Test
    void objection_whenTheFineIsPaidUnknownOrAnothers_isBlocked() throws Exception {
        assertThat(ask("traffic-objection-appointment", applicants.objection(Fine.State.SETTLED))
                        .path("decision")
                        .asText())
                .isEqualTo("BLOCKED");
        assertThat(ask(
                                "traffic-objection-appointment",
                                applicants.with(applicants.objection(Fine.State.UNPAID), "ticket", "T-1-0"))
                        .path("decision")
                        .asText())
                .isEqualTo("BLOCKED");
        Map<String, String> others = applicants.objection(Fine.State.UNPAID);
        others.put("nationalNumber", Personas.NOTHING.nationalNumber());
        JsonNode withheld = ask("traffic-objection-appointment", others);
        assertThat(withheld.path("decision").asText()).isEqualTo("BLOCKED");
        assertThat(statuses(withheld).get("vehicle")).startsWith("REFUSED");
        assertThat(withheld.toString()).doesNotContain("\"vehicle\":{");
    }

    @ParameterizedTest
    @CsvSource({"site-plan", "occupancy-permit", "lease-registration", "property-sale"})
    void service_whenTheParcelIsAnothers_isBlockedAndShowsNoTitle(String service) throws Exception {
        Map<String, String> inputs = applicants.cleanInputs(service);
        inputs.put("nationalNumber", Personas.NOTHING.nationalNumber());
        inputs.replaceAll((name, value) ->
                name.equals("tenant") || name.equals("buyer") ? Personas.CLEAN.nationalNumber() : value);
        JsonNode answer = ask(service, inputs);
        assertThat(answer.path("decision").asText()).as(answer.toString()).isEqualTo("BLOCKED");
        assertThat(answer.toString()).doesNotContain("\"owner\"");
    }

    @Test
    void share_whenSharesAreHalves_isHeldToTheHundredth() throws Exception {
        Title halves = IntStream.range(0, population.familyCount())
                .mapToObj(population::family)
                .flatMap(family -> population.titlesOf(family).stream())
                .filter(title -> title.linked()
                        && title.owners().size() == 2
                        && title.owners().stream().allMatch(owner -> owner.denominator() == 2)
                        && !title.owners().get(0).person().deceased())
                .findFirst()
                .orElseThrow();
        Person owner = halves.owners().get(0).person();
        // Half is enough to occupy, and not to let.
        JsonNode permit = ask("occupancy-permit", applicants.of(owner, halves));
        assertThat(held(permit)).isEqualTo("YES");
        JsonNode lease = ask(
                "lease-registration",
                applicants.with(applicants.of(owner, halves), "tenant", Personas.NOTHING.nationalNumber()));
        assertThat(held(lease)).isEqualTo("NO");
        assertThat(lease.path("decision").asText()).isEqualTo("BLOCKED");
    }

    private static String held(JsonNode answer) {
        for (JsonNode source : answer.path("source")) {
            if ("share".equals(source.path("step").asText())) {
                return source.path("record").path("shareHeld").path("held").asText();
            }
        }
        return "";
    }

    @Test
    void share_whenATitleIsLinkedToNobody_isNeitherYesNorNo() throws Exception {
        for (int index = 0; index < population.familyCount(); index++) {
            Family family = population.family(index);
            for (Title title : population.titlesOf(family)) {
                Person owner = title.owners().get(0).person();
                if (!title.linked() && !owner.deceased()) {
                    JsonNode answer = ask("site-plan", applicants.of(owner, title));
                    assertThat(held(answer)).isEqualTo("NOT_SHOWN");
                    assertThat(statuses(answer)).containsEntry("share", "INCOMPLETE_COVERAGE");
                    assertThat(answer.path("decision").asText()).isEqualTo("UNDETERMINED");
                    return;
                }
            }
        }
        throw new AssertionError("every title is linked");
    }

    @Test
    void plan_whenThereIsNoSuchParcel_isNotFoundAndNeverClear() throws Exception {
        JsonNode answer = ask("site-plan", applicants.with(applicants.cleanInputs("site-plan"), "basin", "999999"));
        assertThat(statuses(answer).get("share")).isEqualTo("NOT_FOUND wasl.record.not-found");
        assertThat(answer.path("decision").asText()).isEqualTo("UNDETERMINED");
    }

    @Test
    void permit_whenTheInspectionFailed_isBlocked() throws Exception {
        Person lapsed = population.person(Personas.LAPSED.nationalNumber()).orElseThrow();
        assertThat(ask("occupancy-permit", applicants.of(lapsed, applicants.title(lapsed)))
                        .path("decision")
                        .asText())
                .isEqualTo("BLOCKED");
    }

    @Test
    void sale_whenTheTitleIsMortgagedAndDuesAreOpen_isBlockedWithTheTotal() throws Exception {
        Person fined = population.person(Personas.FINED.nationalNumber()).orElseThrow();
        Title title = applicants.title(fined);
        JsonNode answer = ask(
                "property-sale",
                applicants.with(applicants.of(fined, title), "buyer", Personas.NOTHING.nationalNumber()));
        assertThat(answer.path("decision").asText()).isEqualTo("BLOCKED");
        String total = answer.path("totalDues").path("value").asText();
        assertThat(total)
                .isEqualTo(BigDecimal.valueOf(title.dueFils() + 35_500, 3).toPlainString());
    }

    @Test
    void inheritance_whenThePersonLives_isBlockedAndAsksNobodyElse() throws Exception {
        JsonNode answer = ask("inheritance-statement", applicants.of(applicants.clean()));
        assertThat(answer.path("decision").asText()).isEqualTo("BLOCKED");
        Map<String, String> statuses = statuses(answer);
        assertThat(statuses.remove("deceased")).isEqualTo("AVAILABLE");
        assertThat(statuses.values()).containsOnly("NOT_APPLICABLE");
    }

    @Test
    void inheritance_whenThePersonDied_asksAboutEveryHeirAndClaimsNoWholeEstate() throws Exception {
        Map<String, String> inputs = applicants.cleanInputs("inheritance-statement");
        Person dead = population.person(inputs.get("nationalNumber")).orElseThrow();
        Family family = population.familyOf(dead.nationalNumber()).orElseThrow();
        long numbered = family.relativesOf(dead).stream()
                .filter(relative -> relative.person() != null)
                .filter(relative ->
                        relative.marriage() == null || relative.marriage().end() == null)
                .count();
        JsonNode answer = ask("inheritance-statement", inputs);
        List<String> heirs = new ArrayList<>();
        statuses(answer).keySet().stream()
                .filter(step -> step.startsWith("heir_"))
                .forEach(heirs::add);
        assertThat(heirs.size()).isGreaterThanOrEqualTo((int) numbered).isPositive();
        assertThat(statuses(answer)).containsEntry("land", "INCOMPLETE_COVERAGE");
        assertThat(answer.path("overall").asText()).isEqualTo("PARTIAL");
    }

    @Test
    void inheritance_whenACitizenAsks_isRefused() throws Exception {
        HttpResponse<byte[]> refused = node.portal(
                "citizen",
                "POST",
                "/composites/inheritance-statement",
                JSON.writeValueAsString(applicants.of(applicants.clean())));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(refused.body()).path("code").asText()).isEqualTo("wasl.agreement.actor");
    }

    @Test
    void citizens_whenTheyAskForThemselves_areAnswered() throws Exception {
        for (String service : List.of("passport-renewal", "site-plan", "lease-registration", "property-sale")) {
            JsonNode answer = node.composite("citizen", service, applicants.cleanInputs(service));
            assertThat(answer.path("decision").asText())
                    .as("%s: %s", service, answer)
                    .isEqualTo("CLEAR");
        }
    }

    // ---- refused

    @Test
    void agency_whenNoAgreementReleasesIt_isRefusedWithoutARead() throws Exception {
        Title title = applicants.title(applicants.clean());
        AgencyServer land = Objects.requireNonNull(agencies.servers().get("DLS"));
        long before = land.reads().total();
        HttpResponse<byte[]> refused = node.agency(
                MemberId.parse("JO/GOV/DVLD"),
                "GET",
                "/r1/JO/GOV/DLS/land/title/v1?directorate=" + title.parcel().directorate() + "&village="
                        + title.parcel().village() + "&basin=" + title.parcel().basin() + "&parcel="
                        + title.parcel().parcel(),
                "",
                "X-Road-Client",
                "JO/GOV/DVLD/licensing",
                "X-Road-UserId",
                "clerk-1",
                "Wasl-Purpose",
                "LICENSING",
                "Wasl-Legal-Basis",
                "JO-LAW-18-2023");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(land.reads().total()).isEqualTo(before);
    }

    @Test
    void agency_whenTheBureauIsAsked_learnsYesOrNoAndNothingElse() throws Exception {
        String plate = "?plateCode=" + Personas.CLEAN.plate().code() + "&plateNumber="
                + Personas.CLEAN.plate().number();
        HttpResponse<byte[]> answer = node.agency(
                MemberId.parse("JO/GOV/DVLD"),
                "GET",
                "/r1/JO/COM/JIF/policies/insured-today/v1" + plate,
                "",
                "X-Road-Client",
                "JO/GOV/DVLD/licensing",
                "X-Road-UserId",
                "clerk-1",
                "Accept",
                "application/json",
                "Wasl-Purpose",
                "LICENSING",
                "Wasl-Legal-Basis",
                "JO-LAW-18-2023");
        JsonNode insured = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).as(insured.toString()).isEqualTo(200);
        assertThat(insured.path("insured").asBoolean()).isTrue();
        assertThat(insured.has("plate")).isFalse();
    }

    // ---- partial

    @ParameterizedTest
    @CsvSource({
        "passport-renewal, JAF",
        "service-booklet-deferral, JAF",
        "traffic-objection-appointment, DVLD",
        "site-plan, GAM",
        "occupancy-permit, GAM",
        "lease-registration, DLS",
        "inheritance-statement, MOJ",
        "property-sale, DLS"
    })
    void service_whenOneSourceIsDown_isNeverClearAndSaysWhich(String service, String agency) throws Exception {
        Map<String, String> inputs = applicants.cleanInputs(service);
        AgencyServer server = Objects.requireNonNull(agencies.servers().get(agency));
        int port = server.port();
        server.stop();
        try {
            JsonNode answer = ask(service, inputs);
            assertThat(answer.path("decision").asText())
                    .as("%s: %s", service, statuses(answer))
                    .isEqualTo("UNDETERMINED");
            assertThat(answer.path("overall").asText()).isEqualTo("PARTIAL");
            for (JsonNode source : answer.path("source")) {
                if (source.path("member").asText().endsWith("/" + agency)) {
                    assertThat(source.path("status").asText()).isIn(SILENT);
                    assertThat(source.has("record")).isFalse();
                }
            }
        } finally {
            server.start(port);
        }
        await(service + " answers again")
                .atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(500))
                .until(() ->
                        "CLEAR".equals(ask(service, inputs).path("decision").asText()));
    }
}
