package org.wasl.messagelog.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.AppendResult.Appended;
import org.wasl.messagelog.AppendResult.Duplicate;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.leaf.IndexKey;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.verify.ContainerCheck;
import org.wasl.messagelog.verify.LogVerdict;
import org.wasl.messagelog.verify.LogVerifier;
import org.wasl.messagelog.verify.VerificationPlan;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConcurrencyTest {

    private static final int CALLERS = 16;
    private static final int MESSAGES = 300;

    @TempDir
    Path directory;

    /** Every caller logs every message; one of them wins each, and the log is whole while it is verified beside them. */
    @Test
    void append_whenCallersRaceForTheSameMessages_logsEachOnce() throws Exception {
        Path file = directory.resolve("wasl.db");
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            ids.add(UUID.randomUUID());
        }
        Set<Long> indices = ConcurrentHashMap.newKeySet();
        AtomicInteger duplicates = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (GroupCommitMessageLog log = GroupCommitMessageLog.open(
                SqliteLogStore.open(file), IndexKey.of(new byte[32]), LogSettings.defaults(), cause -> {})) {
            List<Future<?>> running = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                running.add(callers.submit(() -> {
                    for (UUID id : ids) {
                        AppendResult result = log.append(Entries.request(Entries.CSPD, Direction.RECEIVED, id))
                                .join();
                        if (result instanceof Appended appended) {
                            assertThat(indices.add(appended.index())).isTrue();
                        } else {
                            assertThat(((Duplicate) result).sameOctets()).isTrue();
                            assertThat(log.messages(id)).hasSize(1);
                            duplicates.incrementAndGet();
                        }
                    }
                }));
            }
            assertThat(verify(file)).isInstanceOf(LogVerdict.Intact.class);
            for (Future<?> run : running) {
                run.get();
            }
            assertThat(log.size()).isEqualTo(MESSAGES);
        } finally {
            callers.shutdownNow();
        }
        assertThat(indices).hasSize(MESSAGES);
        assertThat(duplicates).hasValue(MESSAGES * (CALLERS - 1));
        assertThat(verify(file)).isInstanceOfSatisfying(LogVerdict.Intact.class, intact -> assertThat(intact.size())
                .isEqualTo(MESSAGES));
    }

    private static LogVerdict verify(Path file) throws Exception {
        try (LogSource source = SqliteLogStore.openReadOnly(file)) {
            return new LogVerifier(VerificationPlan.of(ContainerCheck.NONE)).verify(source);
        }
    }
}
