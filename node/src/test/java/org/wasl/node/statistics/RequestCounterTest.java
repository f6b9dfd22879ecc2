package org.wasl.node.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.node.edge.audit.LoggedEntries;
import org.wasl.schemas.SchemaCatalogue;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.certificate.RevocationLists;
import org.wasl.security.container.AsicContainerVerifier;
import org.wasl.security.registry.CertificatePath;

/** Counting over a real log. What was said in it cannot be opened here, so its channels are not known. */
class RequestCounterTest {

    private static final Instant NOVEMBER = Instant.parse("2026-11-30T23:59:59.999Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00.000Z");
    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final String CLEARANCE = LoggedEntries.CLEARANCE.toString();

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("statistics/counts.json");
    }

    /** A log and its counter. */
    private final class Counting implements AutoCloseable {

        private final SqliteLogStore store;
        private final GroupCommitMessageLog log;
        private final RequestCounter counter;

        Counting(String database) throws Exception {
            store = SqliteLogStore.open(directory.resolve(database));
            log = GroupCommitMessageLog.open(
                    store,
                    IndexKey.loadOrCreate(directory.resolve("index.key")),
                    new LogSettings(1_000, 1_000_000, 100, 1_000_000, Duration.ofSeconds(10)),
                    (LogUnavailableException cause) -> {
                        // the failed append says so
                    });
            counter = RequestCounter.start(
                    store,
                    new AsicContainerVerifier(SchemaCatalogue.load(), new CertificatePath(RevocationLists.NONE)),
                    Set.of(CLEARANCE),
                    file(),
                    INTERVAL,
                    Clock.systemUTC());
        }

        LogEntry append(LogEntry entry) throws Exception {
            log.append(entry).get(10, TimeUnit.SECONDS);
            return entry;
        }

        LogEntry asked(Instant at) throws Exception {
            UUID id = UUID.randomUUID();
            return append(LoggedEntries.received(
                    at, id, id.toString(), LoggedEntries.WEB, LoggedEntries.CLEARANCE, "GENERAL_CLEARANCE", null));
        }

        void awaitCounts(Map<Cell, Long> expected) {
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(INTERVAL)
                    .untilAsserted(() -> assertThat(counter.counted().cells()).isEqualTo(new TreeMap<>(expected)));
        }

        @Override
        public void close() {
            counter.close();
            log.close();
        }
    }

    private static Cell cell(Outcome outcome, int month) {
        return new Cell(CLEARANCE, Cell.NOT_STATED, outcome, YearMonth.of(2026, month));
    }

    @Test
    void counts_whenRequestsAreAskedAndEnd_areOfTheMonthInWhichTheyWereAsked() throws Exception {
        try (Counting counting = new Counting("log.db")) {
            LogEntry first = counting.asked(NOVEMBER);
            LogEntry second = counting.asked(NOVEMBER);
            counting.asked(DECEMBER);
            counting.awaitCounts(Map.of(cell(Outcome.OPEN, 11), 2L, cell(Outcome.OPEN, 12), 1L));
            counting.append(LoggedEntries.faulted(first, FaultCode.EXCHANGE_CANCELLED));
            counting.append(LoggedEntries.faulted(second, FaultCode.EXCHANGE_DEFERRAL_EXPIRED));
            counting.awaitCounts(
                    Map.of(cell(Outcome.CANCELLED, 11), 1L, cell(Outcome.EXPIRED, 11), 1L, cell(Outcome.OPEN, 12), 1L));
        }
    }

    @Test
    void counts_whenItIsNoCompositeRequestOrARepeatedOne_leaveItOut() throws Exception {
        try (Counting counting = new Counting("log.db")) {
            UUID id = UUID.randomUUID();
            counting.append(LoggedEntries.received(
                    NOVEMBER, id, id.toString(), LoggedEntries.COMPOSER, LoggedEntries.FINES, "COURT_CASE", null));
            LogEntry asked = counting.asked(NOVEMBER);
            counting.append(LoggedEntries.refused(asked, FaultCode.EXCHANGE_ID_REUSED));
            UUID refused = UUID.randomUUID();
            counting.append(LoggedEntries.refused(
                    LoggedEntries.received(
                            NOVEMBER,
                            refused,
                            refused.toString(),
                            LoggedEntries.WEB,
                            LoggedEntries.CLEARANCE,
                            "GENERAL_CLEARANCE",
                            null),
                    FaultCode.AGREEMENT_ACTOR));
            counting.awaitCounts(Map.of(cell(Outcome.OPEN, 11), 1L, cell(Outcome.REFUSED, 11), 1L));
        }
    }

    @Test
    void counts_whenTheNodeStartsAgain_goOnWhereTheyWere() throws Exception {
        LogEntry open;
        try (Counting counting = new Counting("log.db")) {
            open = counting.asked(NOVEMBER);
            counting.awaitCounts(Map.of(cell(Outcome.OPEN, 11), 1L));
            await().until(() -> Files.exists(file()));
        }
        try (Counting counting = new Counting("log.db")) {
            counting.append(LoggedEntries.faulted(open, FaultCode.EXCHANGE_CANCELLED));
            counting.awaitCounts(Map.of(cell(Outcome.CANCELLED, 11), 1L));
        }
    }

    @Test
    void counts_whenWhatWasKeptIsDamagedOrOfAnotherLog_areCountedAgain() throws Exception {
        try (Counting counting = new Counting("log.db")) {
            counting.asked(NOVEMBER);
            counting.awaitCounts(Map.of(cell(Outcome.OPEN, 11), 1L));
        }
        Files.writeString(file(), "{", StandardCharsets.UTF_8);
        try (Counting counting = new Counting("log.db")) {
            counting.awaitCounts(Map.of(cell(Outcome.OPEN, 11), 1L));
        }
        try (Counting counting = new Counting("other.db")) {
            counting.asked(DECEMBER);
            counting.awaitCounts(Map.of(cell(Outcome.OPEN, 12), 1L));
        }
    }
}
