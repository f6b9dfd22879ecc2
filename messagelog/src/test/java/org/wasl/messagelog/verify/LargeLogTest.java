package org.wasl.messagelog.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wasl.messagelog.AppendResult;
import org.wasl.messagelog.Direction;
import org.wasl.messagelog.Entries;
import org.wasl.messagelog.LogEntry;
import org.wasl.messagelog.commit.GroupCommitMessageLog;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.SqliteLogStore;

/**
 * A log of 100,000 leaves, in group commits as a busy node makes them; by hand of more, with {@code
 * -Dwasl.leaves=1000000}. Says how long verifying took, and the most memory that the process ever had.
 */
class LargeLogTest {

    private static final Logger LOG = LoggerFactory.getLogger(LargeLogTest.class);
    private static final int LEAVES = Integer.getInteger("wasl.leaves", 100_000);
    private static final int AT_ONCE = 256;
    private static final int CONTAINER_BYTES = 512;

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("wasl.db");
    }

    private void fill() throws Exception {
        try (GroupCommitMessageLog log = OperatorsLog.open(file())) {
            for (int from = 0; from < LEAVES; from += AT_ONCE) {
                List<CompletableFuture<AppendResult>> results = new ArrayList<>();
                for (int i = from; i < Math.min(LEAVES, from + AT_ONCE); i++) {
                    LogEntry entry = Entries.request(Entries.PORTAL, Direction.SENT, UUID.randomUUID());
                    results.add(log.append(Entries.withContainer(entry, new byte[CONTAINER_BYTES])));
                }
                results.forEach(CompletableFuture::join);
            }
        }
    }

    @Test
    void verify_whenThereAreManyLeaves_isTakenUpAgainAndNamesTheOneThatWasEdited() throws Exception {
        fill();
        VerificationFile state = new VerificationFile(directory.resolve("state"));
        List<Long> progress = new ArrayList<>();
        VerificationPlan plan = VerificationPlan.of(ContainerCheck.NONE);
        try (LogSource source = SqliteLogStore.openReadOnly(file())) {
            Instant begin = Instant.now();
            assertThat(new LogVerifier(plan).verify(source)).isInstanceOf(LogVerdict.Intact.class);
            say(Duration.between(begin, Instant.now()));

            long half = LEAVES * 6L / 10;
            assertThatThrownBy(() -> new LogVerifier(plan.heardBy((done, total) -> {
                                if (done > half) {
                                    Thread.currentThread().interrupt();
                                }
                            }))
                            .verify(source, state))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();

            LogVerdict verdict =
                    new LogVerifier(plan.heardBy((done, total) -> progress.add(done))).verify(source, state);
            assertThat(verdict).isInstanceOfSatisfying(LogVerdict.Intact.class, intact -> {
                assertThat(intact.tally().leaves()).isEqualTo(LEAVES);
                assertThat(intact.containers()).isEqualTo(LEAVES);
            });
            assertThat(progress.get(0)).isGreaterThan(LEAVES / 4);
        }
        editOne(LEAVES * 3L / 4);
    }

    private void editOne(long index) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE log_leaf SET purpose = 'COURT_CASE' WHERE idx = " + index);
        }
        try (LogSource source = SqliteLogStore.openReadOnly(file())) {
            assertThat(new LogVerifier(VerificationPlan.of(ContainerCheck.NONE)).verify(source))
                    .isInstanceOfSatisfying(LogVerdict.Damaged.class, damaged -> {
                        assertThat(damaged.count()).isOne();
                        assertThat(damaged.first().kind()).isEqualTo(DamageKind.ALTERED_LEAF);
                        assertThat(damaged.first().index()).isEqualTo(index);
                    });
        }
    }

    private static void say(Duration took) throws Exception {
        Path status = Path.of("/proc/self/status");
        String peak = Files.isReadable(status)
                ? Files.readAllLines(status, StandardCharsets.UTF_8).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .findFirst()
                        .orElse("")
                : "";
        LOG.info(
                "{} leaves verified in {} ms, {} a second; {}",
                LEAVES,
                took.toMillis(),
                LEAVES * 1_000L / Math.max(1, took.toMillis()),
                peak);
    }
}
