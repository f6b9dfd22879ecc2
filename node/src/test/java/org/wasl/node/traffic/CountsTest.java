package org.wasl.node.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wasl.schemas.fault.FaultCode;

class CountsTest {

    private static final Duration LEVEL = Duration.ofSeconds(1);

    @ParameterizedTest
    @EnumSource(FaultCode.class)
    void add_whateverTheFault_countsItOnce(FaultCode fault) {
        Counts counts = new Counts();
        counts.add(fault, false, 10, LEVEL);
        assertThat(counts.answered() + counts.refused() + counts.failed()).isEqualTo(1);
        assertThat(counts.promised()).isEqualTo(counts.answered() + counts.failed());
        assertThat(counts.faults()).containsOnlyKeys(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "RECORD_NOT_FOUND, 1, 0, 0",
        "AGREEMENT_HOURS, 0, 1, 0",
        "QUOTA, 0, 1, 0",
        "BACKEND_TIMED_OUT, 0, 0, 1",
        "EXCHANGE_TIMED_OUT, 0, 0, 1",
        "EXCHANGE_EXPIRED, 0, 0, 1",
        "OVERLOADED, 0, 0, 1"
    })
    void add_whenAFaultEndedIt_asksWhoIsToBlame(FaultCode fault, long answered, long refused, long failed) {
        Counts counts = new Counts();
        counts.add(fault, false, 10, null);
        assertThat(counts.answered()).isEqualTo(answered);
        assertThat(counts.refused()).isEqualTo(refused);
        assertThat(counts.failed()).isEqualTo(failed);
    }

    @Test
    void within_whenAnAnswerCameInTime_countsItAndNotWhatFailedOrWasNotPromised() {
        Counts counts = new Counts();
        counts.add(null, false, 1_000, LEVEL);
        counts.add(null, false, 1_001, LEVEL);
        counts.add(FaultCode.BACKEND_BUSY, false, 3, LEVEL);
        counts.add(null, true, 20, null);
        counts.add(FaultCode.AGREEMENT_HOURS, false, 3, LEVEL);
        assertThat(counts.promised()).isEqualTo(3);
        assertThat(counts.within()).isEqualTo(1);
        assertThat(counts.deferred()).isEqualTo(1);
        assertThat(counts.asked()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 100, 999, 60_000, 14_000_000})
    void percentile_ofOneDuration_isAtMostATwelfthMore(long millis) {
        Counts counts = new Counts();
        counts.add(null, false, millis, null);
        assertThat(counts.within(0.5).toMillis()).isBetween(millis, millis + millis / 10 + 1);
    }

    @Test
    void percentile_ofManyDurations_isNearTheExactOne() {
        Random random = new Random(17);
        long[] millis =
                LongStream.range(0, 5_000).map(i -> 1 + random.nextInt(4_000)).toArray();
        Counts counts = new Counts();
        Counts others = new Counts();
        for (int i = 0; i < millis.length; i++) {
            (i % 2 == 0 ? counts : others).add(null, false, millis[i], null);
        }
        counts.add(others);
        Arrays.sort(millis);
        for (double share : new double[] {0.5, 0.95, 0.99}) {
            long exact = millis[(int) Math.ceil(share * millis.length) - 1];
            assertThat(counts.within(share).toMillis()).isBetween(exact, exact + exact / 10 + 1);
        }
    }

    @Test
    void percentile_ofNothing_isZero() {
        assertThat(new Counts().within(0.95)).isZero();
    }
}
