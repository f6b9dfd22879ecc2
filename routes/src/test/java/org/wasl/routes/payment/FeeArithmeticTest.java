package org.wasl.routes.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.wasl.security.registry.Label;

/** Sums, discounts and allocations are exact to the thousandth, whatever the amounts and their order. */
class FeeArithmeticTest {

    private static final long MOST = 1_000_000_000L;

    private static Discount discount(BigDecimal percent, RoundingMode rounding) {
        return new Discount(
                "early",
                new Label("خصم", "Early"),
                percent,
                MonthDay.of(1, 1),
                MonthDay.of(2, 29),
                rounding,
                "LAW",
                "the official gazette");
    }

    @Provide
    Arbitrary<List<Long>> amounts() {
        return Arbitraries.longs().between(0, MOST).list().ofMinSize(1).ofMaxSize(40);
    }

    @Provide
    Arbitrary<RoundingMode> roundings() {
        return Arbitraries.of(RoundingMode.class).filter(mode -> mode != RoundingMode.UNNECESSARY);
    }

    @Property
    void sum_whenOrderIsShuffled_isTheSameAndExact(@ForAll("amounts") List<Long> amounts, @ForAll Random random) {
        List<Fils> fils =
                new java.util.ArrayList<>(amounts.stream().map(Fils::new).toList());
        BigDecimal exact = fils.stream().map(Fils::decimal).reduce(BigDecimal.ZERO, BigDecimal::add);
        Fils sum = Fils.sum(fils);
        Collections.shuffle(fils, random);

        assertThat(Fils.sum(fils)).isEqualTo(sum);
        assertThat(sum.decimal()).isEqualByComparingTo(exact);
        assertThat(Fils.parse(sum.toString())).isEqualTo(sum);
    }

    @Property
    void discount_whateverTheRate_isNeverNegativeAndNeverMoreThanIsOwed(
            @ForAll @LongRange(min = 0, max = MOST) long basis,
            @ForAll @LongRange(min = 0, max = MOST) long due,
            @ForAll @IntRange(min = 1, max = 100_000) int thousandthsOfAPercent,
            @ForAll("roundings") RoundingMode rounding) {
        BigDecimal percent = BigDecimal.valueOf(thousandthsOfAPercent, 3);
        Fils taken = discount(percent, rounding).of(new Fils(basis), new Fils(due));
        BigDecimal exact = new Fils(basis).decimal().multiply(percent).divide(BigDecimal.valueOf(100));

        assertThat(taken.thousandths()).isBetween(0L, due);
        assertThat(new Fils(due).minus(taken).plus(taken)).isEqualTo(new Fils(due));
        if (taken.thousandths() < due) {
            assertThat(taken.decimal().subtract(exact).abs()).isLessThan(new BigDecimal("0.001"));
        }
    }

    @Property
    void allocation_whateverWasPaid_addsUpExactlyAndGivesNobodyMoreThanIsOwed(
            @ForAll("amounts") List<Long> amounts, @ForAll @LongRange(min = 0, max = MOST) long wish) {
        Map<String, Fils> owed = named(amounts);
        Fils paid = new Fils(Math.min(wish, Fils.sum(owed.values()).thousandths()));

        Map<String, Fils> parts = Allocation.proportional(paid, owed);

        assertThat(parts.keySet()).isEqualTo(owed.keySet());
        assertThat(Fils.sum(parts.values())).isEqualTo(paid);
        parts.forEach((name, part) -> assertThat(part).isLessThanOrEqualTo(owed.get(name)));
    }

    @Property
    void allocation_whenOrderIsShuffled_isTheSame(
            @ForAll @Size(min = 2, max = 12) List<@LongRange(min = 1, max = 9) Long> amounts,
            @ForAll @IntRange(min = 0, max = 20) int wish,
            @ForAll Random random) {
        Map<String, Fils> owed = named(amounts);
        Fils paid = new Fils(Math.min(wish, Fils.sum(owed.values()).thousandths()));
        List<String> names = new java.util.ArrayList<>(owed.keySet());
        Collections.shuffle(names, random);
        Map<String, Fils> shuffled = new LinkedHashMap<>();
        names.forEach(name -> shuffled.put(name, owed.get(name)));

        assertThat(Allocation.proportional(paid, shuffled)).isEqualTo(Allocation.proportional(paid, owed));
    }

    private static Map<String, Fils> named(List<Long> amounts) {
        Map<String, Fils> owed = new LinkedHashMap<>();
        IntStream.range(0, amounts.size()).forEach(i -> owed.put("item-" + i, new Fils(amounts.get(i))));
        return owed;
    }

    @Example
    void discount_whenWindowRunsOverTheNewYear_isGivenOnBothSidesOfIt() {
        Discount winter = new Discount(
                "winter",
                new Label("خصم", "Winter"),
                BigDecimal.TEN,
                MonthDay.of(12, 15),
                MonthDay.of(1, 31),
                RoundingMode.HALF_UP,
                "LAW",
                "the official gazette");

        assertThat(winter.on(LocalDate.of(2026, 12, 15))).isTrue();
        assertThat(winter.on(LocalDate.of(2027, 1, 31))).isTrue();
        assertThat(winter.on(LocalDate.of(2026, 12, 14))).isFalse();
        assertThat(winter.lastDay(LocalDate.of(2026, 12, 20))).isEqualTo(LocalDate.of(2027, 1, 31));
        assertThat(winter.lastDay(LocalDate.of(2027, 1, 2))).isEqualTo(LocalDate.of(2027, 1, 31));
    }

    @Example
    void discount_whenYearHasNoLeapDay_endsOnTheLastOfFebruary() {
        Discount early = discount(BigDecimal.TEN, RoundingMode.HALF_UP);

        assertThat(early.on(LocalDate.of(2026, 2, 28))).isTrue();
        assertThat(early.on(LocalDate.of(2026, 3, 1))).isFalse();
        assertThat(early.lastDay(LocalDate.of(2026, 1, 5))).isEqualTo(LocalDate.of(2026, 2, 28));
        assertThat(early.lastDay(LocalDate.of(2028, 1, 5))).isEqualTo(LocalDate.of(2028, 2, 29));
    }

    @Example
    void discount_whenHalfAThousandthIsLeft_isRoundedAsDeclared() {
        Fils basis = Fils.parse("0.125");

        assertThat(discount(BigDecimal.TEN, RoundingMode.HALF_UP).of(basis, basis))
                .hasToString("0.013");
        assertThat(discount(BigDecimal.TEN, RoundingMode.DOWN).of(basis, basis)).hasToString("0.012");
    }

    @Example
    void amount_whenNotExact_isRefused() {
        for (String text : List.of("1.25", "1", "-1.000", "1.0005", "1,000", "1e3", "٣.٠٠٠")) {
            assertThatThrownBy(() -> Fils.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Fils.of(new BigDecimal("0.0001"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fils.ZERO.minus(new Fils(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 200)
    void number_whenOneDigitIsMistyped_isRefused(
            @ForAll @IntRange(min = 0, max = 17) int place, @ForAll @IntRange(min = 1, max = 9) int by) {
        String number = OrderNumber.of(new UUID(place, by), "digest", 0);
        char[] digits = number.toCharArray();
        digits[place] = (char) ('0' + (digits[place] - '0' + by) % 10);

        assertThat(OrderNumber.valid(number)).isTrue();
        assertThat(OrderNumber.valid(new String(digits))).isFalse();
        assertThat(OrderNumber.of(new UUID(place, by), "digest", 1)).isNotEqualTo(number);
    }
}
