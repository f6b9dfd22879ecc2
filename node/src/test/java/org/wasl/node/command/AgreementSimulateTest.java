package org.wasl.node.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.MessageLog;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.node.data.DataDirectory;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.actor.Actor;
import org.wasl.security.actor.ActorKind;
import org.wasl.security.actor.AssuranceLevel;
import org.wasl.security.authority.DemoAuthority;
import org.wasl.security.authority.TrustFiles;
import org.wasl.security.container.AsicContainerSigner;
import org.wasl.security.container.Container;
import org.wasl.security.container.Header;
import org.wasl.security.container.MessageKind;
import org.wasl.security.container.PayloadXml;
import org.wasl.security.container.Priority;
import org.wasl.security.keys.Pkcs12MemberKeys;
import org.wasl.security.keys.SigningKey;
import org.wasl.security.registry.RegistryXml;

/** A proposal against a real log: what would change for the requests of the last days. */
class AgreementSimulateTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MemberId CSPD = MemberId.parse("JO/GOV/CSPD");
    private static final SubsystemId WEB = SubsystemId.parse("JO/GOV/PORTAL/web");
    private static final ServiceId LIFE = ServiceId.parse("JO/GOV/CSPD/registry/life-status/v1");
    private static final int RECENT = 12;

    @TempDir
    static Path root;

    @TempDir
    Path folder;

    private static SigningKey key;

    @BeforeAll
    static void fillLog() throws Exception {
        DataDirectory directory = new DataDirectory(root);
        directory.create();
        TrustFiles files = new TrustFiles(root);
        new DemoAuthority(
                        files,
                        new RegistryXml(SchemaCatalogue.load()),
                        DemoAuthority.EXAMPLE_PUBLICATION,
                        Clock.systemUTC())
                .establish(DraftRegistry.octets());
        key = Pkcs12MemberKeys.load(files.keys(), files.secrets(), Set.of(WEB.member()))
                .messageKey(WEB.member())
                .orElseThrow();
        Files.createDirectories(directory.logDatabase().getParent());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (MessageLog log = GroupCommitMessageLog.open(
                SqliteLogStore.open(directory.logDatabase()),
                IndexKey.of(new byte[32]),
                LogSettings.defaults(),
                cause -> {})) {
            // Long ago, which no simulation of a few days looks at.
            for (int i = 0; i < 5; i++) {
                request(log, now.minus(Duration.ofDays(20)).plusSeconds(i), "GENERAL_CLEARANCE", false);
            }
            // Yesterday, all within one minute.
            Instant yesterday = now.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MINUTES);
            for (int i = 0; i < RECENT; i++) {
                request(log, yesterday.plusSeconds(i), "GENERAL_CLEARANCE", false);
            }
            // Refused then, since the agreement has no such purpose.
            request(log, yesterday.plusSeconds(50), "STATISTICS", true);
            refusedWithoutContainer(log, yesterday.plusSeconds(51));
        }
    }

    @Test
    void simulate_whenThePurposeIsAdded_saysWhatIsNewlyAllowed() throws Exception {
        Path proposal = DraftRegistry.lifeAgreement(
                folder,
                "<purpose code=\"STATISTICS\" legalBasis=\"LAW-1\"/><actor kind=\"CITIZEN\"/>",
                "<release path=\"lifeStatus/status\"/>",
                "");
        JsonNode report = simulate(proposal, 2);

        assertThat(report.path("requests").asInt()).isEqualTo(RECENT + 1);
        assertThat(report.path("unchanged").asInt()).isEqualTo(RECENT);
        assertThat(report.path("newlyAllowed").asInt()).isEqualTo(1);
        assertThat(report.path("newlyRefused").asInt()).isZero();
        assertThat(report.path("unreadable").asInt()).isEqualTo(1);
        assertThat(report.path("fields")).singleElement().satisfies(field -> {
            assertThat(field.path("path").asText()).isEqualTo("lifeStatus/identifier");
            assertThat(field.path("change").asText()).isEqualTo("GAINED");
            assertThat(field.path("requests").asInt()).isEqualTo(RECENT);
        });
        assertThat(report.path("examples").get(0).path("was").asText()).isEqualTo("REFUSED");
        assertThat(report.path("examples").get(0).path("code").asText()).isEqualTo("wasl.agreement.purpose");
    }

    @Test
    void simulate_whenAQuotaIsProposed_saysHowManyItRefusesAndThePeak() throws Exception {
        Path proposal = DraftRegistry.lifeAgreement(
                folder,
                "<actor kind=\"CITIZEN\"/>",
                "<release path=\"lifeStatus/status\"/>",
                "<quota perMinute=\"10\"/>");
        JsonNode report = simulate(proposal, 2);

        assertThat(report.path("newlyRefused").asInt()).isEqualTo(2);
        assertThat(report.path("refusedBy").path("wasl.agreement.quota").asInt())
                .isEqualTo(2);
        assertThat(report.path("peaks").path("life").path("perMinute").asInt()).isEqualTo(10);
        assertThat(report.path("groups")).anySatisfy(group -> {
            assertThat(group.path("purpose").asText()).isEqualTo("GENERAL_CLEARANCE");
            assertThat(group.path("requests").asInt()).isEqualTo(RECENT);
            int hours = 0;
            for (JsonNode hour : group.path("byHour")) {
                hours += hour.asInt();
            }
            assertThat(hours).isEqualTo(RECENT);
        });
    }

    @Test
    void simulate_whenAnAssertionIsDemanded_refusesWhatBringsNone() throws Exception {
        Path proposal = DraftRegistry.lifeAgreement(
                folder,
                "<actor kind=\"CITIZEN\" subject=\"OWN\" assertion=\"REQUIRED\"/>",
                "<release path=\"lifeStatus/status\"/>",
                "");
        JsonNode report = simulate(proposal, 2);

        assertThat(report.path("newlyRefused").asInt()).isEqualTo(RECENT);
        assertThat(report.path("refusedBy").path("wasl.agreement.assertion").asInt())
                .isEqualTo(RECENT);
    }

    @Test
    void simulate_whenAWholeDraftIsProposed_comparesAllOfIt() throws Exception {
        JsonNode report = simulate(DraftRegistry.write(folder), 365);

        assertThat(report.path("requests").asInt()).isEqualTo(RECENT + 1 + 5);
        assertThat(report.path("unchanged").asInt()).isEqualTo(RECENT + 1 + 5);
        assertThat(report.path("fields")).isEmpty();
    }

    @Test
    void simulate_forPeople_isSaidInTheirLanguage() throws Exception {
        Path proposal = DraftRegistry.write(folder);

        assertThat(run("en", "agreement", "simulate", "--data", root.toString(), "--proposed", proposal.toString()))
                .contains("logged requests from")
                .contains("unchanged 18");
        assertThat(run("ar", "agreement", "simulate", "--data", root.toString(), "--proposed", proposal.toString()))
                .contains("طلباً محفوظاً");
    }

    @Test
    void simulate_whenTheProposalIsNone_saysSo() throws Exception {
        Path broken =
                Files.writeString(folder.resolve("broken.xml"), "<agreement xmlns=\"urn:wasl:registry:1\" id=\"x\"/>");
        JsonNode report = simulate(broken, 2);
        assertThat(report.path("ok").asBoolean(true)).isFalse();
    }

    private JsonNode simulate(Path proposal, int days) throws Exception {
        return JSON.readTree(run(
                "en",
                "agreement",
                "simulate",
                "--data",
                root.toString(),
                "--proposed",
                proposal.toString(),
                "--days",
                Integer.toString(days),
                "--json"));
    }

    private static String run(String language, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                Texts.in(language),
                false);
        CommandLineProgram.run(arguments, console);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Once as sent, and once as received or refused, as a node that speaks for both sides logs it. */
    private static void request(MessageLog log, Instant at, String purpose, boolean refused) {
        UUID id = UUID.randomUUID();
        Header header = new Header(
                id,
                "case-" + id,
                MessageKind.REQUEST,
                WEB,
                WEB,
                LIFE.subsystem(),
                LIFE,
                "1.1",
                "application/xml",
                new Actor(ActorKind.CITIZEN, AssuranceLevel.HIGH, "citizen-1", null),
                null,
                purpose,
                "LAW-1",
                "WEB",
                "ar",
                Priority.NORMAL,
                at,
                at.plusSeconds(10),
                null,
                null);
        Container container =
                new AsicContainerSigner().sign(header, PayloadXml.query(Map.of("nationalNumber", "9870000001")), key);
        log.append(entry(WEB.member(), Direction.SENT, at, header, null, container.octets()))
                .join();
        log.append(entry(
                        CSPD,
                        refused ? Direction.REFUSED : Direction.RECEIVED,
                        at,
                        header,
                        refused ? FaultCode.AGREEMENT_PURPOSE : null,
                        container.octets()))
                .join();
    }

    private static LogEntry entry(
            MemberId member, Direction direction, Instant at, Header header, FaultCode fault, byte[] container) {
        return new LogEntry(
                member,
                direction,
                at,
                header.messageId(),
                header.correlationId(),
                header.kind(),
                header.sender(),
                header.consumer(),
                header.provider(),
                header.service(),
                header.purpose(),
                header.actor().id(),
                null,
                header.expires(),
                null,
                fault,
                container);
    }

    private static void refusedWithoutContainer(MessageLog log, Instant at) {
        log.append(new LogEntry(
                        WEB.member(),
                        Direction.REFUSED,
                        at,
                        UUID.randomUUID(),
                        "case",
                        null,
                        WEB,
                        WEB,
                        LIFE.subsystem(),
                        LIFE,
                        "STATISTICS",
                        "citizen-1",
                        null,
                        null,
                        null,
                        FaultCode.AGREEMENT_PURPOSE,
                        new byte[0]))
                .join();
    }
}
