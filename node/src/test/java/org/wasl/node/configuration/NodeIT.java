package org.wasl.node.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.wasl.agencies.SampleAgencies;
import org.wasl.agencies.cspd.CivilRegisterLoader;
import org.wasl.agencies.cspd.LoadProgress;
import org.wasl.agencies.cspd.LoadReport;
import org.wasl.agencies.population.Personas;
import org.wasl.agencies.server.AgencyServer;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.StoredMessage;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.SchemaVerdict;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.screens.frame.ScreenPolicy;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.MessageKind;
import org.wasl.security.registry.RegistryFiles;

/** The whole node, with real broker, log, back-ends and edges. */
class NodeIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MemberId MOJ = MemberId.parse("JO/GOV/MOJ");
    private static final MemberId DVLD = MemberId.parse("JO/GOV/DVLD");
    private static final MemberId PTAX = MemberId.parse("JO/GOV/PTAX");
    private static final String PERSON = "/r1/JO/GOV/CSPD/registry/person-record/v1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String CASE = "C-2026-18";

    @TempDir
    static Path root;

    @TempDir
    static Path staging;

    private static NodeProcess process;
    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        DataDirectory directory = RunningNode.smallDirectory(root);
        process = NodeProcess.start(RunningNode.settings(directory));
        node = new RunningNode(directory, process.state());
    }

    @AfterAll
    static void stop() throws Exception {
        process.close();
    }

    private static String[] court(String id, String... more) {
        String[] headers = {
            "X-Road-Client", "JO/GOV/MOJ/case-system",
            "X-Road-Id", id,
            "X-Road-UserId", "judge-1",
            "X-Road-Issue", "C-2026-17",
            "Wasl-Purpose", "COURT_CASE",
            "Wasl-Legal-Basis", "JO-LAW-9-2001"
        };
        String[] all = Arrays.copyOf(headers, headers.length + more.length);
        System.arraycopy(more, 0, all, headers.length, more.length);
        return all;
    }

    private static String query(Personas persona) {
        return "?nationalNumber=" + persona.nationalNumber();
    }

    private static Map<String, String> inputs(String service, Personas persona) {
        Map<String, String> inputs = new LinkedHashMap<>();
        inputs.put("nationalNumber", persona.nationalNumber());
        if ("vehicle-licence-renewal".equals(service)) {
            inputs.put("plateCode", persona.plate().code());
            inputs.put("plateNumber", persona.plate().number());
        }
        return inputs;
    }

    private static void assertFault(HttpResponse<byte[]> response, FaultCode code) throws Exception {
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.path("code").asText()).isEqualTo(code.wireCode());
        assertThat(response.statusCode()).isEqualTo(code.httpStatus());
    }

    // Composite services

    @ParameterizedTest
    @CsvSource({
        "general-clearance, CLEAN, COMPLETE, CLEAR",
        "general-clearance, FINED, COMPLETE, BLOCKED",
        "general-clearance, DECEASED, COMPLETE, BLOCKED",
        "vehicle-licence-renewal, CLEAN, COMPLETE, CLEAR",
        "vehicle-licence-renewal, FINED, COMPLETE, BLOCKED",
        "property-clearance, CLEAN, COMPLETE, CLEAR",
        "no-conviction-certificate, CLEAN, COMPLETE, CLEAR",
        "no-conviction-certificate, DEFERRED, PENDING, UNDETERMINED",
    })
    void composite_forEachPersona_decidesAsTheirStorySays(
            String service, Personas persona, String overall, String decision) throws Exception {
        JsonNode answer = node.composite("officer", service, inputs(service, persona));

        assertThat(answer.path("overall").asText()).isEqualTo(overall);
        assertThat(answer.path("decision").asText()).isEqualTo(decision);
        assertThat(answer.path("decisionReady").asBoolean()).isEqualTo(!"UNDETERMINED".equals(decision));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSPD", "DVLD", "PTAX", "MOJ"})
    void composite_whenOneBackEndIsStopped_isPartialAndNeverClear(String agency) throws Exception {
        AgencyServer server = server(agency);
        server.stop();
        try {
            long asked = System.nanoTime();
            JsonNode answer = node.composite("officer", "general-clearance", inputs("", Personas.CLEAN));

            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(15));
            assertThat(answer.path("overall").asText()).isEqualTo("PARTIAL");
            assertThat(answer.path("decision").asText()).isNotEqualTo("CLEAR");
            assertThat(answer.path("decisionReady").asBoolean()).isFalse();
            for (JsonNode source : answer.path("source")) {
                boolean silent = source.path("member").asText().endsWith("/" + agency);
                String status = source.path("status").asText();
                if (silent) {
                    assertThat(status).isIn("UNAVAILABLE", "TIMED_OUT", "STALE");
                    assertThat(source.path("fault").path("code").asText()).startsWith("wasl.");
                    // A record is at hand only where an earlier answer of that age is accepted.
                    assertThat(source.has("record")).isEqualTo("STALE".equals(status));
                }
            }
        } finally {
            server.start(server.port());
        }
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> node.composite(
                        "officer", "general-clearance", inputs("", Personas.CLEAN))
                .path("overall")
                .asText()
                .equals("COMPLETE"));
    }

    @Test
    void composite_whenOneBackEndIsSlow_keepsItsDeadline() throws Exception {
        AgencyServer server = server("PTAX");
        server.delay(Duration.ofSeconds(30));
        try {
            long asked = System.nanoTime();
            JsonNode answer = node.composite("officer", "general-clearance", inputs("", Personas.CLEAN));

            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(15));
            assertThat(answer.path("overall").asText()).isEqualTo("PARTIAL");
        } finally {
            server.delay(Duration.ZERO);
        }
    }

    @Test
    void composite_whenAsync_isAcceptedThenTracked() throws Exception {
        HttpResponse<byte[]> accepted = node.portal(
                "citizen",
                "POST",
                "/composites/general-clearance",
                JSON.writeValueAsString(inputs("", Personas.CLEAN)),
                "Prefer",
                "respond-async");
        assertThat(accepted.statusCode()).isIn(200, 202);
        String location = accepted.statusCode() == 202
                ? accepted.headers().firstValue("Location").orElseThrow()
                : accepted.headers().firstValue("Content-Location").orElseThrow();

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> node.portal("citizen", "GET", location, "").statusCode() == 200);
        assertFault(node.portal("auditor", "GET", location, ""), FaultCode.BREAK_GLASS_REQUIRED);
        assertThat(node.portal("auditor", "GET", location, "", "Wasl-Break-Glass", "complaint 17 of 2026")
                        .statusCode())
                .isEqualTo(200);
        assertFault(node.portal("citizen-fined", "GET", location, ""), FaultCode.REQUEST_NOT_FOUND);
    }

    @Test
    void composite_whenKeyIsGivenAgain_givesTheSameAnswer() throws Exception {
        String body = JSON.writeValueAsString(inputs("", Personas.FINED));
        String key = "key-" + UUID.randomUUID();
        HttpResponse<byte[]> first = node.portal(
                "officer",
                "POST",
                "/composites/general-clearance",
                body,
                "Idempotency-Key",
                key,
                "Wasl-Case-Reference",
                "C-2026-17");
        HttpResponse<byte[]> again = node.portal(
                "officer",
                "POST",
                "/composites/general-clearance",
                body,
                "Idempotency-Key",
                key,
                "Wasl-Case-Reference",
                "C-2026-17");

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Wasl-Reply-Id"))
                .isPresent()
                .isEqualTo(first.headers().firstValue("Wasl-Reply-Id"));
    }

    // One exchange

    @Test
    void exchange_isAnsweredWithEvidenceThatAnyPartyCanCheck() throws Exception {
        String id = UUID.randomUUID().toString();
        HttpResponse<byte[]> response = node.agency(MOJ, "GET", PERSON + query(Personas.CLEAN), "", court(id));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).startsWith("<civil:person");
        assertThat(response.headers().firstValue("X-Road-Request-Id")).contains(id);
        Container request = genuine(node.agency(MOJ, "GET", "/containers/" + id, ""));
        assertThat(response.headers().firstValue("X-Road-Request-Hash").orElseThrow())
                .isEqualTo(hash(request));
        String replyId = response.headers().firstValue("Wasl-Reply-Id").orElseThrow();
        Container reply = genuine(node.portal(
                "auditor", "GET", "/containers/" + replyId, "", "Wasl-Break-Glass", "complaint 17 of 2026"));
        assertThat(reply.header().inReplyTo()).isEqualTo(request.asInReplyTo());
        assertFault(node.agency(PTAX, "GET", "/containers/" + replyId, ""), FaultCode.CONTAINER_NOT_FOUND);
        assertFault(node.portal("auditor", "GET", "/containers/" + replyId, ""), FaultCode.BREAK_GLASS_REQUIRED);
        assertFault(node.portal("officer", "GET", "/containers/" + replyId, ""), FaultCode.CONTAINER_NOT_FOUND);
    }

    @Test
    void exchange_whenJsonIsAccepted_isTheSameRecord() throws Exception {
        HttpResponse<byte[]> response = node.agency(
                MOJ,
                "GET",
                PERSON + query(Personas.CLEAN),
                "",
                court(UUID.randomUUID().toString(), "Accept", "application/json"));
        JsonNode person = JSON.readTree(response.body());

        assertThat(person.path("@type").asText()).isEqualTo("civil:person");
        assertThat(person.path("identifier").get(0).path("value").asText()).isEqualTo(Personas.CLEAN.nationalNumber());
        assertThat(person.path("name").isArray()).isTrue();
    }

    @Test
    void exchange_whenIdIsUsedAgain_givesTheSameReplyOrRefusesAnotherQuestion() throws Exception {
        String id = "case-" + UUID.randomUUID();
        long before = server("CSPD").reads().total();
        HttpResponse<byte[]> first = node.agency(MOJ, "GET", PERSON + query(Personas.CLEAN), "", court(id));
        long after = server("CSPD").reads().total();
        HttpResponse<byte[]> again = node.agency(MOJ, "GET", PERSON + query(Personas.CLEAN), "", court(id));

        assertThat(after).isGreaterThan(before);
        assertThat(again.headers().firstValue("Wasl-Reply-Id"))
                .isPresent()
                .isEqualTo(first.headers().firstValue("Wasl-Reply-Id"));
        assertThat(server("CSPD").reads().total()).isEqualTo(after);
        assertFault(
                node.agency(MOJ, "GET", PERSON + query(Personas.FINED), "", court(id)), FaultCode.EXCHANGE_ID_REUSED);
    }

    @Test
    void exchange_whenNobodyHasThatNumber_isNotFound() throws Exception {
        assertFault(
                node.agency(
                        MOJ,
                        "GET",
                        PERSON + "?nationalNumber=" + Personas.UNREGISTERED,
                        "",
                        court(UUID.randomUUID().toString())),
                FaultCode.RECORD_NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "OTHER_PURPOSE, JO-LAW-9-2001, wasl.agreement.purpose",
        "COURT_CASE, JO-LAW-0-0000, wasl.agreement.legal-basis",
    })
    void exchange_whenPurposeIsNotAgreed_readsNothing(String purpose, String legalBasis, String code) throws Exception {
        long before = server("CSPD").reads().total();
        HttpResponse<byte[]> response = node.agency(
                MOJ,
                "GET",
                PERSON + query(Personas.CLEAN),
                "",
                "X-Road-Client",
                "JO/GOV/MOJ/case-system",
                "Wasl-Purpose",
                purpose,
                "Wasl-Legal-Basis",
                legalBasis);

        assertFault(response, FaultCode.byWireCode(code).orElseThrow());
        assertThat(server("CSPD").reads().total()).isEqualTo(before);
    }

    @Test
    void exchange_whenThereIsNoAgreement_isRefused() throws Exception {
        HttpResponse<byte[]> response = node.agency(
                DVLD,
                "GET",
                "/r1/JO/GOV/MOJ/justice/conviction-status" + query(Personas.CLEAN),
                "",
                "X-Road-Client",
                "JO/GOV/DVLD/licensing",
                "Wasl-Purpose",
                "LICENSING",
                "Wasl-Legal-Basis",
                "JO-LAW-18-2023");
        assertFault(response, FaultCode.AGREEMENT_NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?nationalNumber=12", "", "?nationalNumber=9990045842&extra=1", "?other=9990045842"})
    void exchange_whenParameterDoesNotFitTheRegistry_isRefused(String query) throws Exception {
        assertFault(
                node.agency(
                        MOJ, "GET", PERSON + query, "", court(UUID.randomUUID().toString())),
                FaultCode.REQUEST_PARAMETER);
    }

    // Agreements that end while they are used

    @Test
    void exchange_whenTheAgreementIsWithdrawnWhileTheBackEndIsSlow_disclosesNothing() throws Exception {
        String vehicles = "/r1/JO/GOV/DVLD/vehicles/vehicles-of-person/v1" + query(Personas.CLEAN);
        UUID before = UUID.randomUUID();
        UUID during = UUID.randomUUID();
        UUID after = UUID.randomUUID();
        RegistryFiles registry = process.part(RegistryFiles.class);
        StagedRegistry staged = StagedRegistry.copyOf(root, staging);
        staged.draft(draft ->
                draft.replace(" id=\"case-vehicles\"", " id=\"case-vehicles\" withdrawn=\"2026-11-01T00:00:00.000Z\""));
        AgencyServer dvld = server("DVLD");
        assertThat(node.agency(MOJ, "GET", vehicles, "", traffic(before)).statusCode())
                .isEqualTo(200);
        dvld.delay(Duration.ofSeconds(2));
        try {
            CompletableFuture<HttpResponse<byte[]>> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return node.agency(MOJ, "GET", vehicles, "", traffic(during));
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });
            // Allowed, logged, and at the back-end.
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> log().message(DVLD, Direction.RECEIVED, during).isPresent());
            staged.publish(root);
            registry.reload();
            HttpResponse<byte[]> refused = answer.get(90, TimeUnit.SECONDS);

            assertFault(refused, FaultCode.AGREEMENT_WITHDRAWN);
            JsonNode problem = JSON.readTree(refused.body());
            assertThat(problem.path("agreement").asText()).isEqualTo("case-vehicles");
            assertThat(problem.path("rule").asText()).isEqualTo("withdrawal");
            assertThat(problem.path("explanation").asText()).containsPattern("\\p{IsArabic}{3}");
            StoredMessage signed = log().answer(DVLD, Direction.SENT, during).orElseThrow();
            assertThat(signed.kind()).isEqualTo(MessageKind.FAULT);
            assertThat(signed.faultCode()).isEqualTo(FaultCode.AGREEMENT_WITHDRAWN.wireCode());
            assertThat(log().correlated(CASE, 1_000)).anySatisfy(leaf -> {
                assertThat(leaf.messageId()).isEqualTo(during);
                assertThat(leaf.direction()).isEqualTo(Direction.REFUSED);
                assertThat(leaf.faultCode()).isEqualTo(FaultCode.AGREEMENT_WITHDRAWN.wireCode());
            });

            long reads = dvld.reads().total();
            assertFault(node.agency(MOJ, "GET", vehicles, "", traffic(after)), FaultCode.AGREEMENT_WITHDRAWN);
            assertThat(dvld.reads().total()).isEqualTo(reads);
        } finally {
            dvld.delay(Duration.ZERO);
            staged.draft(draft -> draft);
            staged.publish(root);
            registry.reload();
        }
        assertThat(node.agency(MOJ, "GET", vehicles, "", traffic(UUID.randomUUID()))
                        .statusCode())
                .isEqualTo(200);
    }

    private static MessageLog log() {
        return process.part(MessageLog.class);
    }

    private static String[] traffic(UUID id) {
        return new String[] {
            "X-Road-Client", "JO/GOV/MOJ/case-system",
            "X-Road-Id", id.toString(),
            "X-Road-Issue", CASE,
            "Wasl-Purpose", "COURT_CASE",
            "Wasl-Legal-Basis", "JO-LAW-18-2023",
            "Accept-Language", "ar"
        };
    }

    // What the broker could read

    @Test
    void brokerFiles_whenJusticeWasAsked_holdNothingOfItsRecords() throws Exception {
        List<JsonNode> answers = List.of(
                complete("general-clearance", Personas.ATTACHED),
                complete("no-conviction-certificate", Personas.CLEAN));
        Set<String> confidential = new HashSet<>();
        Set<String> open = new HashSet<>();
        for (JsonNode answer : answers) {
            for (JsonNode source : answer.path("source")) {
                boolean justice = source.path("member").asText().equals(MOJ.toString());
                tellingTexts(source.path("record"), justice ? confidential : open);
            }
        }
        // The traffic register names the court that had a vehicle attached: its own record, in plain.
        confidential.removeIf(text -> open.stream().anyMatch(other -> other.contains(text)));

        String kept = brokerFiles();
        assertThat(confidential).isNotEmpty().noneMatch(text -> kept.contains(asOctets(text)));
        // The others' records are not encrypted; what keeps them from the disk is that brokers keep messages in memory.
        assertThat(open).isNotEmpty().noneMatch(text -> kept.contains(asOctets(text)));
        // The search does find what there is; the broker writes names with two octets a letter.
        assertThat(kept.replace("\0", "")).contains("wasl.request.JO.GOV.MOJ.justice");
    }

    /** The answer with every source in it: a busy machine may be late once. */
    private static JsonNode complete(String service, Personas persona) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> node.composite("officer", service, inputs("", persona)),
                        answer -> answer.path("overall").asText().equals("COMPLETE"));
    }

    /** Texts that say something about somebody: neither codes, which headers hold too, nor dates and numbers alone. */
    private static void tellingTexts(JsonNode record, Set<String> texts) {
        if (record.isTextual()
                && record.asText().length() > 5
                && !record.asText().matches("[A-Za-z_:]+|[0-9.:TZ-]+")) {
            texts.add(record.asText());
        }
        record.forEach(child -> tellingTexts(child, texts));
    }

    /** All that the broker keeps on disk, one character an octet. */
    private static String brokerFiles() throws Exception {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(new DataDirectory(root).broker()).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static String asOctets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    // Records that nobody here wrote

    @Test
    void exchange_ofAForeignRegister_givesValidCivilRecordsForAll() throws Exception {
        Path file = Path.of(System.getProperty("wasl.root"), "..", "shared", "corpora", "civil-register-nl")
                .resolve("persons.ndjson");
        Assumptions.assumeTrue(Files.isRegularFile(file), "skipped: corpus civil-register-nl is absent");
        String password = new TrustFiles(root).secrets().read("cspd.registrar");
        String url = process.part(SampleAgencies.class).endpoints().cspdJdbcUrl();
        LoadReport report = new CivilRegisterLoader(url, password, Clock.systemUTC()).load(file, LoadProgress.NONE);
        SchemaCatalogue schemas = SchemaCatalogue.load();
        int valid = 0;
        Map<String, Integer> refused = new TreeMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String query = "?nationalNumber=" + number(line);
            HttpResponse<byte[]> response = node.agency(
                    MOJ, "GET", PERSON + query, "", court(UUID.randomUUID().toString()));
            if (response.statusCode() == 200 && schemas.validate(response.body()) instanceof SchemaVerdict.Valid) {
                valid++;
            } else {
                refused.merge(JSON.readTree(response.body()).path("detail").asText(), 1, Integer::sum);
            }
        }
        System.out.println("civil-register-nl: " + report.lines() + " records, " + report.refused()
                + " refused by the loader; over the bus " + valid + " valid, refused " + refused);
        assertThat(report.refused()).isZero();
        assertThat(refused).isEmpty();
        assertThat(valid).isEqualTo(1176);
    }

    /** What the loader files a person under: the administration number, or the nine digits after a 0. */
    private static String number(String line) throws Exception {
        JsonNode person = JSON.readTree(line);
        String own = person.path("aNummer").asText("");
        return own.isEmpty() ? "0" + person.path("burgerservicenummer").asText() : own;
    }

    // The assembled routes

    @Test
    void routes_allHaveNameDescriptionAndErrorPolicy_andNoLooseEnds() {
        CamelContext camel = process.part(CamelContext.class);
        Set<String> consumed = new HashSet<>();
        for (Route route : camel.getRoutes()) {
            assertThat(route.getRouteId()).matches("[a-z][A-Za-z0-9.-]*");
            assertThat(route.getDescription())
                    .as("description of " + route.getRouteId())
                    .isNotBlank();
            assertThat(route.getConfigurationId())
                    .as("policy of " + route.getRouteId())
                    .isNotBlank();
            consumed.add(route.getEndpoint().getEndpointUri());
        }
        for (Endpoint endpoint : camel.getEndpoints()) {
            String uri = endpoint.getEndpointUri();
            if (uri.startsWith("direct:")) {
                assertThat(consumed).as("a route from " + uri).contains(uri);
            }
            assertThat(uri).doesNotStartWith("file:").doesNotStartWith("exec:").doesNotStartWith("bean:");
        }
        assertThat(camel.getRoutes()).hasSizeGreaterThan(10);
    }

    @Test
    void openApi_describesExactlyTheRoutesThereAre() throws Exception {
        JsonNode document =
                JSON.readTree(node.portal("citizen", "GET", "/openapi.json", "").body());
        Set<String> described = new HashSet<>();
        document.path("paths").fieldNames().forEachRemaining(path -> described.add(shape(path)));
        process.part(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().forEach(pattern -> {
                    if (!"/error".equals(pattern) && !ScreenPolicy.isPage(pattern)) {
                        assertThat(described).contains(shape(pattern.replace("/{*rest}", "")));
                    }
                }));
    }

    private static String shape(String path) {
        return path.replaceAll("\\{[^}]*}", "{}");
    }

    private static AgencyServer server(String agency) {
        SampleAgencies agencies = process.part(SampleAgencies.class);
        return switch (agency) {
            case "CSPD" -> agencies.cspd();
            case "DVLD" -> agencies.dvld();
            case "PTAX" -> agencies.ptax();
            default -> agencies.moj();
        };
    }

    private static Container genuine(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/vnd.etsi.asic-e+zip");
        ContainerVerdict verdict = process.part(AsicContainerVerifier.class)
                .verify(response.body(), process.part(RegistryFiles.class).get(), java.time.Instant.now());
        assertThat(verdict).isInstanceOf(ContainerVerdict.Genuine.class);
        return ((ContainerVerdict.Genuine) verdict).container();
    }

    private static String hash(Container request) throws Exception {
        MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
        byte[] headers = sha512.digest(request.headerOctets());
        byte[] body = sha512.digest(request.payload());
        sha512.update(headers);
        return Base64.getEncoder().encodeToString(sha512.digest(body));
    }
}
