package org.wasl.node.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What is published cannot be undone by arithmetic. */
class ReleaseTest {

    private static final List<String> SERVICES = List.of("a", "b", "c");
    private static final List<String> CHANNELS = List.of("WEB", "MOBILE", "KIOSK", "COUNTER");

    @Provide
    Arbitrary<Map<Cell, Long>> tables() {
        Arbitrary<Cell> cells = Combinators.combine(
                        Arbitraries.of(SERVICES),
                        Arbitraries.of(CHANNELS),
                        Arbitraries.of(Outcome.class),
                        Arbitraries.integers().between(1, 12))
                .as((service, channel, outcome, month) ->
                        new Cell(service, channel, outcome, YearMonth.of(2026, month)));
        Arbitrary<Long> counts = Arbitraries.longs().between(0, 200);
        return Arbitraries.maps(cells, counts).ofMaxSize(60);
    }

    @Property
    void release_whateverWasCounted_showsNoGroupUnderTheThreshold(
            @ForAll("tables") Map<Cell, Long> table, @ForAll @IntRange(min = 5, max = 50) int threshold) {
        Map<Cell, Long> released = Release.of(table, threshold);
        assertThat(released.values()).allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(threshold));
        released.forEach((cell, count) -> assertThat(table.get(cell)).isBetween(count, count + threshold - 1L));
    }

    /** Whoever stands in a suppressed cell, one or nine, nothing that is published tells. */
    @Property
    void release_whateverStandsInSuppressedCells_isTheSame(
            @ForAll("tables") Map<Cell, Long> table,
            @ForAll @IntRange(min = 5, max = 50) int threshold,
            @ForAll @IntRange(min = 0, max = 49) int other) {
        Map<Cell, Long> changed = new TreeMap<>(table);
        changed.replaceAll((cell, count) -> count < threshold ? (long) other % threshold : count);
        assertThat(Release.of(changed, threshold)).isEqualTo(Release.of(table, threshold));
        changed.values().removeIf(count -> count < threshold);
        assertThat(Release.of(changed, threshold)).isEqualTo(Release.of(table, threshold));
    }

    /** Any sum of published counts less any other, and so any total less its parts, is nothing or a group large enough. */
    @Property
    void release_whateverIsAddedAndSubtracted_isolatesNobody(
            @ForAll("tables") Map<Cell, Long> table,
            @ForAll @IntRange(min = 5, max = 50) int threshold,
            @ForAll List<@IntRange(min = -3, max = 3) Integer> factors) {
        long combined = 0;
        int at = 0;
        for (long count : Release.of(table, threshold).values()) {
            combined += factors.isEmpty() ? count : count * factors.get(at++ % factors.size());
        }
        assertThat(combined % threshold).isZero();
    }

    /** Two publications of a growing table: what came between them is nothing, or a group large enough, in every cell. */
    @Property
    void release_whenTheTableGrows_changesByWholeGroups(
            @ForAll("tables") Map<Cell, Long> table,
            @ForAll("tables") Map<Cell, Long> more,
            @ForAll @IntRange(min = 5, max = 50) int threshold) {
        Map<Cell, Long> later = new TreeMap<>(table);
        more.forEach((cell, count) -> later.merge(cell, count, Long::sum));
        Map<Cell, Long> before = Release.of(table, threshold);
        Map<Cell, Long> after = Release.of(later, threshold);
        assertThat(after.keySet()).containsAll(before.keySet());
        after.forEach((cell, count) -> {
            long between = count - before.getOrDefault(cell, 0L);
            assertThat(between).isNotNegative();
            assertThat(between % threshold).isZero();
        });
    }

    @Example
    void release_whenTheThresholdIsTooSmall_isRefused() {
        assertThatThrownBy(() -> Release.of(Map.of(), 4)).isInstanceOf(IllegalArgumentException.class);
    }
}
