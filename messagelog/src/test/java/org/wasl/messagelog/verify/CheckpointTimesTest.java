package org.wasl.messagelog.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wasl.messagelog.store.LogSource;
import org.wasl.messagelog.store.LogStore;
import org.wasl.messagelog.store.SqliteLogStore;

/** What times of checkpoints say of leaves, and of keys that were compromised. */
class CheckpointTimesTest {

    private static final Instant STAMPED = OperatorsLog.DAY_ONE.plusSeconds(40);

    @TempDir
    Path directory;

    @BeforeEach
    void fill() throws Exception {
        OperatorsLog log = OperatorsLog.live(directory);
        try (LogStore store = SqliteLogStore.open(log.file())) {
            store.saveTimeStamp(20, OperatorsLog.ORIGIN, STAMPED.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A time-stamp that says its time in letters. */
    private static StampCheck.Finding read(byte[] token, byte[] text) {
        return text.length == 0
                ? new StampCheck.Finding.Refused("of nothing")
                : new StampCheck.Finding.Genuine(Instant.parse(new String(token, StandardCharsets.UTF_8)));
    }

    private LogVerdict verify(ContainerCheck check, StampCheck stamps) throws Exception {
        try (LogSource source = SqliteLogStore.openReadOnly(directory.resolve("wasl.db"))) {
            return new LogVerifier(VerificationPlan.of(check).trusting(CheckpointTrust.NONE.stampedBy(stamps)))
                    .verify(source);
        }
    }

    private static ContainerCheck compromised(Instant from, long first, long last) {
        return (index, leaf, container, evidence) ->
                new ContainerFinding.Genuine(index >= first && index <= last ? from : null);
    }

    private static void assertTime(LogVerdict verdict, long index, long count) {
        assertThat(verdict).isInstanceOfSatisfying(LogVerdict.Damaged.class, damaged -> {
            assertThat(damaged.count()).as(damaged.toString()).isEqualTo(count);
            assertThat(damaged.first().kind()).isEqualTo(DamageKind.TIME);
            assertThat(damaged.first().index()).isEqualTo(index);
        });
    }

    @Test
    void verify_whenATimeStampShowsThatAllWasBeforeTheCompromise_isIntact() throws Exception {
        assertThat(verify(compromised(STAMPED.plusSeconds(1), 0, 19), CheckpointTimesTest::read))
                .isInstanceOfSatisfying(
                        LogVerdict.Intact.class,
                        intact -> assertThat(intact.tally().stamped()).isEqualTo(20));
    }

    @Test
    void verify_whenTheTimeStampIsNotBeforeTheCompromise_saysWhichLeafIsNotShownToBeOlder() throws Exception {
        assertTime(verify(compromised(STAMPED, 3, 9), CheckpointTimesTest::read), 3, 1);
    }

    @Test
    void verify_whenNoTimeStampCoversTheLeaf_saysSo() throws Exception {
        assertTime(
                verify(compromised(OperatorsLog.DAY_TWO.plusSeconds(90_000), 19, 25), CheckpointTimesTest::read),
                20,
                1);
    }

    @Test
    void verify_whenATimeStampIsNotGenuine_isAnAlteredCheckpoint() throws Exception {
        assertThat(verify(ContainerCheck.NONE, (token, text) -> new StampCheck.Finding.Refused("no")))
                .isInstanceOfSatisfying(LogVerdict.Damaged.class, damaged -> {
                    assertThat(damaged.first().kind()).isEqualTo(DamageKind.ALTERED_CHECKPOINT);
                    assertThat(damaged.first().index()).isEqualTo(19);
                });
    }

    @Test
    void dated_whenTimesGoBackwards_isADamageFromTheEarlierOneOn() {
        DamageList damages = new DamageList();
        TimeRule times = new TimeRule(damages);
        times.dated(20, STAMPED);
        times.dated(25, STAMPED.minusSeconds(60));
        assertThat(damages.isEmpty()).isTrue();
        times.dated(30, STAMPED.minusSeconds(61));
        assertThat(damages.sorted())
                .extracting(Damage::kind, Damage::index)
                .containsExactly(tuple(DamageKind.TIME, 20L));
    }

    @Test
    void leaf_whenManyWaitForACheckpoint_theYoungestIsFoundAllTheSame() {
        DamageList damages = new DamageList();
        TimeRule times = new TimeRule(damages);
        for (int i = 0; i < 100_000; i++) {
            long at = STAMPED.toEpochMilli() + i;
            times.leaf(
                    new CheckedRow(i, at, new byte[0], null, CheckedRow.Content.PRESENT, null, List.of(), List.of()));
        }
        times.dated(100_000, STAMPED.plusSeconds(39).minusMillis(1));
        assertThat(damages.sorted()).hasSize(1);
        assertThat(damages.sorted().get(0).index()).isGreaterThan(98_998);
    }
}
