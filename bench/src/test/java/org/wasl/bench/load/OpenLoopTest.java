package org.wasl.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000 * MILLISECOND;

    private final FakeTicks ticks = new FakeTicks();

    /** Time that passes only when somebody waits or works. */
    private static final class FakeTicks implements Ticks {

        private long now = 42;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void awaitUntil(long nanos) {
            now = Math.max(now, nanos);
        }

        void pass(long nanos) {
            now += nanos;
        }
    }

    /** Takes a millisecond, but a whole second once. */
    private final class Stalling extends Answering {

        private final long stalled;

        Stalling(long stalled) {
            this.stalled = stalled;
        }

        @Override
        public CompletionStage<?> call(long number) {
            ticks.pass(number == stalled ? SECOND : MILLISECOND);
            return CompletableFuture.completedStage(number);
        }
    }

    private abstract static class Answering implements Workload {

        @Override
        public String name() {
            return "answering";
        }

        @Override
        public void start(Path directory) {}

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public void close() {}
    }

    private static Scenario scenario(double rate, int inFlight) {
        return Scenario.open("rate", rate, 1, inFlight, 0, 10);
    }

    private Tally run(Workload workload, double rate, int inFlight, double seconds) {
        Tally tally = new Tally();
        OpenLoop loop = new OpenLoop(workload, Runnable::run, ticks, new AtomicLong());
        loop.run(scenario(rate, inFlight), seconds, tally);
        loop.drain(tally);
        return tally;
    }

    @Test
    void run_whenOneOperationStalls_chargesEverybodyWhoWouldHaveCome() {
        // 1,000 arrivals in 10 s; while one takes a second, 100 more are due, each of which waits for the rest of it.
        Tally tally = run(new Stalling(500), 100, 10, 10);
        Latencies corrected = Latencies.of(tally.answered(), 0);
        assertThat(tally.answered().getTotalCount()).isEqualTo(1_000);
        assertThat(corrected.maxMilliseconds()).isBetween(999.0, 1_002.0);
        // Seen from inside, 999 of 1,000 took a millisecond: p99 would be 1 ms. In truth a tenth came during the stall.
        assertThat(corrected.p99Milliseconds()).isGreaterThan(850.0);
        assertThat(corrected.p90Milliseconds()).isLessThan(120.0);
        assertThat(corrected.p50Milliseconds()).isBetween(0.9, 1.1);
    }

    @Test
    void run_whenNothingStalls_keepsTheRateAndTheTimes() {
        long began = ticks.nanos();
        Tally tally = run(new Stalling(-1), 200, 10, 5);
        assertThat(tally.answered().getTotalCount()).isEqualTo(1_000);
        assertThat(ticks.nanos() - began).isBetween(5 * SECOND - 10 * MILLISECOND, 5 * SECOND);
        assertThat(Latencies.of(tally.answered(), 0).maxMilliseconds()).isBetween(0.9, 1.1);
    }

    @Test
    void run_whenTooManyAreUnderWay_countsWhatWasNotSentAndWhatIsNeverAnswered() {
        Tally tally = run(
                new Answering() {
                    @Override
                    public CompletionStage<?> call(long number) {
                        return new CompletableFuture<>();
                    }
                },
                100,
                7,
                1);
        assertThat(tally.notSentCount()).isEqualTo(93);
        assertThat(tally.failures()).containsExactly(Map.entry("never answered", 7L));
    }

    @Test
    void run_whenCallsFail_countsThemByKind() {
        Tally tally = run(
                new Answering() {
                    @Override
                    public CompletionStage<?> call(long number) {
                        if (number % 2 == 0) {
                            throw new IllegalStateException("refused " + number);
                        }
                        return CompletableFuture.failedStage(new IllegalArgumentException("id 8f14e45f-ceea-467f"));
                    }
                },
                100,
                7,
                1);
        assertThat(tally.failures())
                .containsOnly(
                        Map.entry("IllegalStateException: refused #", 50L),
                        Map.entry("IllegalArgumentException: id #", 50L));
        assertThat(tally.answered().getTotalCount()).isZero();
    }
}
