package org.wasl.node.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wasl.node.edge.audit.LoggedEntries.COURT;
import static org.wasl.node.edge.audit.LoggedEntries.PERSON;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.commit.LogSettings;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.site.Claim;
import org.wasl.messagelog.site.ClaimResult;
import org.wasl.messagelog.site.EndSought;
import org.wasl.messagelog.site.HandedMessage;
import org.wasl.messagelog.site.Site;
import org.wasl.messagelog.store.FoundLeaf;
import org.wasl.messagelog.store.LogQuery;
import org.wasl.messagelog.store.LogReader;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.security.agreement.QuotaCounter;

class SiteAuditedLogTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final IndexKey KEY = IndexKey.of(new byte[32]);
    private static final String NUMBER = "9990000001";

    @TempDir
    Path directory;

    private final Map<String, SqliteLogStore> stores = new TreeMap<>();
    private final Map<String, GroupCommitMessageLog> logs = new TreeMap<>();
    private SiteAuditedLog audited;

    /** Other nodes' logs, and nothing else of a site. */
    private final class OtherLogs implements Site {

        @Override
        public <T> ClaimResult<T> claim(Claim claim, EndSought<T> end) {
            return new ClaimResult.Granted<>(Optional.empty());
        }

        @Override
        public void extend(Claim claim, Instant until) {
            // nothing is claimed here
        }

        @Override
        public void hand(String node, HandedMessage message) {
            // nobody takes it
        }

        @Override
        public int handed(int limit, Predicate<HandedMessage> taker) {
            return 0;
        }

        @Override
        public int forget(Instant before) {
            return 0;
        }

        @Override
        public List<String> siblings() {
            return List.of("node-2", "node-3");
        }

        @Override
        public boolean isGone(String sibling) {
            return false;
        }

        @Override
        public Optional<LogReader> log(String sibling) {
            return Optional.ofNullable(stores.get(sibling));
        }

        @Override
        public QuotaCounter quotas() {
            return QuotaCounter.inProcess();
        }

        @Override
        public void close() {
            // the test closes them
        }
    }

    @BeforeEach
    void openLogs() throws Exception {
        for (String node : List.of("node-1", "node-2", "node-3")) {
            SqliteLogStore store = SqliteLogStore.open(
                    Files.createDirectories(directory.resolve(node)).resolve("log.db"));
            stores.put(node, store);
            logs.put(node, GroupCommitMessageLog.open(store, KEY, LogSettings.defaults(), cause -> {}));
        }
        audited = new SiteAuditedLog(
                new StoredAuditedLog(logs.get("node-1"), stores.get("node-1"), Duration.ofSeconds(10)),
                new OtherLogs(),
                KEY);
    }

    @AfterEach
    void closeLogs() {
        logs.values().forEach(GroupCommitMessageLog::close);
    }

    private LogEntry append(String node, int second, String correlation) throws Exception {
        LogEntry entry = LoggedEntries.received(
                NOW.plusSeconds(second), UUID.randomUUID(), correlation, COURT, PERSON, "COURT_CASE", NUMBER);
        logs.get(node).append(entry).get(10, TimeUnit.SECONDS);
        return entry;
    }

    private List<String> correlations(List<FoundLeaf> leaves) {
        return leaves.stream().map(leaf -> leaf.leaf().correlationId()).toList();
    }

    @Test
    void search_whenLeavesAreInSeveralLogs_findsThemAllOnceHoweverSmallThePages() throws Exception {
        append("node-1", 1, "one");
        append("node-2", 2, "two");
        append("node-1", 3, "three");
        append("node-3", 4, "four");
        append("node-2", 5, "five");

        for (int page = 1; page <= 6; page++) {
            List<FoundLeaf> found = new ArrayList<>();
            long before = audited.size();
            List<FoundLeaf> next = audited.search(LogQuery.all(), NUMBER, before, page);
            while (!next.isEmpty()) {
                found.addAll(next);
                before = next.get(next.size() - 1).index();
                next = audited.search(LogQuery.all(), NUMBER, before, page);
            }
            assertThat(correlations(found)).containsExactly("three", "one", "five", "two", "four");
            assertThat(found).isSortedAccordingTo(SiteAuditedLog.order());
        }
    }

    @Test
    void row_whenTheLeafIsElsewhere_isReadThere() throws Exception {
        LogEntry elsewhere = append("node-3", 1, "elsewhere");
        FoundLeaf found =
                audited.search(LogQuery.all(), null, Long.MAX_VALUE, 10).get(0);

        assertThat(SiteAuditedLog.isElsewhere(found)).isTrue();
        assertThat(audited.row(found.index()).orElseThrow().leaf().messageId())
                .isEqualTo(String.valueOf(elsewhere.messageId()));
        assertThat(audited.row(7)).isEmpty();
    }

    @Test
    void read_whenARequestWasAtTwoNodes_isInOrderOfTime() throws Exception {
        append("node-2", 1, "case");
        append("node-1", 2, "case");
        append("node-3", 3, "case");

        assertThat(RequestHistory.read(audited, "case").leaves())
                .extracting(leaf -> leaf.leaf().atMillis())
                .isSorted();
    }

    @Test
    void answer_whenItIsInAnotherLog_isFound() throws Exception {
        LogEntry request = append("node-2", 1, "asked");
        logs.get("node-2").append(LoggedEntries.replied(request)).get(10, TimeUnit.SECONDS);

        assertThat(audited.answer(PERSON.member(), Direction.SENT, request.messageId()))
                .isPresent();
    }
}
