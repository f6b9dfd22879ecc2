package org.wasl.messagelog.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.messagelog.checkpoint.Checkpoint;
import org.wasl.messagelog.note.SignedNote;
import org.wasl.messagelog.note.TestSigner;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.SqliteLogStore;
import org.wasl.messagelog.store.TreeHead;
import org.wasl.schemas.fault.FaultCode;
import org.wasl.security.registry.EvidencePolicy.TimeStamping;
import org.wasl.security.timestamp.TimeStampOutcome;
import org.wasl.security.timestamp.TimeStampVerdict;

class TimeStamperTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TestSigner SIGNER = TestSigner.log("log.example");
    private static final byte[] TOKEN = {1, 2, 3};

    private final AtomicLong size = new AtomicLong();
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final AtomicReference<Optional<TimeStamping>> terms = new AtomicReference<>(Optional.of(new TimeStamping(
            URI.create("http://tsa.example/"),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofMillis(1_500))));
    private final List<String> stamped = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    @TempDir
    private Path directory;

    private LogStore store;
    private TimeStamper stamper;

    @BeforeEach
    void start() throws Exception {
        store = SqliteLogStore.open(directory.resolve("wasl.db"));
        stamper = stamper();
    }

    @AfterEach
    void stop() {
        stamper.close();
        store.close();
    }

    @Test
    void checkpoint_whenTheAuthorityAnswers_isStampedOverItsTextAlone() throws Exception {
        commit(5);

        await().atMost(PATIENCE).until(() -> store.latestStamped().isPresent());

        assertThat(store.latestStamped().orElseThrow().timeStamp()).isEqualTo(TOKEN);
        assertThat(stamped).containsOnly(checkpoint(5).text());
        assertThat(stamper.closed()).isEmpty();
        assertThat(stamper.state().covered()).isEqualTo(5);
        assertThat(stamper.state().alarm()).isFalse();
    }

    @Test
    void gate_whenTheAuthorityIsAway_closesPastTheWindowAndOpensWhenItIsBack() throws Exception {
        commit(5);
        await().atMost(PATIENCE).until(() -> stamper.state().covered() == 5);
        away = true;
        commit(6);
        commit(7);

        assertThat(stamper.closed()).isEmpty();
        await().atMost(PATIENCE).until(() -> stamper.state().alarm());
        await().atMost(PATIENCE).until(() -> stamper.closed().equals(Optional.of(FaultCode.LOG_NOT_TIME_STAMPED)));
        assertThat(stamper.state().problem()).contains("nobody is there");
        commit(8);
        away = false;

        await().atMost(PATIENCE).until(() -> stamper.closed().isEmpty());
        // One was enough for all that waited.
        assertThat(stamped)
                .contains(checkpoint(8).text())
                .doesNotContain(checkpoint(6).text());
    }

    @Test
    void gate_whenTheLogMakesNoCheckpoints_closesToo() {
        size.set(3);

        await().atMost(PATIENCE).until(() -> stamper.closed().equals(Optional.of(FaultCode.LOG_NOT_TIME_STAMPED)));
    }

    @Test
    void gate_whenNothingIsAskedFor_staysOpen() throws Exception {
        terms.set(Optional.empty());
        away = true;
        commit(5);

        await().pollDelay(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> stamper.closed()
                .isEmpty());
        assertThat(stamped).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {600, -600})
    void gate_whenTheClockIsTenMinutesOff_closesUntilItIsRightAgain(long seconds) throws Exception {
        offset.set(Duration.ofSeconds(seconds));
        commit(5);

        await().atMost(PATIENCE).until(() -> stamper.closed().equals(Optional.of(FaultCode.CLOCK_SKEWED)));

        assertThat(stamper.state().ahead()).isBetween(Duration.ofSeconds(seconds - 5), Duration.ofSeconds(seconds + 5));
        // What was stamped is worth what it says: the log's evidence does not depend on this node's clock.
        assertThat(store.latestStamped()).isPresent();
        offset.set(Duration.ZERO);
        await().atMost(PATIENCE).until(() -> stamper.closed().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {50, -50})
    void gate_whenTheClockIsWithinTolerance_staysOpen(long seconds) throws Exception {
        offset.set(Duration.ofSeconds(seconds));
        commit(5);

        await().atMost(PATIENCE).until(() -> stamper.state().last().isPresent());

        assertThat(stamper.closed()).isEmpty();
    }

    @Test
    void waits_whenTheClockIsSetForward_areNotShortened() throws Exception {
        terms.set(Optional.of(new TimeStamping(
                URI.create("http://tsa.example/"), Duration.ofMillis(100), Duration.ofHours(1), Duration.ofHours(1))));
        away = true;
        commit(5);

        offset.set(Duration.ofDays(2));

        assertThat(stamper.closed()).isEmpty();
        assertThat(stamper.state().uncoveredFor()).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void start_whenTheNewestIsStampedAlready_comparesClocksAndKeepsTheFirstToken() throws Exception {
        commit(5);
        await().atMost(PATIENCE).until(() -> stamper.state().covered() == 5);
        stamper.close();
        store.saveTimeStamp(5, "log.example", new byte[] {9});
        offset.set(Duration.ofMinutes(10));

        stamper = stamper();

        await().atMost(PATIENCE).until(() -> stamper.closed().equals(Optional.of(FaultCode.CLOCK_SKEWED)));
        assertThat(store.latestStamped().orElseThrow().timeStamp()).containsExactly(9);
    }

    private TimeStamper stamper() {
        return TimeStamper.start(
                () -> new TreeHead(size.get(), new byte[32], new byte[0]),
                store,
                terms::get,
                this::stamp,
                new OffsetClock());
    }

    private TimeStampOutcome stamp(URI address, byte[] text) {
        if (away) {
            return new TimeStampOutcome.Unreachable("nobody is there");
        }
        stamped.add(new String(text, StandardCharsets.UTF_8));
        // The certificate plays no part here.
        return new TimeStampOutcome.Stamped(
                TOKEN, new TimeStampVerdict.Proven(Instant.now(), Duration.ofSeconds(1), null, List.of()));
    }

    private void commit(long leaves) throws Exception {
        size.set(leaves);
        byte[] note = SignedNote.sign(checkpoint(leaves).text(), SIGNER).octets();
        store.saveCheckpoint(leaves, "log.example", Instant.now(), note);
    }

    private static Checkpoint checkpoint(long leaves) {
        return Checkpoint.of("log.example", leaves, new byte[32]);
    }

    /** The time, and an error. */
    private final class OffsetClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(offset.get());
        }
    }
}
