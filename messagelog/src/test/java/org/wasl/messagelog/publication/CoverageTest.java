package org.wasl.messagelog.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CoverageTest {

    private long now;
    private final Coverage coverage = new Coverage(() -> now);

    private void at(int seconds) {
        now = Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void waiting_whenNothingWasEverCovered_countsFromTheStart() {
        at(7);

        assertThat(coverage.begun()).isFalse();
        assertThat(coverage.waiting(0)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void waiting_whenAllIsCovered_isNothing() {
        coverage.look(5);
        coverage.cover(5);
        at(100);

        assertThat(coverage.waiting(5)).isZero();
    }

    @Test
    void waiting_whenNobodyLooked_countsFromWhenAllWasCovered() {
        coverage.look(5);
        coverage.cover(5);
        at(10);
        coverage.look(5);
        at(40);

        assertThat(coverage.waiting(6)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void waiting_whenTheLogGrewMeanwhile_countsFromTheLastLookAtWhatIsCovered() {
        coverage.look(5);
        at(1);
        coverage.look(9);
        at(2);
        coverage.look(12);
        at(3);
        coverage.cover(9);
        at(4);

        assertThat(coverage.waiting(12)).isEqualTo(Duration.ofSeconds(3));
        coverage.cover(12);
        assertThat(coverage.waiting(13)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void waiting_whenThereAreMoreLooksThanAreKept_isRightAgainOnceCovered() {
        for (int i = 0; i < 2_000; i++) {
            at(i);
            coverage.look(i);
        }
        coverage.cover(1_999);

        assertThat(coverage.waiting(2_000)).isZero();
        at(2_004);
        assertThat(coverage.waiting(2_000)).isEqualTo(Duration.ofSeconds(5));
    }
}
