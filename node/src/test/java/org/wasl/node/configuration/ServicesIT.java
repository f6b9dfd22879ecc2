package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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
import org.wasl.connectors.samples.SampleDeclarations;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.identifier.MemberId;

/** Every declared service over the real node, asked about people whom a search of the population finds. */
class ServicesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SILENT = Set.of("UNAVAILABLE", "TIMED_OUT", "STALE");
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
        Files.writeString(
                root.resolve("wasl.yaml"),
                "wasl:\n  samples:\n    families: 300\n  statistics:\n    interval: 300ms\n",
                StandardCharsets.UTF_8);
        late(root.resolve("connectors"));
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

    /** The connectors of two agencies as one would declare them whose requests wait until it is back. */
    private static void late(Path connectors) throws Exception {
        Files.createDirectories(connectors);
        for (String name : List.of("CSPD/life-status", "MOJ/attachments", "MOJ/conviction-status")) {
            String file = name.substring(name.indexOf('/') + 1);
            Files.writeString(connectors.resolve(file + ".xsl"), sample(name + ".xsl"), StandardCharsets.UTF_8);
            String declared = sample(name + ".yaml")
                    .replaceFirst("(?m)^connector: ", "connector: late-")
                    .replaceFirst("(?m)^  fresh: .*$", "  fresh: 1s")
                    .replaceFirst("(?ms)^later:.*?(?=^\\S)", "");
            Files.writeString(connectors.resolve(file + ".yaml"), declared + """
                    later:
                      when-down: true
                      stays-open: 1h
                      ask-first: 1s
                      ask-most: 2s
                    """, StandardCharsets.UTF_8);
        }
    }

    private static String sample(String name) throws Exception {
        try (InputStream in = Objects.requireNonNull(SampleDeclarations.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
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
        "general-clearance",
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

    // ---- deferred

    @ParameterizedTest
    @CsvSource({
        "MOJ, general-clearance passport-renewal service-booklet-deferral occupancy-permit lease-registration"
                + " inheritance-statement property-sale",
        "CSPD, site-plan traffic-objection-appointment"
    })
    void service_whenOneSourceAnswersLater_isPendingAndThenClear(String agency, String services) throws Exception {
        Map<String, Map<String, String>> inputs = new LinkedHashMap<>();
        for (String service : services.split(" ")) {
            inputs.put(service, applicants.cleanInputs(service));
        }
        Map<String, String> tracked = new LinkedHashMap<>();
        AgencyServer server = Objects.requireNonNull(agencies.servers().get(agency));
        int port = server.port();
        // What the files' connector read a moment ago is fresh for a second.
        long stopped = System.nanoTime();
        server.stop();
        try {
            await().until(() ->
                    System.nanoTime() - stopped > Duration.ofMillis(1_100).toNanos());
            for (Map.Entry<String, Map<String, String>> service : inputs.entrySet()) {
                JsonNode answer = ask(service.getKey(), service.getValue());
                assertThat(answer.path("overall").asText())
                        .as("%s: %s", service.getKey(), statuses(answer))
                        .isEqualTo("PENDING");
                assertThat(answer.path("decision").asText()).isEqualTo("UNDETERMINED");
                assertThat(deferredBy(answer)).containsExactly("JO/GOV/" + agency);
                tracked.put(service.getKey(), answer.path("trackingId").asText());
            }
        } finally {
            server.start(port);
        }
        tracked.forEach((service, id) -> await(service + " is answered in the end")
                .atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> {
                    HttpResponse<byte[]> answer = node.portal("officer", "GET", "/requests/" + id, "");
                    assertThat(answer.statusCode()).isEqualTo(200);
                    assertThat(JSON.readTree(answer.body()).path("decision").asText())
                            .isEqualTo("CLEAR");
                }));
    }

    /** Who said that they answer later; steps that wait for them are deferred too, and were not asked. */
    private static Set<String> deferredBy(JsonNode answer) {
        Set<String> members = new TreeSet<>();
        answer.path("source").forEach(source -> {
            if (source.has("later")) {
                assertThat(source.path("status").asText()).isEqualTo("DEFERRED");
                assertThat(source.path("later").path("reason").path("label"))
                        .hasSize(2)
                        .allSatisfy(label -> assertThat(label.asText()).isNotBlank());
                members.add(source.path("member").asText());
            } else if (source.path("status").asText().equals("DEFERRED")) {
                assertThat(source.has("request")).as(source.toString()).isFalse();
            }
        });
        return members;
    }

    // ---- blocked

    @Test
    void clearance_whenFinesAreOpen_isBlockedWithTheTotal() throws Exception {
        JsonNode answer = ask(
                "general-clearance",
                applicants.of(population.person(Personas.FINED.nationalNumber()).orElseThrow()));
        assertThat(answer.path("decision").asText()).isEqualTo("BLOCKED");
        assertThat(answer.path("totalDues").path("value").asText()).matches("[0-9]+\\.[0-9]{3}");
    }

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
        "general-clearance, PTAX",
        "passport-renewal, JAF",
        "service-booklet-deferral, JAF",
        "traffic-objection-appointment, DVLD",
        "site-plan, GAM",
        "occupancy-permit, GAM",
        "lease-registration, DLS",
        "inheritance-statement, DVLD",
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
            int silent = 0;
            for (JsonNode source : answer.path("source")) {
                String status = source.path("status").asText();
                // What nobody asked for is not silent: no appointment without a slot.
                if (source.path("member").asText().endsWith("/" + agency) && !"NOT_APPLICABLE".equals(status)) {
                    assertThat(status).isIn(SILENT);
                    assertThat(source.has("record")).isEqualTo("STALE".equals(status));
                    silent++;
                }
            }
            assertThat(silent).isPositive();
        } finally {
            server.start(port);
        }
        await(service + " answers again")
                .atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(500))
                .until(() ->
                        "CLEAR".equals(ask(service, inputs).path("decision").asText()));
    }

    @Test
    void declaration_whenAServiceCostsSomething_tellsTheFee() throws Exception {
        JsonNode passport = JSON.readTree(node.portal("citizen", "GET", "/composites/passport-renewal", "")
                .body());
        assertThat(passport.path("legalBasis").asText()).isNotBlank();
        JsonNode fee = passport.path("fees").path(0);
        assertThat(fee.path("amount").asText()).isEqualTo("50.000");
        assertThat(fee.path("label").path("ar").asText()).isEqualTo("رسم الجواز");
    }

    // ---- how often

    /** Twelve requests through a kiosk: ten may be published, and those entitled see all twelve. */
    @Test
    void statistics_whenServicesWereAsked_tellChannelsOutcomesAndTheShareOfAllApplications() throws Exception {
        Map<String, String> inputs = applicants.cleanInputs("site-plan");
        String body = JSON.writeValueAsString(inputs);
        for (int time = 0; time < 12; time++) {
            HttpResponse<byte[]> answer = node.portal(
                    "officer",
                    "POST",
                    "/composites/site-plan",
                    body,
                    "Wasl-Case-Reference",
                    "C-2026-18",
                    "Wasl-Channel",
                    "KIOSK");
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> plans("operator", "/statistics")
                                .path("byChannel")
                                .path("KIOSK")
                                .asInt()
                        == 12);
        JsonNode plans = plans("citizen", "/catalogue/statistics");
        assertThat(plans.path("byChannel").path("KIOSK").asInt()).isEqualTo(10);
        for (JsonNode count : plans.path("byOutcome")) {
            assertThat(count.asInt() % 10).isZero();
        }
        assertThat(plans.path("visitsSpared").asInt()).isGreaterThanOrEqualTo(30);
        JsonNode adoption = plans.path("adoption");
        assertThat(adoption.path("share").asText()).matches("0\\.[0-9]{4}");
        assertThat(adoption.path("byChannel").path("KIOSK").asInt()).isEqualTo(10);
        assertThat(adoption.path("applications").path("published").asText()).isEqualTo("2026-02-01");
        assertThat(adoption.path("applications").path("synthetic").asBoolean()).isTrue();
        assertThat(node.portal("citizen", "GET", "/statistics", "").statusCode())
                .isEqualTo(403);
        openData();
    }

    private static void openData() throws Exception {
        JsonNode data = JSON.readTree(
                node.portal("citizen", "GET", "/catalogue/open-data", "").body());
        assertThat(data.path("@type").asText()).isEqualTo("dcat:Dataset");
        assertThat(data.path("dct:license").asText()).startsWith("https://");
        long total = 0;
        for (JsonNode row : data.path("rows")) {
            assertThat(row.path("requests").asInt()).isGreaterThanOrEqualTo(10);
            total += row.path("requests").asLong();
        }
        assertThat(data.path("total").asLong()).isEqualTo(total).isPositive();
        HttpResponse<byte[]> table = node.portal("citizen", "GET", "/catalogue/open-data.csv", "");
        assertThat(table.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(new String(table.body(), StandardCharsets.UTF_8).lines())
                .hasSize(data.path("rows").size() + 1)
                .anySatisfy(line -> assertThat(line)
                        .matches("JO/GOV/PORTAL/composer/site-plan/v1,.*,KIOSK,COMPLETE,[0-9]{4}-[0-9]{2},10"));
    }

    private static JsonNode plans(String user, String path) throws Exception {
        for (JsonNode service :
                JSON.readTree(node.portal(user, "GET", path, "").body()).path("services")) {
            if (service.path("service").asText().equals("site-plan")) {
                return service;
            }
        }
        throw new AssertionError("no site-plan in " + path);
    }
}
