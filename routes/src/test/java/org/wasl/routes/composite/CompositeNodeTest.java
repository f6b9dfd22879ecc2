package org.wasl.routes.composite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.site.Claim;
import org.wasl.messagelog.site.ClaimResult;
import org.wasl.messagelog.site.PostgresSite;
import org.wasl.messagelog.site.Site;
import org.wasl.messagelog.site.SiteSettings;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.messagelog.store.LogStoreException;
import org.wasl.messagelog.store.PostgresLogStore;
import org.wasl.messagelog.store.PostgresSettings;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.routes.held.HeldAnswers;
import org.wasl.routes.held.HeldSettings;
import org.wasl.routes.held.MemoryAnswerCache;
import org.wasl.routes.held.SiteKey;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.agreement.RegistryAccessPolicy;
import org.wasl.security.assertion.AssertionVerifier;
import org.wasl.security.assertion.ClaimNames;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.DemoRegistry;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.container.Container;
import org.wasl.security.container.ContainerVerdict;
import org.wasl.security.container.PayloadContent;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.keys.MemberKeys;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.registry.CertificatePath;
import org.wasl.security.registry.Registry;
import org.wasl.security.registry.RegistryFiles;
import org.wasl.security.registry.RegistryListener;
import org.wasl.security.registry.RegistryReading;
import org.wasl.security.registry.RegistryXml;
import org.wasl.security.registry.Service;

/** Composite services as declared for the samples: real registry, keys, containers and log; the sources' answers chosen. */
class CompositeNodeTest {

    private static final SchemaCatalogue SCHEMAS = SchemaCatalogue.load();
    private static final SubsystemId WEB = SubsystemId.parse("JO/GOV/PORTAL/web");
    private static final MemberId PORTAL = MemberId.parse("JO/GOV/PORTAL");
    private static final String NUMBER = "9990045842";

    private static final String ALIVE =
            "<civil:lifeStatus xmlns:civil=\"urn:wasl:civil:1\"><civil:status>ALIVE</civil:status></civil:lifeStatus>";
    private static final String DECEASED = ALIVE.replace("ALIVE", "DECEASED");
    private static final String NO_FINES =
            "<traffic:fines xmlns:traffic=\"urn:wasl:traffic:1\"><traffic:openCount>0</traffic:openCount>"
                    + "<traffic:totalDue currency=\"JOD\">0.000</traffic:totalDue></traffic:fines>";
    private static final String FINES = NO_FINES.replace("0.000", "50.000").replace(">0<", ">1<");
    private static final String NO_VEHICLES =
            "<traffic:vehicles xmlns:traffic=\"urn:wasl:traffic:1\"><traffic:count>0</traffic:count></traffic:vehicles>";
    private static final String PAID =
            "<property:accounts xmlns:property=\"urn:wasl:property:1\"><property:totalDue currency=\"JOD\">0.000"
                    + "</property:totalDue><property:clearance><property:eligible>true</property:eligible>"
                    + "</property:clearance></property:accounts>";
    private static final String OWED = PAID.replace("0.000", "123.450").replace("true", "false");
    private static final String FREE =
            "<justice:attachments xmlns:justice=\"urn:wasl:justice:1\"><justice:any>false</justice:any>"
                    + "</justice:attachments>";

    private static final String PERSON =
            "<civil:person xmlns:civil=\"urn:wasl:civil:1\" xmlns:common=\"urn:wasl:common:1\">"
                    + "<civil:name script=\"Arab\" source=\"REGISTERED\"><common:givenName>ليلى</common:givenName>"
                    + "</civil:name><civil:status>ALIVE</civil:status></civil:person>";
    private static final String NO_CONVICTION =
            "<justice:status xmlns:justice=\"urn:wasl:justice:1\"><justice:result>CLEAR</justice:result>"
                    + "</justice:status>";

    private static final String HEIR = "9990000021";
    private static final String OTHER_HEIR = "9990000022";
    private static final String FAMILY = PERSON.replace("ALIVE", "DECEASED")
            .replace("</civil:person>", child(HEIR) + child(OTHER_HEIR) + "</civil:person>");
    private static final String HEIRS = """
            service: JO/GOV/PORTAL/composer/general-clearance/v1
            name: {ar: حصر إرث, en: Heirs}
            purpose: GENERAL_CLEARANCE
            legal-basis: JO-BYLAW-CLEARANCE
            deadline: PT10S
            inputs:
              - name: nationalNumber
                label: {ar: الرقم الوطني, en: National number}
                pattern: "[0-9]{10}"
                subject: true
            steps:
              - id: family
                service: JO/GOV/CSPD/registry/person-record/v1
                label: {ar: الأسرة, en: Family}
                parameters: {nationalNumber: request.nationalNumber}
                deadline: PT5S
                requires: exists(civil:status)
              - id: heir
                service: JO/GOV/MOJ/justice/attachments/v1
                label: {ar: وارث, en: Heir}
                for-each: {step: family, items: "civil:child", most: 4}
                parameters: {nationalNumber: "item: civil:identifier"}
                deadline: PT5S
                requires: exists(justice:any)
              - id: estate
                service: JO/GOV/PTAX/property/property-account/v1
                label: {ar: التركة, en: Estate}
                parameters: {nationalNumber: request.nationalNumber}
                after: [heir]
                deadline: PT5S
                requires: exists(property:totalDue)
            """;

    @TempDir
    static Path directory;

    private static Registry registry;
    private volatile @Nullable FaultCode closed;
    private static RegistryFiles registryFiles;
    private static MemberKeys keys;
    private static AsicContainerVerifier verifier;
    private static CompositeDeclarations declarations;

    private CompositeDeclarations declared = declarations;
    private Registry inForce = registry;
    private HeldAnswers held = HeldAnswers.none();
    private final AnsweringExchanges exchanges = new AnsweringExchanges(keys);
    private DefaultCamelContext camel;
    private GroupCommitMessageLog log;
    private CompositeNode node;
    private SqliteLogStore store;

    @TempDir
    Path logDirectory;

    private static String child(String number) {
        return "<civil:child><civil:identifier scheme=\"JO-NAT\">" + number + "</civil:identifier></civil:child>";
    }

    @BeforeAll
    static void establish() throws IOException, GeneralSecurityException {
        TrustFiles files = new TrustFiles(directory);
        registry = new DemoAuthority(
                        files, new RegistryXml(SCHEMAS), DemoAuthority.EXAMPLE_PUBLICATION, Clock.systemUTC())
                .establish(draft());
        Set<MemberId> members =
                registry.members().stream().map(member -> member.id()).collect(Collectors.toSet());
        keys = Pkcs12MemberKeys.load(files.keys(), files.secrets(), members);
        registryFiles = RegistryFiles.open(
                files.registrySource(Duration.ofMinutes(1)),
                authority(files.authorityCertificate()),
                new RegistryXml(SCHEMAS),
                Clock.systemUTC(),
                RegistryListener.NONE);
        verifier = new AsicContainerVerifier(SCHEMAS, new CertificatePath(registryFiles.revocationLists()));
        Map<String, String> texts = new HashMap<>();
        for (String name : Set.of(
                "general-clearance", "vehicle-licence-renewal", "property-clearance", "no-conviction-certificate")) {
            Path file = Path.of(System.getProperty("wasl.root"))
                    .resolve("routes/src/main/resources/org/wasl/routes/composite/samples/" + name + ".yaml");
            texts.put(name, Files.readString(file));
        }
        declarations = CompositeDeclarations.read(texts);
    }

    /** The samples without a word about who asks: whether that is proven is another test's matter. */
    private static byte[] draft() {
        return new String(DemoRegistry.draft(), StandardCharsets.UTF_8)
                .replace(
                        "<actor kind=\"CITIZEN\" subject=\"OWN\" assertion=\"REQUIRED\"/>", "<actor kind=\"CITIZEN\"/>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static X509Certificate authority(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @AfterAll
    static void close() {
        registryFiles.close();
    }

    @BeforeEach
    void start() throws LogStoreException {
        store = SqliteLogStore.open(logDirectory.resolve("wasl.db"));
        log = GroupCommitMessageLog.open(store, IndexKey.of(new byte[32]), LogSettings.defaults(), cause -> {});
        camel = new DefaultCamelContext();
        camel.getShutdownStrategy().setTimeout(1);
        node = CompositeNode.addTo(
                camel,
                new CompositeParts(
                        declared,
                        exchanges,
                        () -> inForce,
                        keys,
                        new AsicContainerSigner(),
                        verifier,
                        new RegistryAccessPolicy(Clock.systemUTC()),
                        new AssertionVerifier(ClaimNames.DEFAULT),
                        SCHEMAS,
                        log,
                        () -> Optional.ofNullable(closed),
                        Clock.systemUTC(),
                        64,
                        4,
                        Duration.ofSeconds(10),
                        held));
        camel.start();
        exchanges
                .answer("life-status", ALIVE)
                .answer("fines-of-person", NO_FINES)
                .answer("fines-of-vehicle", NO_FINES)
                .answer("vehicles-of-person", NO_VEHICLES)
                .answer("property-account", PAID)
                .answer("attachments", FREE);
    }

    @AfterEach
    void stop() {
        camel.stop();
        node.close();
        log.close();
    }

    private static CompositeRequest request(UUID id, String service, Map<String, String> inputs) {
        return new CompositeRequest(
                id,
                WEB,
                service,
                inputs,
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "citizen-1", null),
                null,
                null,
                null,
                "WEB",
                "ar",
                Priority.NORMAL,
                null,
                null);
    }

    private static CompositeRequest keyed(UUID id, String number) {
        return new CompositeRequest(
                id,
                WEB,
                "general-clearance",
                Map.of("nationalNumber", number),
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "citizen-1", null),
                null,
                null,
                null,
                "WEB",
                "ar",
                Priority.NORMAL,
                null,
                "my-key");
    }

    /** A second node of the composing member: what was asked at the first is neither asked nor composed again. */
    @Test
    void ask_whenTheKeyWasUsedAtAnotherNode_givesWhatCameOfItThere() throws LogStoreException {
        UUID id = UUID.randomUUID();
        CompositeResult first =
                node.ask(keyed(id, NUMBER)).orTimeout(30, TimeUnit.SECONDS).join();
        GroupCommitMessageLog otherLog = GroupCommitMessageLog.open(
                SqliteLogStore.open(logDirectory.resolve("second.db")),
                IndexKey.of(new byte[32]),
                LogSettings.defaults(),
                cause -> {});
        DefaultCamelContext otherCamel = new DefaultCamelContext();
        AnsweringExchanges nobody = new AnsweringExchanges(keys);
        CompositeNode second = CompositeNode.addTo(
                otherCamel,
                new CompositeParts(
                        declared,
                        nobody,
                        () -> inForce,
                        keys,
                        new AsicContainerSigner(),
                        verifier,
                        new RegistryAccessPolicy(Clock.systemUTC()),
                        new AssertionVerifier(ClaimNames.DEFAULT),
                        SCHEMAS,
                        otherLog,
                        () -> Optional.empty(),
                        Clock.systemUTC(),
                        64,
                        4,
                        Duration.ofSeconds(10),
                        held,
                        new OneOtherLog(store)));
        otherCamel.start();
        try {
            CompositeResult again = second.ask(keyed(id, NUMBER))
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
            CompositeResult other = second.ask(keyed(id, "9990000002"))
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();

            byte[] answer = ((CompositeResult.Answered) first).answer().octets();
            assertThat(((CompositeResult.Answered) again).answer().octets()).isEqualTo(answer);
            assertThat(((CompositeResult.Answered) second.track(id).orElseThrow())
                            .answer()
                            .octets())
                    .isEqualTo(answer);
            assertThat(((CompositeResult.Faulted) other).fault().code()).isEqualTo(FaultCode.EXCHANGE_ID_REUSED);
            assertThat(otherLog.size()).isZero();
        } finally {
            otherCamel.stop();
            second.close();
            otherLog.close();
        }
    }

    /** One of the composing member's nodes, its log and its claims in the database that they share. */
    private final class Composer implements AutoCloseable {

        private final AnsweringExchanges asked = new AnsweringExchanges(keys);
        private final GroupCommitMessageLog ownLog;
        private final Site site;
        private final DefaultCamelContext ownCamel = new DefaultCamelContext();
        private final CompositeNode composer;

        Composer(EmbeddedPostgres server, String name) throws Exception {
            PostgresSettings logSettings = schema(server, name);
            ownLog = GroupCommitMessageLog.open(
                    PostgresLogStore.open(logSettings), IndexKey.of(new byte[32]), LogSettings.defaults(), cause -> {});
            site = PostgresSite.join(new SiteSettings(schema(server, "site"), name, logSettings, 4));
            ownCamel.getShutdownStrategy().setTimeout(1);
            composer = CompositeNode.addTo(
                    ownCamel,
                    new CompositeParts(
                            declared,
                            asked,
                            () -> inForce,
                            keys,
                            new AsicContainerSigner(),
                            verifier,
                            new RegistryAccessPolicy(Clock.systemUTC()),
                            new AssertionVerifier(ClaimNames.DEFAULT),
                            SCHEMAS,
                            ownLog,
                            () -> Optional.empty(),
                            Clock.systemUTC(),
                            64,
                            4,
                            Duration.ofSeconds(10),
                            held,
                            site));
            ownCamel.start();
            asked.answer("life-status", ALIVE)
                    .answer("fines-of-person", NO_FINES)
                    .answer("property-account", PAID)
                    .answer("attachments", FREE);
        }

        private static PostgresSettings schema(EmbeddedPostgres server, String name) throws SQLException {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + name);
            }
            return PostgresSettings.of(
                    server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name, "postgres", "postgres");
        }

        CompletableFuture<CompositeResult> ask(UUID id) {
            return composer.ask(keyed(id, NUMBER)).orTimeout(30, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            ownCamel.stop();
            composer.close();
            ownLog.close();
            site.close();
        }
    }

    private static byte[] octets(CompositeResult result) {
        return ((CompositeResult.Answered) result).answer().octets();
    }

    private static EmbeddedPostgres server() {
        try {
            // The embedded server's own defaults trade durability for speed.
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
        } catch (IOException | IllegalStateException e) {
            return Assumptions.abort("skipped: the embedded PostgreSQL does not start here: " + e);
        }
    }

    /** A claim in a real database: asked at one while it runs at the other, after that has gone, and long after. */
    @Test
    void ask_whenTwoNodesShareTheirClaims_isComposedOnceWhateverBecomesOfEither() throws Exception {
        try (EmbeddedPostgres server = server();
                Composer second = new Composer(server, "second")) {
            UUID id = UUID.randomUUID();
            CompletableFuture<Void> release = new CompletableFuture<>();
            byte[] answer;
            try (Composer first = new Composer(server, "first")) {
                first.asked.later("life-status", release);
                CompletableFuture<CompositeResult> running = first.ask(id);
                await().atMost(Duration.ofSeconds(30)).until(() -> first.ownLog.messages(id).stream()
                        .anyMatch(stored -> stored.direction() == Direction.RECEIVED));

                CompositeResult meanwhile = second.ask(id).join();
                assertThat(meanwhile)
                        .isNotInstanceOf(CompositeResult.Answered.class)
                        .isNotInstanceOf(CompositeResult.Faulted.class);
                release.complete(null);
                answer = octets(running.join());
                assertThat(octets(second.ask(id).join())).isEqualTo(answer);
            }

            assertThat(octets(second.ask(id).join())).isEqualTo(answer);
            assertThat(octets(second.composer.track(id).orElseThrow())).isEqualTo(answer);
            // After a day nobody knows any more whose it was, but for the log.
            assertThat(second.site.forget(Instant.now().plusSeconds(60))).isPositive();
            assertThat(octets(second.ask(id).join())).isEqualTo(answer);
            assertThat(second.asked.asked()).isEmpty();
            assertThat(second.ownLog.size()).isZero();
        }
    }

    /** It was claimed and not begun when its node went: whoever is asked next composes it. */
    @Test
    void ask_whenTheNodeThatClaimedItWentBeforeItBegan_isComposedByTheOther() throws Exception {
        try (EmbeddedPostgres server = server();
                Composer second = new Composer(server, "second")) {
            UUID id = UUID.randomUUID();
            try (Composer first = new Composer(server, "first")) {
                Claim claim = new Claim(Claim.Side.ASKS, WEB.member(), WEB, id, id, Instant.now());
                assertThat(first.site.claim(claim, log -> Optional.empty()))
                        .isEqualTo(new ClaimResult.Granted<>(Optional.empty()));
                CompositeResult waiting = second.ask(id).join();
                assertThat(((CompositeResult.Faulted) waiting).fault().code()).isEqualTo(FaultCode.OVERLOADED);
            }

            assertThat(second.ask(id).join()).isInstanceOf(CompositeResult.Answered.class);
        }
    }

    private CompositeResult ask(String service, Map<String, String> inputs) {
        return node.ask(request(UUID.randomUUID(), service, inputs))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private Element answer(String service) {
        return answer(ask(service, Map.of("nationalNumber", NUMBER)));
    }

    private static Element answer(CompositeResult result) {
        assertThat(result).isInstanceOf(CompositeResult.Answered.class);
        Container answer = ((CompositeResult.Answered) result).answer();
        assertThat(verifier.verify(answer.octets(), registry, Instant.now()))
                .isInstanceOf(ContainerVerdict.Genuine.class);
        PayloadContent content = new PayloadXml(SCHEMAS).read(answer);
        assertThat(content).isInstanceOf(PayloadContent.Record.class);
        return ((PayloadContent.Record) content).root();
    }

    private static String text(Element answer, String name) {
        return answer.getElementsByTagNameNS("urn:wasl:consolidated:1", name)
                .item(0)
                .getTextContent();
    }

    private static String status(Element answer, String step) {
        return text(source(answer, step), "status");
    }

    private static Element source(Element answer, String step) {
        var sources = answer.getElementsByTagNameNS("urn:wasl:consolidated:1", "source");
        for (int i = 0; i < sources.getLength(); i++) {
            Element source = (Element) sources.item(i);
            if (text(source, "step").equals(step)) {
                return source;
            }
        }
        throw new AssertionError("no source " + step);
    }

    @Test
    void misfits_whenAStepAsksForADocument_nameIt() {
        String draft = new String(DemoRegistry.draft(), StandardCharsets.UTF_8)
                .replace("urn:wasl:property:1", Service.DOCUMENTS)
                .replaceAll("(<release path=\"accounts[^\"]*\"/>\\s*)+", "<release path=\"document\"/>");
        Registry documents = ((RegistryReading.Readable)
                        new RegistryXml(SCHEMAS).readDraft(draft.getBytes(StandardCharsets.UTF_8)))
                .registry();
        assertThat(declarations.misfits(documents)).isNotEmpty().allSatisfy(misfit -> assertThat(misfit)
                .endsWith("JO/GOV/PTAX/property/property-account/v1 gives documents, which no composite answer holds"));
    }

    @Test
    void misfits_ofTheSamplesWithTheirRegistry_areNone() {
        assertThat(declarations.misfits(registry)).isEmpty();
    }

    @Test
    void ask_whenEverySourceSaysYes_isClearAndBindsEveryExchange() {
        Element answer = answer("general-clearance");
        assertThat(text(answer, "overall")).isEqualTo("COMPLETE");
        assertThat(text(answer, "decision")).isEqualTo("CLEAR");
        assertThat(text(answer, "decisionReady")).isEqualTo("true");
        assertThat(text(answer, "totalDues")).isEqualTo("0.000");
        assertThat(answer.getElementsByTagNameNS("urn:wasl:consolidated:1", "headerDigest")
                        .getLength())
                .isEqualTo(2 * 5);
    }

    @Test
    void ask_whenThereAreDues_isBlockedWithTheirExactTotal() {
        exchanges.answer("fines-of-person", FINES).answer("property-account", OWED);
        Element answer = answer("general-clearance");
        assertThat(text(answer, "decision")).isEqualTo("BLOCKED");
        assertThat(text(answer, "totalDues")).isEqualTo("173.450");
    }

    @ParameterizedTest
    @CsvSource({
        "BACKEND_UNAVAILABLE, UNAVAILABLE",
        "EXCHANGE_TIMED_OUT, TIMED_OUT",
        "BACKEND_TIMED_OUT, TIMED_OUT",
        "AGREEMENT_NONE, REFUSED",
        "RECORD_INVALID, INVALID",
        "SIGNATURE_INVALID, INVALID",
        "BROKER_FULL, UNAVAILABLE",
        "AGREEMENT_QUOTA, REFUSED"
    })
    void ask_whenASourceFails_isPartialAndNeverClear(FaultCode code, String status) {
        exchanges.fault("property-account", code);
        Element answer = answer("general-clearance");
        assertThat(status(answer, "property")).isEqualTo(status);
        assertThat(text(answer, "overall")).isEqualTo("PARTIAL");
        assertThat(text(answer, "decision")).isEqualTo("UNDETERMINED");
        assertThat(text(answer, "decisionReady")).isEqualTo("false");
    }

    @Test
    void ask_whenASourceHoldsNoRecord_isNeverClear() {
        exchanges.fault("property-account", FaultCode.RECORD_NOT_FOUND);
        Element answer = answer("property-clearance");
        assertThat(status(answer, "accounts")).isEqualTo("NOT_FOUND");
        assertThat(text(answer, "decision")).isEqualTo("UNDETERMINED");
    }

    @Test
    void ask_whenASourceCannotVouchForAll_saysSo() {
        exchanges.answerInPart("property-account", PAID);
        Element answer = answer("property-clearance");
        assertThat(status(answer, "accounts")).isEqualTo("INCOMPLETE_COVERAGE");
        assertThat(text(answer, "decision")).isEqualTo("UNDETERMINED");
    }

    @Test
    void ask_whenARecordIsOlderThanAccepted_isStale() {
        exchanges.asOf(Instant.now().minus(Duration.ofDays(10)));
        Element answer = answer("property-clearance");
        assertThat(status(answer, "attachments")).isEqualTo("STALE");
        assertThat(text(answer, "decision")).isEqualTo("UNDETERMINED");
    }

    @Test
    void ask_whenAFieldThatTheDecisionRestsOnIsMissing_isInvalidNotClear() {
        exchanges.answer("property-account", PAID.replaceAll("<property:clearance>.*</property:clearance>", ""));
        Element answer = answer("property-clearance");
        assertThat(status(answer, "accounts")).isEqualTo("INVALID");
        assertThat(text(answer, "decision")).isEqualTo("UNDETERMINED");
    }

    @Test
    void ask_whenThePersonIsDeceased_asksNoFurther() {
        exchanges.answer("life-status", DECEASED);
        Element answer = answer("property-clearance");
        assertThat(status(answer, "accounts")).isEqualTo("NOT_APPLICABLE");
        assertThat(text(answer, "decision")).isEqualTo("BLOCKED");
        assertThat(exchanges.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.service().code()).isEqualTo("life-status"));
    }

    @Test
    void ask_whenJusticeReviewsByHand_isPending() {
        exchanges
                .answer("person-record", PERSON)
                .answer("conviction-status", NO_CONVICTION.replace("CLEAR", "MANUAL_REVIEW"));
        Element answer = answer("no-conviction-certificate");
        assertThat(status(answer, "identity")).isEqualTo("AVAILABLE");
        assertThat(status(answer, "status")).isEqualTo("DEFERRED");
        assertThat(text(answer, "overall")).isEqualTo("PENDING");
        assertThat(text(answer, "decision")).isEqualTo("UNDETERMINED");
    }

    @Test
    void ask_aboutAVehicleOfSomebodyElse_withholdsTheRecord() {
        exchanges.answer(
                "vehicle-record",
                "<traffic:vehicle xmlns:traffic=\"urn:wasl:traffic:1\" xmlns:common=\"urn:wasl:common:1\">"
                        + "<traffic:make>Toyota</traffic:make><traffic:owner><common:identifier scheme=\"JO-NAT\">"
                        + "9990915912</common:identifier></traffic:owner><traffic:licence><traffic:status>VALID"
                        + "</traffic:status></traffic:licence></traffic:vehicle>");
        Element answer = answer(ask(
                "vehicle-licence-renewal",
                Map.of("nationalNumber", NUMBER, "plateCode", "15", "plateNumber", "14321")));
        assertThat(status(answer, "vehicle")).isEqualTo("REFUSED");
        assertThat(status(answer, "fines")).isEqualTo("NOT_APPLICABLE");
        assertThat(answer.getTextContent()).doesNotContain("Toyota").doesNotContain("9990915912");
    }

    @Test
    void ask_whenTheLogLacksItsEvidence_isRefusedWithoutAskingAnybody() {
        closed = FaultCode.LOG_NOT_WITNESSED;

        CompositeResult result = ask("general-clearance", Map.of("nationalNumber", NUMBER));

        assertThat(((CompositeResult.Faulted) result).fault().code()).isEqualTo(FaultCode.LOG_NOT_WITNESSED);
        assertThat(exchanges.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"general-clearance, 99", "general-clearance, ''", "nowhere, 9990045842"})
    void ask_whenInputOrServiceIsWrong_isRefusedWithoutAskingAnybody(String service, String number) {
        CompositeResult result = ask(service, Map.of("nationalNumber", number));
        assertThat(result).isInstanceOf(CompositeResult.Faulted.class);
        assertThat(((CompositeResult.Faulted) result).fault().code())
                .isIn(FaultCode.COMPOSITE_INPUT, FaultCode.COMPOSITE_UNKNOWN);
        assertThat(exchanges.asked()).isEmpty();
    }

    @Test
    void ask_again_givesTheSameSignedAnswerAndAsksNobody() {
        UUID id = UUID.randomUUID();
        Map<String, String> inputs = Map.of("nationalNumber", NUMBER);
        CompositeResult.Answered first = (CompositeResult.Answered)
                node.ask(request(id, "general-clearance", inputs)).join();
        int asked = exchanges.asked().size();
        CompositeResult.Answered second = (CompositeResult.Answered)
                node.ask(request(id, "general-clearance", inputs)).join();
        assertThat(second.answer().octets()).isEqualTo(first.answer().octets());
        assertThat(exchanges.asked()).hasSize(asked);
    }

    @Test
    void ask_anotherQuestionUnderAUsedId_isRefused() {
        UUID id = UUID.randomUUID();
        node.ask(request(id, "general-clearance", Map.of("nationalNumber", NUMBER)))
                .join();
        CompositeResult result = node.ask(request(id, "general-clearance", Map.of("nationalNumber", "9990915912")))
                .join();
        assertThat(((CompositeResult.Faulted) result).fault().code()).isEqualTo(FaultCode.EXCHANGE_ID_REUSED);
    }

    @Test
    void track_whileRunning_saysSo_andAfterwardsGivesTheAnswer() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        exchanges.later("attachments", gate);
        UUID id = UUID.randomUUID();
        CompletableFuture<CompositeResult> answer =
                node.ask(request(id, "general-clearance", Map.of("nationalNumber", NUMBER)));
        org.awaitility.Awaitility.await().until(() -> node.track(id).isPresent());
        assertThat(node.track(id)).get().isInstanceOf(CompositeResult.Running.class);
        gate.complete(null);
        answer.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(node.track(id)).get().isInstanceOf(CompositeResult.Answered.class);
        assertThat(node.track(UUID.randomUUID())).isEmpty();
    }

    @Test
    void recover_afterACrashInTheMiddle_answersWithTheSameStepIds() throws LogStoreException {
        CompletableFuture<Void> never = new CompletableFuture<>();
        exchanges.later("attachments", never);
        UUID id = UUID.randomUUID();
        node.ask(request(id, "general-clearance", Map.of("nationalNumber", NUMBER)));
        org.awaitility.Awaitility.await().until(() -> exchanges.asked().size() == 5);
        Set<UUID> before =
                exchanges.asked().stream().map(asked -> asked.messageId()).collect(Collectors.toSet());
        stop();
        exchanges.later("attachments", CompletableFuture.completedFuture(null));
        start();
        assertThat(node.recover()).isEqualTo(1);
        org.awaitility.Awaitility.await().until(() -> node.track(id).orElseThrow() instanceof CompositeResult.Answered);
        Set<UUID> after =
                exchanges.asked().stream().map(asked -> asked.messageId()).collect(Collectors.toSet());
        assertThat(after).isEqualTo(before);
        assertThat(log.unanswered(org.wasl.security.container.MessageKind.REQUEST, Direction.RECEIVED, 0, 10))
                .isEmpty();
        assertThat(log.answer(PORTAL, Direction.SENT, id)).isPresent();
    }

    private CompositeResult.Pending pending(UUID id) {
        exchanges
                .answer("person-record", PERSON)
                .answer("conviction-status", NO_CONVICTION)
                .deferred("conviction-status", Duration.ofDays(3));
        return (CompositeResult.Pending)
                node.ask(request(id, "no-conviction-certificate", Map.of("nationalNumber", NUMBER)))
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join();
    }

    private CompositeResult ended(UUID id) {
        org.awaitility.Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> !(node.track(id).orElseThrow() instanceof CompositeResult.Pending));
        return node.track(id).orElseThrow();
    }

    @Test
    void ask_aSourceThatAnswersLater_isPendingAndThenAnsweredUnderTheSameNumber() {
        UUID id = UUID.randomUUID();

        CompositeResult.Pending pending = pending(id);

        PayloadContent content = new PayloadXml(SCHEMAS).read(pending.interim());
        Element interim = ((PayloadContent.Record) content).root();
        assertThat(text(interim, "overall")).isEqualTo("PENDING");
        assertThat(status(interim, "identity")).isEqualTo("AVAILABLE");
        assertThat(status(interim, "status")).isEqualTo("DEFERRED");
        assertThat(interim.getElementsByTagNameNS("urn:wasl:deferral:1", "later")
                        .getLength())
                .isEqualTo(1);
        assertThat(pending.interim().header().inReplyTo())
                .isEqualTo(pending.request().asInReplyTo());
        assertThat(node.pending()).isEqualTo(1);

        exchanges.deferredEnds("conviction-status");

        Element answer = answer(ended(id));
        assertThat(text(answer, "overall")).isEqualTo("COMPLETE");
        assertThat(status(answer, "status")).isEqualTo("AVAILABLE");
        assertThat(text(answer, "trackingId")).isEqualTo(id.toString());
        org.awaitility.Awaitility.await().until(() -> node.pending() == 0);
    }

    @Test
    void recover_whileASourceIsAwaited_staysPendingAndIsAnsweredLater() throws LogStoreException {
        UUID id = UUID.randomUUID();
        pending(id);

        stop();
        start();

        assertThat(node.recover()).isEqualTo(1);
        assertThat(node.track(id)).get().isInstanceOf(CompositeResult.Pending.class);
        exchanges.deferredEnds("conviction-status");
        assertThat(ended(id)).isInstanceOf(CompositeResult.Answered.class);
    }

    @Test
    void recover_whenTheLateAnswerCameWhileDown_isAnswered() throws LogStoreException {
        UUID id = UUID.randomUUID();
        pending(id);

        stop();
        exchanges.deferredEnds("conviction-status");
        start();
        node.recover();

        assertThat(ended(id)).isInstanceOf(CompositeResult.Answered.class);
    }

    @Test
    void cancel_whilePending_endsCancelledAndTellsTheSource() {
        UUID id = UUID.randomUUID();
        pending(id);

        CompositeResult cancelled =
                node.cancel(id).orElseThrow().orTimeout(30, TimeUnit.SECONDS).join();

        assertThat(((CompositeResult.Faulted) cancelled).fault().code()).isEqualTo(FaultCode.EXCHANGE_CANCELLED);
        assertThat(exchanges.cancelled()).hasSize(1);
        exchanges.deferredEnds("conviction-status");
        assertThat(((CompositeResult.Faulted) ended(id)).fault().code()).isEqualTo(FaultCode.EXCHANGE_CANCELLED);
        assertThat(node.cancel(UUID.randomUUID())).isEmpty();
    }

    @Test
    void ask_whenOneOfManyItemsIsAnsweredLater_whatComesAfterWaitsAndIsAskedOnce() throws LogStoreException {
        stop();
        declared = CompositeDeclarations.read(Map.of("general-clearance", HEIRS));
        start();
        exchanges.answer("person-record", FAMILY).deferredAbout("attachments", OTHER_HEIR, Duration.ofDays(3));
        UUID id = UUID.randomUUID();

        CompositeResult.Pending pending =
                (CompositeResult.Pending) node.ask(request(id, "general-clearance", Map.of("nationalNumber", NUMBER)))
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join();

        PayloadContent content = new PayloadXml(SCHEMAS).read(pending.interim());
        Element interim = ((PayloadContent.Record) content).root();
        assertThat(status(interim, "heir_1")).isEqualTo("AVAILABLE");
        assertThat(status(interim, "heir_2")).isEqualTo("DEFERRED");
        assertThat(status(interim, "estate")).isEqualTo("DEFERRED");
        assertThat(asked("property-account")).isZero();

        stop();
        start();
        assertThat(node.recover()).isEqualTo(1);
        exchanges.deferredEnds("attachments/" + OTHER_HEIR);

        Element answer = answer(ended(id));
        assertThat(text(answer, "overall")).isEqualTo("COMPLETE");
        for (String step : Set.of("family", "heir_1", "heir_2", "estate")) {
            assertThat(status(answer, step)).isEqualTo("AVAILABLE");
        }
        assertThat(asked("person-record")).isEqualTo(1);
        assertThat(asked("attachments")).isEqualTo(2);
        assertThat(asked("property-account")).isEqualTo(1);
    }

    @Test
    void cancel_whenSomeItemsAreAnsweredLater_cancelsEachOfThem() throws LogStoreException {
        stop();
        declared = CompositeDeclarations.read(Map.of("general-clearance", HEIRS));
        start();
        exchanges.answer("person-record", FAMILY).deferred("attachments", Duration.ofDays(3));
        UUID id = UUID.randomUUID();
        node.ask(request(id, "general-clearance", Map.of("nationalNumber", NUMBER)))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();

        CompositeResult cancelled =
                node.cancel(id).orElseThrow().orTimeout(30, TimeUnit.SECONDS).join();

        assertThat(((CompositeResult.Faulted) cancelled).fault().code()).isEqualTo(FaultCode.EXCHANGE_CANCELLED);
        assertThat(exchanges.cancelled()).hasSize(2).doesNotHaveDuplicates();
    }

    private final MemoryAnswerCache cache = new MemoryAnswerCache();

    /** From now on answers are held, by declarations in which this stands for that. */
    private void holding(String sample, String text, String instead) throws IOException, LogStoreException {
        stop();
        Path file = Path.of(System.getProperty("wasl.root"))
                .resolve("routes/src/main/resources/org/wasl/routes/composite/samples/" + sample + ".yaml");
        declared =
                CompositeDeclarations.read(Map.of(sample, Files.readString(file).replace(text, instead)));
        held = new HeldAnswers(cache, SiteKey.of(new byte[32]), HeldSettings.defaults(), System::nanoTime);
        start();
    }

    /** Justice has answered once, and is down now. */
    private void downAfterAnAnswer(FaultCode code) throws IOException, LogStoreException {
        holding("property-clearance", "", "");
        assertThat(status(answer("property-clearance"), "attachments")).isEqualTo("AVAILABLE");
        exchanges.fault("attachments", code);
    }

    private long uses() {
        return log.search(LogQuery.all().withDirection("RECORDED"), NUMBER, Long.MAX_VALUE, 10).stream()
                .filter(found ->
                        "JO/GOV/MOJ/justice/attachments/v1".equals(found.leaf().service()))
                .count();
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultCode.class,
            names = {"BACKEND_UNAVAILABLE", "BACKEND_TIMED_OUT", "EXCHANGE_TIMED_OUT", "BROKER_UNAVAILABLE"})
    void ask_whenASourceIsDownAndTheAgeIsAccepted_isStaleWithItsDateAndDoesNotDecide(FaultCode code) throws Exception {
        Instant asOf = Instant.now().minus(Duration.ofHours(5)).truncatedTo(ChronoUnit.MILLIS);
        exchanges.asOf(asOf);
        downAfterAnAnswer(code);

        Element answer = answer("property-clearance");

        Element source = source(answer, "attachments");
        assertThat(text(source, "status")).isEqualTo("STALE");
        assertThat(Instant.parse(text(source, "asOf"))).isEqualTo(asOf);
        assertThat(Long.parseLong(text(source, "ageSeconds"))).isBetween(5L * 3600, 5L * 3600 + 120);
        assertThat(source.getElementsByTagNameNS("urn:wasl:consolidated:1", "earlier")
                        .getLength())
                .isEqualTo(1);
        assertThat(source.getElementsByTagNameNS("urn:wasl:fault:1", "fault").getLength())
                .isEqualTo(1);
        assertThat(text(answer, "overall")).isEqualTo("PARTIAL");
        assertThat(text(answer, "decisionReady")).isEqualTo("false");
        assertThat(text(answer, "decision")).isEqualTo("UNDETERMINED");
        assertThat(uses()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultCode.class,
            names = {
                "RECORD_NOT_FOUND",
                "AGREEMENT_NONE",
                "AGREEMENT_QUOTA",
                "BACKEND_REFUSED",
                "RECORD_INVALID",
                "SIGNATURE_INVALID",
                "EXCHANGE_DEFERRAL_EXPIRED",
                "LOG_UNAVAILABLE",
                "OVERLOADED"
            })
    void ask_whenASourceDecidedOrBrokeDown_isNeverStale(FaultCode code) throws Exception {
        downAfterAnAnswer(code);

        assertThat(status(answer("property-clearance"), "attachments")).isNotEqualTo("STALE");
        assertThat(uses()).isZero();
    }

    @Test
    void ask_whenARuleSaysThatAStaleSourceMayDecide_isReadyAndStillPartial() throws Exception {
        holding("property-clearance", "accepted-age: P3D", "accepted-age: P3D\n    stale-may-decide: true");
        answer("property-clearance");
        exchanges.fault("attachments", FaultCode.BACKEND_UNAVAILABLE);

        Element answer = answer("property-clearance");

        assertThat(status(answer, "attachments")).isEqualTo("STALE");
        assertThat(text(answer, "overall")).isEqualTo("PARTIAL");
        assertThat(text(answer, "decisionReady")).isEqualTo("true");
        assertThat(text(answer, "decision")).isEqualTo("CLEAR");
    }

    @Test
    void ask_whenTheStaleRecordBlocks_blocksOnlyWhereItMayDecide() throws Exception {
        exchanges.answer("attachments", FREE.replace("false", "true"));
        holding("property-clearance", "", "");
        exchanges.answer("attachments", FREE.replace("false", "true"));
        assertThat(text(answer("property-clearance"), "decision")).isEqualTo("BLOCKED");
        exchanges.fault("attachments", FaultCode.BACKEND_UNAVAILABLE);

        assertThat(text(answer("property-clearance"), "decision")).isEqualTo("UNDETERMINED");

        holding("property-clearance", "accepted-age: P3D", "accepted-age: P3D\n    stale-may-decide: true");
        exchanges.fault("attachments", FaultCode.BACKEND_UNAVAILABLE);
        assertThat(text(answer("property-clearance"), "decision")).isEqualTo("BLOCKED");
    }

    @Test
    void ask_whenWhatIsHeldIsOfNoUse_saysThatTheSourceIsDown() throws Exception {
        downAfterAnAnswer(FaultCode.BACKEND_UNAVAILABLE);
        assertThat(status(answer("property-clearance"), "attachments")).isEqualTo("STALE");

        Element another = answer(ask("property-clearance", Map.of("nationalNumber", "9990915912")));
        assertThat(status(another, "attachments")).isEqualTo("UNAVAILABLE");

        held.evict(PORTAL, NUMBER).join();
        assertThat(status(answer("property-clearance"), "attachments")).isEqualTo("UNAVAILABLE");
        assertThat(uses()).isEqualTo(1);
    }

    @Test
    void ask_whenTheCacheIsAlteredKilledOrSilent_isAnsweredInTimeWithoutIt() throws Exception {
        downAfterAnAnswer(FaultCode.BACKEND_UNAVAILABLE);
        cache.alter();
        assertThat(status(answer("property-clearance"), "attachments")).isEqualTo("UNAVAILABLE");

        cache.silent(true);
        assertThat(status(answer("property-clearance"), "attachments")).isEqualTo("UNAVAILABLE");
        cache.kill();
        exchanges.answer("attachments", FREE);
        assertThat(text(answer("property-clearance"), "decision")).isEqualTo("CLEAR");
    }

    @Test
    void ask_whenTheAgreementWasWithdrawnOrReleasesLess_isNotStale() throws Exception {
        downAfterAnAnswer(FaultCode.BACKEND_UNAVAILABLE);
        String text = new String(RegistryXml.write(registry), StandardCharsets.UTF_8);
        Registry before = inForce;

        inForce = changed(text.replaceAll("(?s)<agreement id=\"composer-attachments\".*?</agreement>", ""));
        assertThat(status(answer("property-clearance"), "attachments")).isEqualTo("UNAVAILABLE");
        inForce = changed(text.replace("\"attachments\"/>", "\"attachments/attachment\"/>"));
        assertThat(status(answer("property-clearance"), "attachments")).isEqualTo("UNAVAILABLE");
        assertThat(uses()).isZero();
        inForce = before;
        assertThat(status(answer("property-clearance"), "attachments")).isEqualTo("STALE");
    }

    private static Registry changed(String text) {
        RegistryReading reading = new RegistryXml(SCHEMAS).readDraft(text.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(RegistryReading.Readable.class);
        return ((RegistryReading.Readable) reading).registry();
    }

    @Test
    void ask_whenTheEarlierAnswerIsOlderThanAccepted_isNotStale() throws Exception {
        exchanges.asOf(Instant.now().minus(Duration.ofDays(3)).plusSeconds(2));
        downAfterAnAnswer(FaultCode.BACKEND_UNAVAILABLE);

        org.awaitility.Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> status(answer("property-clearance"), "attachments").equals("UNAVAILABLE"));
    }

    @Test
    void ask_whenNoAgeIsAccepted_holdsNothing() throws Exception {
        holding("property-clearance", "    accepted-age: P3D\n", "");
        answer("property-clearance");
        exchanges.fault("attachments", FaultCode.BACKEND_UNAVAILABLE);

        assertThat(status(answer("property-clearance"), "attachments")).isEqualTo("UNAVAILABLE");
        assertThat(cache.seen()).isEmpty();
    }

    private long asked(String service) {
        return exchanges.asked().stream()
                .filter(asked -> asked.service().code().equals(service))
                .count();
    }

    @Test
    void ask_whenASourceStaysOpenBriefly_theInterimAnswerStandsForAMinuteAtLeast() {
        exchanges.deferred("conviction-status", Duration.ofMillis(200));
        UUID id = UUID.randomUUID();
        CompositeResult result = node.ask(request(id, "no-conviction-certificate", Map.of("nationalNumber", NUMBER)))
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        assertThat(result).isInstanceOf(CompositeResult.Pending.class);
        assertThat(((CompositeResult.Pending) result).interim().header().expires())
                .isAfter(Instant.now().plusSeconds(60));
    }
}
