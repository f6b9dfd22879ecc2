package org.wasl.node.edge.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.node.edge.audit.LoggedEntries.CLEARANCE;
import static org.wasl.node.edge.audit.LoggedEntries.COMPOSER;
import static org.wasl.node.edge.audit.LoggedEntries.COURT;
import static org.wasl.node.edge.audit.LoggedEntries.FINES;
import static org.wasl.node.edge.audit.LoggedEntries.LIFE_STATUS;
import static org.wasl.node.edge.audit.LoggedEntries.PERSON;
import static org.wasl.node.edge.audit.LoggedEntries.VEHICLES;
import static org.wasl.node.edge.audit.LoggedEntries.WEB;
import static org.wasl.node.edge.audit.LoggedEntries.faulted;
import static org.wasl.node.edge.audit.LoggedEntries.received;
import static org.wasl.node.edge.audit.LoggedEntries.refused;
import static org.wasl.node.edge.audit.LoggedEntries.replied;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.LogEntry;
import org.wasl.node.edge.audit.AuditSettings;
import org.wasl.node.edge.audit.Embargoes;
import org.wasl.node.edge.audit.Names;
import org.wasl.node.edge.audit.OpenLog;
import org.wasl.node.edge.audit.PurposeLabels;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.schemas.identifier.MemberId;
import org.wasl.schemas.identifier.ServiceId;
import org.wasl.schemas.identifier.SubsystemId;
import org.wasl.security.registry.Agreement;
import org.wasl.security.registry.Label;
import org.wasl.security.registry.Quota;
import org.wasl.security.registry.Registry;

class PersonUsesTest {

    private static final String PERSON_NUMBER = "9870000001";
    private static final Instant START = Instant.parse("2026-11-01T08:00:00Z");
    private static final UsageRequest ALL = new UsageRequest(null, null, 0, 1000);

    @TempDir
    Path directory;

    private OpenLog log;

    @BeforeEach
    void open() throws Exception {
        log = new OpenLog(directory);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static Agreement agreement(
            SubsystemId consumer, ServiceId service, String purpose, @Nullable Duration embargo) {
        return new Agreement(
                consumer.code() + "-" + service.code(),
                consumer,
                service,
                Map.of(purpose, Set.of("JO-LAW-9-2001")),
                List.of(),
                List.of(),
                Quota.UNLIMITED,
                null,
                false,
                START.minus(Duration.ofDays(30)),
                START.plus(Duration.ofDays(3_000)),
                null,
                embargo);
    }

    private static Registry registry(long version, Agreement... agreements) {
        return new Registry(
                "JO", version, START, START.plus(Duration.ofDays(30)), List.of(), List.of(), List.of(agreements));
    }

    private PersonUses.Found uses(Instant now, UsageRequest asked, Registry... versions) {
        return uses(now, asked, 20_000, versions);
    }

    private PersonUses.Found uses(Instant now, UsageRequest asked, int entriesMax, Registry... versions) {
        Embargoes embargoes = new Embargoes(then -> List.of(versions));
        return new PersonUses(log.audited(), embargoes, entriesMax, Clock.fixed(now, ZoneOffset.UTC))
                .find(PERSON_NUMBER, asked);
    }

    private LogEntry asked(
            Duration after, String correlationId, SubsystemId consumer, ServiceId service, String purpose)
            throws Exception {
        return log.append(received(
                START.plus(after), UUID.randomUUID(), correlationId, consumer, service, purpose, PERSON_NUMBER));
    }

    @Test
    void find_ofACompositeRequest_isOneUseThatNamesEverySource() throws Exception {
        LogEntry web = asked(Duration.ZERO, "track-1", WEB, CLEARANCE, "GENERAL_CLEARANCE");
        LogEntry life = asked(Duration.ofMillis(10), "track-1", COMPOSER, LIFE_STATUS, "GENERAL_CLEARANCE");
        LogEntry fines = asked(Duration.ofMillis(11), "track-1", COMPOSER, FINES, "GENERAL_CLEARANCE");
        log.append(replied(life));
        log.append(faulted(fines, FaultCode.BACKEND_UNAVAILABLE));
        log.append(replied(web));

        List<Use> uses = uses(START.plusSeconds(60), ALL, registry(1)).uses();

        assertThat(uses).hasSize(1);
        Usage english = texts().tell(uses.get(0), "en");
        assertThat(english.logtime()).isEqualTo(START.toString());
        assertThat(english.receiverCode()).isEqualTo("JO/GOV/PORTAL");
        assertThat(english.receiverSystem()).isEqualTo("JO/GOV/PORTAL/web");
        assertThat(english.action())
                .startsWith("General clearance: ")
                .contains("life-status/v1 (JO/GOV/CSPD)")
                .contains("fines-of-person/v1 (JO/GOV/DVLD) [failed: The agency's system is unavailable]")
                .doesNotContain("general-clearance");
        Usage arabic = texts().tell(uses.get(0), "ar");
        assertThat(arabic.action()).startsWith("براءة ذمة عامة: ").contains("[تعذّر: نظام الجهة غير متاح]");
    }

    private UsageTexts texts() throws Exception {
        Names names = new Names(() -> registry(1), PurposeLabels.read(directory.resolve("none.properties")));
        AuditSettings audits = new AuditSettings(
                MemberId.parse("JO/GOV/PORTAL"),
                "AUDIT",
                new Label("جهة التدقيق", "The auditing body"),
                200,
                2_000,
                Duration.ofDays(90));
        return new UsageTexts(log.audited(), names, audits);
    }

    @Test
    void find_whenAnEarlierAnswerWasUsed_tellsSoOnceAmongTheSources() throws Exception {
        LogEntry web = asked(Duration.ZERO, "track-2", WEB, CLEARANCE, "GENERAL_CLEARANCE");
        LogEntry fines = asked(Duration.ofMillis(11), "track-2", COMPOSER, FINES, "GENERAL_CLEARANCE");
        log.append(faulted(fines, FaultCode.BACKEND_UNAVAILABLE));
        for (ServiceId service : List.of(FINES, LIFE_STATUS)) {
            log.append(LogEntry.used(
                    COMPOSER,
                    service,
                    START.plusMillis(20),
                    "track-2",
                    // The one was asked in vain, the other could not even be reached.
                    service.equals(FINES) ? fines.messageId() : UUID.randomUUID(),
                    "GENERAL_CLEARANCE",
                    "citizen-1",
                    PERSON_NUMBER,
                    "{}".getBytes(StandardCharsets.UTF_8)));
        }
        log.append(replied(web));

        List<Use> uses = uses(START.plusSeconds(60), ALL, registry(1)).uses();

        assertThat(uses).hasSize(1);
        assertThat(texts().tell(uses.get(0), "en").action())
                .contains("fines-of-person/v1 (JO/GOV/DVLD) [an earlier answer]")
                .contains("life-status/v1 (JO/GOV/CSPD) [an earlier answer]")
                .doesNotContain("failed");
    }

    @Test
    void find_whenOneCaseAsksTwice_tellsTwice() throws Exception {
        asked(Duration.ZERO, "case-17", COURT, PERSON, "COURT_CASE");
        asked(Duration.ofMinutes(1), "case-17", COURT, VEHICLES, "COURT_CASE");
        asked(Duration.ofMinutes(2), "case-17", COURT, PERSON, "COURT_CASE");
        asked(Duration.ofDays(2), "case-17", COURT, VEHICLES, "COURT_CASE");

        List<Use> uses = uses(START.plus(Duration.ofDays(3)), ALL, registry(1)).uses();

        assertThat(uses)
                .extracting(use -> ((Use.Asked) use).parts().size())
                .as("a service again, or long after, is a use of its own")
                .containsExactly(1, 1, 2);
        assertThat(uses).extracting(Use::at).isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void find_whenItWasRefused_tellsSoOnce() throws Exception {
        LogEntry request = asked(Duration.ZERO, "case-18", COURT, PERSON, "COURT_CASE");
        log.append(refused(request, FaultCode.AGREEMENT_WITHDRAWN));
        log.append(faulted(request, FaultCode.AGREEMENT_WITHDRAWN));
        LogEntry never = received(
                START.plusSeconds(1), UUID.randomUUID(), "case-19", COURT, VEHICLES, "COURT_CASE", PERSON_NUMBER);
        log.append(refused(never, FaultCode.AGREEMENT_NONE));
        log.append(refused(request, FaultCode.EXCHANGE_REPLAYED));

        List<Use> uses = uses(START.plusSeconds(60), ALL, registry(1)).uses();

        assertThat(uses)
                .extracting(use -> texts().tell(use, "en").action())
                .satisfiesExactly(
                        action -> assertThat(action).endsWith("[refused: No agreement allows this request]"),
                        action -> assertThat(action).contains("person-record").contains("[refused: "));
    }

    @Test
    void find_beforeAnEmbargoEnds_neitherTellsNorCounts() throws Exception {
        asked(Duration.ZERO, "case-20", COURT, PERSON, "COURT_CASE");
        asked(Duration.ofSeconds(1), "case-20", COURT, VEHICLES, "COURT_CASE");
        asked(Duration.ofSeconds(2), "case-21", COURT, VEHICLES, "LICENSING");
        Registry hiding = registry(7, agreement(COURT, PERSON, "COURT_CASE", Duration.ofDays(30)));
        Registry telling = registry(8, agreement(COURT, PERSON, "COURT_CASE", null));
        Instant end = START.plus(Duration.ofDays(30));

        assertThat(uses(end.minusMillis(1), ALL, hiding, telling).uses())
                .flatExtracting(use -> ((Use.Asked) use).parts())
                .extracting(leaf -> leaf.service())
                .containsExactly(VEHICLES.toString(), VEHICLES.toString());
        assertThat(uses(end, ALL, hiding, telling).uses())
                .flatExtracting(use -> ((Use.Asked) use).parts())
                .extracting(leaf -> leaf.service())
                .contains(PERSON.toString());
        assertThat(uses(end.minusMillis(1), ALL, telling).uses())
                .as("an embargo of another version says nothing")
                .flatExtracting(use -> ((Use.Asked) use).parts())
                .hasSize(3);
    }

    @Test
    void find_whenAnAuditorSearched_tellsFromWhenOn() throws Exception {
        record(START, "AUDIT_SEARCH", "{\"who\":\"a\",\"reason\":\"complaint 17\"}", PERSON_NUMBER);
        record(
                START.plusSeconds(1),
                "AUDIT_SEARCH",
                "{\"who\":\"a\",\"reason\":\"case 18\",\"tellFrom\":\"2026-12-01T00:00:00Z\"}",
                PERSON_NUMBER);
        record(START.plusSeconds(2), "BREAK_GLASS", "{\"who\":\"a\",\"reason\":\"complaint 17\"}", "9870000002");
        record(START.plusSeconds(3), "ERASURE", "{\"who\":\"a\"}", PERSON_NUMBER);

        assertThat(uses(Instant.parse("2026-11-30T23:59:59.999Z"), ALL, registry(1))
                        .uses())
                .extracting(Use::at)
                .containsExactly(START);
        List<Use> later =
                uses(Instant.parse("2026-12-01T00:00:00Z"), ALL, registry(1)).uses();
        assertThat(later).extracting(Use::at).containsExactly(START.plusSeconds(1), START);
        assertThat(texts().tell(later.get(1), "ar").plain())
                .isEqualTo(new Usage(
                        START.toString(),
                        "بحث المدقق في سجل الاطلاع عنك",
                        "AUDIT",
                        "جهة التدقيق",
                        "سجل الرسائل",
                        null));
    }

    private void record(Instant at, String purpose, String document, String subject) throws Exception {
        log.append(LogEntry.recorded(
                MemberId.parse("JO/GOV/PORTAL"), at, purpose, "a", subject, document.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void find_withinAPeriodAndABound_looksNoFurtherAndSaysSo() throws Exception {
        for (int hour = 0; hour < 600; hour++) {
            asked(Duration.ofHours(hour), "case-" + hour, COURT, PERSON, "COURT_CASE");
        }
        Instant now = START.plus(Duration.ofDays(365));

        PersonUses.Found all = uses(now, ALL, registry(1));
        assertThat(all.uses()).hasSize(600);
        assertThat(all.lookedBackTo()).isEmpty();
        PersonUses.Found bounded = uses(now, ALL, 500, registry(1));
        assertThat(bounded.uses()).hasSize(500);
        assertThat(bounded.lookedBackTo()).contains(START.plus(Duration.ofHours(100)));
        UsageRequest period =
                new UsageRequest(START.plus(Duration.ofHours(10)), START.plus(Duration.ofHours(12)), 0, 10);
        assertThat(uses(now, period, registry(1)).uses())
                .extracting(Use::at)
                .containsExactly(START.plus(Duration.ofHours(11)), START.plus(Duration.ofHours(10)));
    }
}
