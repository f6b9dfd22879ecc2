package org.wasl.node.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private static final long MINUTE = 60_000;

    private final Slots slots = new Slots(Duration.ofMinutes(1), 15);

    private void count(long at) {
        Objects.requireNonNull(slots.at(at)).add(null, false, 1, null);
    }

    private long asked(long now, int last) {
        Counts sum = new Counts();
        slots.since(now, last, sum::add);
        return sum.asked();
    }

    @Test
    void since_afterAQuarterOfAnHour_forgetsTheOldest() {
        count(0);
        count(30_000);
        count(14 * MINUTE);
        assertThat(asked(14 * MINUTE, 15)).isEqualTo(3);
        assertThat(asked(14 * MINUTE, 1)).isEqualTo(1);
        assertThat(asked(15 * MINUTE, 15)).isEqualTo(1);
        assertThat(asked(100 * MINUTE, 15)).isZero();
    }

    @Test
    void at_whenItsPlaceIsTakenByALaterTime_isOver() {
        count(20 * MINUTE);
        assertThat(slots.at(5 * MINUTE)).isNull();
        count(35 * MINUTE);
        assertThat(asked(35 * MINUTE, 15)).isEqualTo(1);
    }

    @Test
    void last_whereNothingWasCounted_hasAGap() {
        count(10 * MINUTE);
        count(12 * MINUTE);
        assertThat(slots.last(12 * MINUTE, 3))
                .satisfiesExactly(
                        first -> assertThat(first).isNotNull(),
                        second -> assertThat(second).isNull(),
                        third -> assertThat(third).isNotNull());
    }
}
