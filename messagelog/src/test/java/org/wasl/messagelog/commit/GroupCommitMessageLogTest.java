package org.wasl.messagelog.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.wasl.messagelog.Entries.PORTAL;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.AppendResult.Appended;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.LogUnavailableException;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.TreeHead;

class GroupCommitMessageLogTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final IndexKey KEY = IndexKey.of(new byte[32]);

    private final ScriptedLogStore store = new ScriptedLogStore();
    private final List<LogUnavailableException> alarms = new CopyOnWriteArrayList<>();
    private final AtomicInteger overloads = new AtomicInteger();
    private final LogListener listener = new LogListener() {
        @Override
        public void failed(LogUnavailableException cause) {
            alarms.add(cause);
        }

        @Override
        public void overloaded() {
            overloads.incrementAndGet();
        }
    };

    private GroupCommitMessageLog log;

    private void open(int queueEntries, long queueBytes) {
        LogSettings settings = new LogSettings(queueEntries, queueBytes, 256, 1 << 20, SOON);
        log = GroupCommitMessageLog.open(store, KEY, settings, listener);
    }

    @AfterEach
    void close() {
        store.commits.release(1_000);
        if (log != null) {
            log.close();
        }
    }

    private static LogEntry entry() {
        return Entries.request(PORTAL, Direction.SENT, UUID.randomUUID());
    }

    private static void assertUnavailable(CompletableFuture<AppendResult> result) {
        assertThat(result)
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(LogUnavailableException.class);
    }

    @Test
    void append_whenTheCommitHasNotReturned_isNotAcknowledged() throws Exception {
        open(100, 1 << 20);
        CompletableFuture<AppendResult> result = log.append(entry());
        store.committing.await();

        assertThat(result).isNotDone();
        assertThat(log.size()).isZero();

        store.commits.release();
        assertThat(result).succeedsWithin(SOON).isEqualTo(new Appended(0));
        assertThat(log.size()).isOne();
    }

    @Test
    void append_whenManyWait_sharesOneCommit() throws Exception {
        open(200, 1 << 20);
        List<CompletableFuture<AppendResult>> results = new ArrayList<>();
        results.add(log.append(entry()));
        store.committing.await();
        for (int i = 0; i < 100; i++) {
            results.add(log.append(entry()));
        }

        store.commits.release(2);

        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i)).succeedsWithin(SOON).isEqualTo(new Appended(i));
        }
        assertThat(store.attempts).hasValue(2);
    }

    @Test
    void append_whenTheClockJumpsTenMinutesEitherWay_keepsTheOrderOfAppends() {
        open(100, 1 << 20);
        store.commits.release(100);
        int[] minutes = {0, 10, -10, 5, -5};
        for (int i = 0; i < minutes.length; i++) {
            LogEntry entry = LogEntry.recorded(
                    PORTAL, Entries.AT.plusSeconds(60L * minutes[i]), "AUDIT_SEARCH", "auditor", null, new byte[] {1});

            assertThat(log.append(entry)).succeedsWithin(SOON).isEqualTo(new Appended(i));
        }
    }

    @Test
    void append_whenTheQueueIsFull_isTurnedAwayAndTheLogGoesOn() throws Exception {
        open(2, 1 << 20);
        CompletableFuture<AppendResult> first = log.append(entry());
        store.committing.await();
        CompletableFuture<AppendResult> second = log.append(entry());
        CompletableFuture<AppendResult> third = log.append(entry());

        assertUnavailable(log.append(entry()));
        assertThat(overloads).hasValue(1);
        assertThat(log.available()).isTrue();

        store.commits.release(10);
        assertThat(first).succeedsWithin(SOON);
        assertThat(second).succeedsWithin(SOON);
        assertThat(third).succeedsWithin(SOON);
        assertThat(log.append(entry())).succeedsWithin(SOON).isEqualTo(new Appended(3));
        assertThat(alarms).isEmpty();
    }

    @Test
    void append_whenTooManyOctetsWait_isTurnedAway() throws Exception {
        open(100, 1_000);
        log.append(entry());
        store.committing.await();
        CompletableFuture<AppendResult> large = log.append(Entries.withContainer(entry(), new byte[5_000]));

        assertUnavailable(log.append(Entries.withContainer(entry(), new byte[500])));
        store.commits.release(10);
        assertThat(large).succeedsWithin(SOON);
        assertThat(log.append(Entries.withContainer(entry(), new byte[500]))).succeedsWithin(SOON);
    }

    @Test
    void append_whenTheStoreFails_failsForGoodAndNeverTriesAgain() throws Exception {
        open(100, 1 << 20);
        store.failing = true;
        CompletableFuture<AppendResult> committing = log.append(entry());
        store.committing.await();
        CompletableFuture<AppendResult> waiting = log.append(entry());
        store.commits.release(10);

        assertUnavailable(committing);
        assertUnavailable(waiting);
        store.failing = false;
        assertThat(log.available()).isFalse();
        assertUnavailable(log.append(entry()));
        await().untilAsserted(() -> assertThat(alarms).hasSize(1));
        assertThat(store.attempts).hasValue(1);
        assertThat(store.entries).isEmpty();
        assertThat(log.size()).isZero();
    }

    /** Nobody need ask for it to be noticed. */
    @Test
    void check_whenTheStoreGoesWhileNothingIsWritten_failsForGood() {
        open(100, 1 << 20);
        store.gone = true;

        await().atMost(SOON).untilAsserted(() -> assertThat(alarms).hasSize(1));
        assertThat(log.available()).isFalse();
        store.gone = false;
        assertUnavailable(log.append(entry()));
        assertThat(store.attempts).hasValue(0);
    }

    @Test
    void append_whenAListenerThrows_stillFailsWhatWaits() throws Exception {
        log = GroupCommitMessageLog.open(store, KEY, LogSettings.defaults(), cause -> {
            throw new IllegalStateException("the alarm is broken");
        });
        store.failing = true;
        CompletableFuture<AppendResult> committing = log.append(entry());
        store.committing.await();
        CompletableFuture<AppendResult> waiting = log.append(entry());
        store.commits.release(10);

        assertUnavailable(committing);
        assertUnavailable(waiting);
    }

    @Test
    void append_whenCalledFromTheLogsOwnThread_isACallersError() {
        open(100, 1 << 20);
        CompletableFuture<AppendResult> chained = log.append(entry()).thenCompose(done -> log.append(entry()));
        store.commits.release(10);

        assertThat(chained)
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IllegalStateException.class)
                .withMessageContaining("Async");
        assertThat(log.available()).isTrue();
    }

    @Test
    void messages_whenTheStoreCannotBeRead_isUnavailable() {
        open(100, 1 << 20);

        assertThatThrownBy(() -> log.messages(UUID.randomUUID())).isInstanceOf(LogUnavailableException.class);
    }

    @Test
    void close_whenAppendsWait_flushesAndClosesTheStore() {
        open(100, 1 << 20);
        CompletableFuture<AppendResult> result = log.append(entry());
        store.commits.release(10);

        log.close();

        assertThat(result).isCompletedWithValue(new Appended(0));
        assertThat(store.closed).isTrue();
        assertUnavailable(log.append(entry()));
    }

    @Test
    void open_whenTheRecordedHeadDoesNotFit_isRefused() {
        open(100, 1 << 20);
        store.commits.release(10);
        for (int i = 0; i < 5; i++) {
            log.append(entry()).join();
        }
        log.close();
        log = null;
        TreeHead good = store.head;

        store.head = new TreeHead(good.size(), new byte[32], good.frontier());
        assertRefused("root");
        store.head = new TreeHead(good.size() + 2, good.root(), good.frontier());
        assertRefused("head is damaged");
        store.head = good;
        store.entries.remove(2);
        assertRefused("leaf 3");
        store.entries.remove(3);
        store.entries.remove(2);
        assertRefused("ends before leaf 2");
    }

    private void assertRefused(String reason) {
        store.closed = false;
        assertThatThrownBy(() -> GroupCommitMessageLog.open(store, KEY, LogSettings.defaults(), listener))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining(reason);
        assertThat(store.closed).isTrue();
    }
}
