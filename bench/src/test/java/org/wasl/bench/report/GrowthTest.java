package org.wasl.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthTest {

    private static Growth growth(double... points) {
        List<Point> all = new ArrayList<>();
        for (int i = 0; i < points.length; i += 2) {
            all.add(new Point(points[i], 1_000, 1.0, 2.0, points[i + 1], 100, 50, 0));
        }
        return Growth.of(all);
    }

    @Test
    void of_whenNothingGrows_isFlat() {
        Growth growth = growth(1, 900, 10, 910, 100, 905, 1_000, 950);
        assertThat(growth.isFlat()).isTrue();
        assertThat(growth.isWorseThanLinear()).isFalse();
    }

    @Test
    void of_whenItGrowsInProportion_isNotFlatAndNoWorseThanLinear() {
        Growth growth = growth(1_000, 10, 10_000, 100, 100_000, 1_000);
        assertThat(growth.isFlat()).isFalse();
        assertThat(growth.isWorseThanLinear()).isFalse();
        assertThat(growth.exponent()).isBetween(0.99, 1.01);
    }

    @Test
    void of_whenOnlyTheLastStretchIsSquare_isWorseThanLinear() {
        Growth growth = growth(1, 900, 1_000, 900, 10_000, 90_000);
        assertThat(growth.exponent()).isLessThan(1);
        assertThat(growth.isWorseThanLinear()).isTrue();
        assertThat(growth.steepestAt()).isEqualTo(10_000);
    }

    @Test
    void of_whenItStartsAtNothing_takesNothingForOne() {
        assertThat(growth(0, 900, 10_000_000, 900).exponent()).isZero();
    }

    @Test
    void of_whenOnlyNoiseRises_isNotCalledGrowth() {
        assertThat(growth(16, 900, 17, 1_000).steepest()).isZero();
    }
}
