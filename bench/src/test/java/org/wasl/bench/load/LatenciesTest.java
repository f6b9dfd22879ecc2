package org.wasl.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static Tally hundred() {
        Tally tally = new Tally();
        for (int i = 1; i <= 100; i++) {
            tally.count(i * 1_000_000L, null);
        }
        return tally;
    }

    @Test
    void of_whenAllWereAnswered_givesEveryPercentile() {
        Latencies latencies = Latencies.of(hundred().answered(), 0);
        assertThat(latencies.p50Milliseconds()).isBetween(49.9, 50.1);
        assertThat(latencies.p99Milliseconds()).isBetween(98.8, 99.2);
        assertThat(latencies.maxMilliseconds()).isBetween(99.8, 100.2);
    }

    @Test
    void of_whenSomeWereNotAnswered_givesNoPercentileThatFallsAmongThem() {
        Latencies latencies = Latencies.of(hundred().answered(), 5);
        assertThat(latencies.p90Milliseconds()).isBetween(94.0, 96.0);
        assertThat(latencies.p99Milliseconds()).isNull();
        assertThat(latencies.maxMilliseconds()).isNull();
    }

    @Test
    void of_whenNothingWasAnswered_givesNone() {
        assertThat(Latencies.of(new Tally().answered(), 3)).isEqualTo(new Latencies(null, null, null, null, null));
    }

    @Test
    void fail_whenEveryFailureIsAnother_staysBounded() {
        Tally tally = new Tally();
        IntStream.range(0, 1_000).forEach(i -> tally.fail("kind " + (char) ('a' + i % 26) + (char) ('a' + i / 26)));
        assertThat(tally.failures()).hasSizeLessThan(30).containsKey("others");
        assertThat(tally.failures().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(1_000);
    }

    @Test
    void kind_ofNestedFailures_isTheInnermostWithoutWhatDiffersEachTime() {
        Throwable failure = new java.util.concurrent.CompletionException(
                new IllegalStateException("message 4711 of 8f14e45f-ceea-467f-9575-1e6c1a3f3c5e"));
        assertThat(Tally.kind(failure)).isEqualTo("IllegalStateException: message # of #");
        assertThat(Map.of(Tally.kind(failure), 1)).hasSize(1);
    }
}
